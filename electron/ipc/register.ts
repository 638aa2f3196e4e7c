/** Electron's transport: requests over IPC from the main frame of our window at our exact origin, notices to that window. */
import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Reply } from '../../shared/failure.ts';
import type { NoticeBoard } from '../notices.ts';
import { isOwnAddress } from '../origin.ts';
import { noticeChannel, requestChannel } from './channels.ts';
import type { Dispatch } from './dispatch.ts';

/** `window` is asked at each request, for the window may be opened anew (macOS). */
export function registerIpc(options: {
  readonly dispatch: Dispatch;
  readonly notices: NoticeBoard;
  readonly window: () => BrowserWindow | null;
}): void {
  ipcMain.handle(requestChannel, async (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (isOurPage(event, options.window())) return options.dispatch(name, input);
    return { ok: false, failure: { code: 'invalid', message: 'Only the window of Picture Lock may ask this.' } };
  });
  options.notices.onNotice((notice) => {
    const window = options.window();
    if (window !== null && !window.isDestroyed()) window.webContents.send(noticeChannel, notice);
  });
}

/** A frame inside the page, a page of another origin and a window of anybody else's are all strangers. */
export function isOurPage(event: Pick<IpcMainInvokeEvent, 'senderFrame'>, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (frame === null || window === null || window.isDestroyed()) return false;
  return frame === window.webContents.mainFrame && isOwnAddress(frame.url);
}
