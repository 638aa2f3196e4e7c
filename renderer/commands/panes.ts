/** From pane to pane: the focus goes to the list inside, which is one stop. */
import { focusBatches, focusVersions } from '../scenes/focus.ts';
import { type PaneName, usePanels } from '../scenes/panels.ts';
import { paneAfter, paneOrder } from './steps.ts';

const paneOf = (element: Element | null): PaneName | null => {
  const name = element?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  return paneOrder.find((pane) => pane === name) ?? null;
};

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
