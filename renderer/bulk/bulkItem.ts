/** One batch of a decision on many, from the first look at it to what became of it. */
import type { ConflictDetails, Decision } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import type { Question } from '../decide/decisions.ts';
import type { Gate } from '../decide/manifestFacts.ts';

/** What is asked of each batch; `undo` takes back what a `conform` of many did. */
export type BulkKind = 'conform' | 'markDerived' | 'undo';

/** What would be sent, and on top of what: the revision that the preview saw is the one that the host must still find. */
export interface BulkPlan {
  readonly question: Question;
  readonly from: number | null;
  readonly gate: Gate;
  readonly length: { readonly from: number | null; readonly to: number | null };
  readonly seen: ConflictDetails;
}

export type ItemState =
  | { readonly kind: 'unread' }
  | { readonly kind: 'planned'; readonly plan: BulkPlan }
  | { readonly kind: 'leftOut'; readonly reason: string }
  | { readonly kind: 'running'; readonly plan: BulkPlan }
  /** `remark`: what the decision itself left undone, else empty. */
  | { readonly kind: 'done'; readonly plan: BulkPlan; readonly decision: Decision; readonly remark: string }
  /** `isUnknown`: it may have been carried out all the same. */
  | { readonly kind: 'failed'; readonly plan: BulkPlan; readonly reason: string; readonly isUnknown: boolean };

export interface BulkItem {
  readonly key: string;
  readonly ref: BatchRef;
  readonly title: string | null;
  readonly state: ItemState;
}

export type ItemCounts = Readonly<Record<ItemState['kind'], number>>;

export function countItems(items: readonly BulkItem[]): ItemCounts {
  const counts = { unread: 0, planned: 0, leftOut: 0, running: 0, done: 0, failed: 0 };
  for (const { state } of items) counts[state.kind] += 1;
  return counts;
}
