/** The last decision per batch that can be taken back, until the next decision on that batch. */
import { create } from 'zustand';
import type { ConflictDetails } from '../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import type { DecisionKind } from './decisions.ts';

export interface Undoable {
  readonly ref: BatchRef;
  readonly kind: Exclude<DecisionKind, 'markDerived'>;
  /** Where the pointer stood, and where the decision put it. */
  readonly back: number;
  readonly decided: number;
  /** What the decision's answer said: an undo is only good on top of exactly that. */
  readonly seen: ConflictDetails;
  /** The message that offers it alone; null where one message offers it with others. */
  readonly toast: number | null;
  /** The decision on many batches that it was one of. */
  readonly bulk?: number;
}

interface Undoables {
  /** Oldest first. */
  readonly undoables: readonly Undoable[];
  offer(undoable: Undoable): void;
  /** Gives up what was offered for this batch, and returns it. */
  withdraw(ref: BatchRef): Undoable | null;
}

const isOf = (ref: BatchRef) => (each: Undoable) => batchKey(each.ref) === batchKey(ref);

export const useUndoables = create<Undoables>()((set, get) => ({
  undoables: [],
  offer: (undoable) =>
    set(({ undoables }) => ({ undoables: [...undoables.filter((each) => !isOf(undoable.ref)(each)), undoable] })),
  withdraw: (ref) => {
    const found = get().undoables.find(isOf(ref)) ?? null;
    if (found) set(({ undoables }) => ({ undoables: undoables.filter((each) => each !== found) }));
    return found;
  },
}));

/** Of the batch that is shown where it has one, else the latest of all. */
export function nextUndoable(undoables: readonly Undoable[], shown: BatchRef | null): Undoable | null {
  return (shown ? undoables.findLast(isOf(shown)) : undefined) ?? undoables.at(-1) ?? null;
}
