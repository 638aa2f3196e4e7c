/** Which batches look half written: a body before its manifest, a manifest before its ledger line. They are told once they stay so. */
import type { BatchRow } from '../../../shared/contract.ts';
import { absentRevision, type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { LookedBatch } from '../workspace/batchList.ts';
import { hasNewProblem } from './knownBatches.ts';

interface Doubt {
  readonly since: number;
  /** The row of before the first look that met it so. */
  readonly before: BatchRow | null;
}

const mostMs = 500;
/** While one of ours holds the lock it is surely still writing. */
const mostLockedMs = 2_000;

export class Doubts {
  readonly #doubts = new Map<string, Doubt>();

  /** What the batch is to be held against. */
  before(looked: LookedBatch): BatchRow | null {
    const doubt = this.#doubts.get(keyOf(looked));
    return doubt === undefined ? looked.before : doubt.before;
  }

  /** Whether it has to be looked at once more; bounded, so that what stays half written is told too. */
  isHalfDone(looked: LookedBatch, isLocked: boolean): boolean {
    const { source, ledger } = looked.contents;
    const isUntold = ledger.lines.at(-1)?.revision !== (source.manifest?.revision ?? absentRevision);
    const before = this.before(looked);
    const isWorse = hasNewProblem(before, looked.row);
    // The pipeline keeps no ledger, so a missing line alone is no doubt where nobody of ours writes.
    const isDoubtful = isWorse || (isUntold && isLocked);
    const since = this.#doubts.get(keyOf(looked))?.since ?? Date.now();
    if (!isDoubtful || Date.now() - since >= (isLocked ? mostLockedMs : mostMs)) {
      this.#doubts.delete(keyOf(looked));
      return false;
    }
    this.#doubts.set(keyOf(looked), { since, before });
    return true;
  }

  forget(ref: BatchRef): void {
    this.#doubts.delete(batchKey(ref));
  }
}

const keyOf = ({ contents }: LookedBatch): string => batchKey(contents.source.ref);
