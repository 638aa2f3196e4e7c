/** Quitting: windows go first, so that they can hand over what was typed last; writes under way are finished, waits for locks are given up, and then the process really ends. */
import { app, BrowserWindow } from 'electron';
import type { Log } from './log.ts';
import { endProcess } from './scenes/lock/flockWait.ts';

/** `close` resolves once nothing is being written. */
export function finishBeforeQuit(options: { readonly close: () => Promise<void>; readonly log: Log }): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    const windows = BrowserWindow.getAllWindows();
    if (windows.length > 0) {
      for (const window of windows) {
        // Where a person thinks better of it the window stays, and with it the program.
        window.once('closed', () => app.quit());
        window.close();
      }
      return;
    }
    state = 'closing';
    options
      .close()
      .catch((error: unknown) => options.log.error('Closing did not go well', error))
      .finally(() => {
        state = 'closed';
        app.quit();
      });
  });
  // Where a thread is still blocked in a lock, Electron's own end would wait for it.
  app.on('quit', (_event, code) => endProcess(code));
}
