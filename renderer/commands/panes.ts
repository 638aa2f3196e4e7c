/** From pane to pane: the focus goes to the list inside, which is one stop. */
import { focusBatches, focusVersions } from '../scenes/focus.ts';
import { type PaneName, usePanels } from '../scenes/panels.ts';

const order: readonly PaneName[] = ['list', 'versions', 'comparison'];

const paneOf = (element: Element | null): PaneName | null => {
  const name = element?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  return order.find((pane) => pane === name) ?? null;
};

/** From outside all panes the first step leads to the first or the last. */
export function paneAfter(pane: PaneName | null, step: 1 | -1): PaneName {
  const at = pane === null ? (step === 1 ? -1 : 0) : order.indexOf(pane);
  return order[(at + step + order.length) % order.length] ?? 'list';
}

const stops = '[data-row][tabindex="0"], button:not(:disabled), [tabindex="0"]';

function focusPane(pane: PaneName): void {
  if (pane === 'list') focusBatches();
  else if (pane === 'versions') focusVersions();
  const inside = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
  if (!inside || inside.contains(document.activeElement)) return;
  const row = inside.querySelector<HTMLElement>('[data-row][tabindex="0"]');
  (row ?? inside.querySelector<HTMLElement>(stops))?.focus();
}

export function goToPane(step: 1 | -1): void {
  const pane = paneAfter(paneOf(document.activeElement), step);
  usePanels.getState().showPane(pane);
  // In a narrow window the pane is shown only with the next frame.
  requestAnimationFrame(() => focusPane(pane));
}
