/** The ways to the Problems screen and from it to a batch. */
import type { BatchRef } from '../../shared/ids.ts';
import { leaveEditor } from '../editor/openEditor.ts';
import { usePanels } from '../scenes/panels.ts';
import { useSelection } from '../scenes/selection.ts';
import { useView } from '../view.ts';

/** Out of the editor too, whose draft is kept. */
export function showProblems(): void {
  if (useView.getState().view === 'editor') void leaveEditor();
  useView.getState().show('problems');
}

/** A batch that the list's filter hides is shown in the list again. */
export function showInScenes(ref: BatchRef, version?: number): void {
  const { filter, setFilter, setSearch, selectBatch, selectVersion } = useSelection.getState();
  if (filter !== 'all' && filter !== 'problems') setFilter('all');
  setSearch('');
  selectBatch(ref);
  if (version !== undefined) selectVersion(version);
  usePanels.getState().showPane('versions');
  useView.getState().show('scenes');
}
