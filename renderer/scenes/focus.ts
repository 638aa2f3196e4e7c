/** Where the focus goes from pane to pane; each is one stop with arrow keys inside. */
import type { FocusEvent } from 'react';

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

export const focusFilter = (): void => focus('#batch-filter');
export const focusBatches = (): void => focus('#batch-tree');
export const focusVersions = (): void => focus('#version-list');

/** A click focuses the row under it, and with the row the focus would go when it is drawn no more; the list keeps it instead. */
export function keepFocus(event: FocusEvent<HTMLElement>): void {
  if (event.target !== event.currentTarget) event.currentTarget.focus({ preventScroll: true });
}
