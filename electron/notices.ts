/** Carries notices from the services to whoever faces a person: the window, the sockets. */
import type { Notice } from '../shared/contract.ts';

export interface NoticeBoard {
  readonly notify: (notice: Notice) => void;
  /** Calls back until the returned function is called. */
  readonly onNotice: (listener: (notice: Notice) => void) => () => void;
}

export function noticeBoard(): NoticeBoard {
  const listeners = new Set<(notice: Notice) => void>();
  return {
    notify: (notice) => {
      for (const listener of listeners) listener(notice);
    },
    onNotice: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
