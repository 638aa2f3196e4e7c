/** Where the focus goes from pane to pane; each is one stop with arrow keys inside. */

const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();

export const focusFilter = (): void => focus('#batch-filter');
export const focusBatches = (): void => focus('#batch-tree');
export const focusVersions = (): void => focus('#version-list');
