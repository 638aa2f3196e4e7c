/** The bridge into the sandboxed page: requests out, replies and notices in, and nothing else of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Notice, Transport } from '../shared/contract.ts';
import { noticeChannel, requestChannel } from './ipc/channels.ts';

const transport: Transport = {
  request: (name, input) => ipcRenderer.invoke(requestChannel, name, input),
  onNotice(listener) {
    // The event itself stays here: it would hand the page a way to send on any channel.
    const forward = (_event: unknown, notice: Notice): void => listener(notice);
    ipcRenderer.on(noticeChannel, forward);
    return () => ipcRenderer.off(noticeChannel, forward);
  },
  onConnection(listener) {
    listener(true);
    return () => undefined;
  },
};

contextBridge.exposeInMainWorld('pictureLock', transport);
