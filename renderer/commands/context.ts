/** What commands act on: the batch, the versions, the comparison and the list as they are on the screen at this moment. */
import type { BatchRow, BatchView, HostInfo, Settings } from '../../shared/contract.ts';
import { useShownComparison } from '../compare/shownComparison.ts';
import type { ComparisonView } from '../compare/useComparisonView.ts';
import { type AvailableDecisions, availableDecisions, type Writing } from '../decide/availability.ts';
import { shownBatch } from '../decide/decisions.ts';
import { nextUndoable, type Undoable, useUndoables } from '../decide/undoable.ts';
import { queryClient } from '../queryClient.ts';
import { shownBatches } from '../scenes/batchList.ts';
import { type ChosenVersions, chosenVersions } from '../scenes/chosenVersions.ts';
import { batchesQuery, hostQuery, settingsQuery } from '../scenes/queries.ts';
import { type Selection, useSelection } from '../scenes/selection.ts';
import { useView, type View } from '../view.ts';
import { writingInto } from '../watching/outsideMarks.ts';

export interface CommandContext {
  readonly screen: View;
  readonly host: HostInfo | undefined;
  readonly settings: Settings | undefined;
  readonly selection: Selection;
  /** In the order of the list, as it is filtered. */
  readonly batches: readonly BatchRow[];
  readonly allBatches: readonly BatchRow[];
  readonly batch: BatchView | null;
  readonly chosen: ChosenVersions | null;
  readonly view: ComparisonView | null;
  /** Whether the focus is in the table of beats, so that its cursor has been seen. */
  readonly isAmongBeats: boolean;
  readonly writing: Writing;
  readonly decisions: AvailableDecisions | null;
  readonly undoable: Undoable | null;
}

export function currentContext(): CommandContext {
  const selection = useSelection.getState();
  const host = queryClient.getQueryData(hostQuery().queryKey);
  const allBatches = queryClient.getQueryData(batchesQuery().queryKey) ?? [];
  const batch = (selection.batch && shownBatch(selection.batch)) ?? null;
  const chosen = batch && chosenVersions(batch, selection);
  const writing = selection.batch ? writingInto(selection.batch, host) : true;
  return {
    screen: useView.getState().view,
    host,
    settings: queryClient.getQueryData(settingsQuery().queryKey)?.settings,
    selection,
    batches: shownBatches(allBatches, selection),
    allBatches,
    batch,
    chosen,
    view: useShownComparison.getState().view,
    isAmongBeats: document.activeElement?.closest('[data-row]') instanceof HTMLElement,
    writing,
    decisions: batch && availableDecisions(batch, chosen?.to ?? null, writing),
    undoable: nextUndoable(useUndoables.getState().undoables, selection.batch),
  };
}
