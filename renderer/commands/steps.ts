/** What comes next: the batch after one in the list, the pane after one on the screen. Pure. */
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { refOfRow } from '../scenes/batchList.ts';
import type { PaneName } from '../scenes/panels.ts';

export const paneOrder: readonly PaneName[] = ['list', 'versions', 'comparison'];

/** From outside all panes the first step leads to the first or the last. Null only where there is no pane. */
export function paneAfter<Pane extends string>(order: readonly Pane[], pane: Pane | null, step: 1 | -1): Pane | null {
  const at = pane === null ? (step === 1 ? -1 : 0) : order.indexOf(pane);
  return order[(at + step + order.length) % order.length] ?? null;
}

/** Null at the end of the list, and in an empty one; from a batch that the filter hides to the first. */
export function batchAfter(batches: readonly BatchRef[], shown: BatchRef | null, step: 1 | -1): BatchRef | null {
  const at = shown ? batches.findIndex((each) => batchKey(each) === batchKey(shown)) : -1;
  const next = at < 0 ? batches[0] : batches[at + step];
  return next ? refOfRow(next) : null;
}
