/** Quitting: writes under way are finished first, waits for locks are given up, and then the process really ends. */
import { app } from 'electron';
import type { Log } from './log.ts';

/** `close` resolves once nothing is being written; `end` ends the process even where a thread is blocked. */
export function finishBeforeQuit(options: {
  readonly close: () => Promise<void>;
  readonly end: () => void;
  readonly log: Log;
}): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    options
      .close()
      .catch((error: unknown) => options.log.error('Closing did not go well', error))
      .finally(() => {
        state = 'closed';
        app.quit();
      });
  });
  // After the windows are closed and the profile is written.
  app.on('will-quit', () => options.end());
}
