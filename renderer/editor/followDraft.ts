/** What makes the open draft be kept: an edit, a connection that is back, a page that is hidden or goes away. */
import { onConnection } from '../bridge.ts';
import { isSameBody, useDraft } from './draftStore.ts';
import { keepAgain, keepAtLast, keepNow, noteEdit, useKeeping } from './keeping.ts';
import { takeTyped } from './untaken.ts';

/** Call once; the returned function ends it. */
export function followDraft(): () => void {
  const onPageHide = () => {
    takeTyped();
    keepAtLast();
  };
  const onHide = () => {
    if (document.visibilityState !== 'hidden') return;
    takeTyped();
    void keepNow();
  };
  const onBeforeUnload = (event: BeforeUnloadEvent) => {
    // Electron hears nothing of a page that is gone already.
    onPageHide();
    if (useKeeping.getState().kept.kind !== 'failed') return;
    event.preventDefault();
    // Before Chromium 119 only this asks.
    event.returnValue = 'The draft is not kept.';
  };
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onPageHide);
  window.addEventListener('beforeunload', onBeforeUnload);
  const endings = [
    useDraft.subscribe(({ draft }, { draft: before }) => {
      if (draft && before && draft.batch === before.batch && !isSameBody(draft, before)) noteEdit(draft);
    }),
    onConnection((isConnected) => {
      if (isConnected) keepAgain();
    }),
    () => document.removeEventListener('visibilitychange', onHide),
    () => window.removeEventListener('pagehide', onPageHide),
    () => window.removeEventListener('beforeunload', onBeforeUnload),
  ];
  return () => {
    for (const end of endings) end();
  };
}
