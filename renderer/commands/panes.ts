/** From pane to pane of the screen that is shown: the focus goes to the list inside, which is one stop. */
import { editorPanes, useEditorPanes } from '../editor/editorPanes.ts';
import { focusBatches, focusVersions } from '../scenes/focus.ts';
import { usePanels } from '../scenes/panels.ts';
import { useView } from '../view.ts';
import { paneAfter, paneOrder } from './steps.ts';

const stops = '[data-row][tabindex="0"], button:not(:disabled), [tabindex="0"]';
/** In a form the fields come before the buttons over them. */
const fields = ':is(input, textarea, [contenteditable="true"]):not(:disabled)';

const inPane = (pane: string): HTMLElement | null => document.querySelector(`[data-pane="${pane}"]`);

/** Null: the focus is outside all of these. */
function paneWithFocus<Pane extends string>(order: readonly Pane[]): Pane | null {
  const name = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  return order.find((pane) => pane === name) ?? null;
}

function focusPane(pane: string): void {
  if (pane === 'list') focusBatches();
  else if (pane === 'versions') focusVersions();
  const inside = inPane(pane);
  if (!inside || inside.contains(document.activeElement)) return;
  const row = inside.querySelector<HTMLElement>('[role="listbox"], [data-row][tabindex="0"]');
  (row ?? inside.querySelector<HTMLElement>(fields) ?? inside.querySelector<HTMLElement>(stops))?.focus();
}

function step<Pane extends string>(order: readonly Pane[], by: 1 | -1, showPane: (pane: Pane) => void): void {
  const pane = paneAfter(order, paneWithFocus(order), by);
  if (pane === null) return;
  showPane(pane);
  // In a narrow window the pane is shown only with the next frame.
  requestAnimationFrame(() => focusPane(pane));
}

export function goToPane(by: 1 | -1): void {
  switch (useView.getState().view) {
    case 'problems':
      // One list alone.
      document.querySelector<HTMLElement>('[data-focus-home]')?.focus();
      return;
    case 'scenes':
      step(paneOrder, by, usePanels.getState().showPane);
      return;
    case 'editor':
      step(editorPanes, by, useEditorPanes.getState().showPane);
  }
}
