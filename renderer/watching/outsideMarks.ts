/** Which batches others changed since the person last looked at them, and which one went away while it was shown. Never fetched data. */
import { create } from 'zustand';
import type { BatchRow, BatchView, HostInfo, OutsideChange } from '../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import type { Writing } from '../decide/availability.ts';
import { useSelection } from '../scenes/selection.ts';

export interface OutsideMark {
  /** When the change was seen here; several since the person looked are one mark. */
  readonly seenAt: number;
  /** The row and the opened batch as the person knows them. */
  readonly before: BatchRow | null;
  readonly seen: BatchView | null;
  /** The last change, with every new ledger line since the person looked. */
  readonly change: OutsideChange;
}

interface GoneBatch {
  readonly key: string;
  /** As it was seen last. */
  readonly row: BatchRow;
}

interface Latest {
  readonly changes: readonly OutsideChange[];
  readonly before: BatchRow | null;
  readonly seenAt: number;
}

interface OutsideMarks {
  readonly marks: ReadonlyMap<string, OutsideMark>;
  /** Kept on the screen until the person moves on. */
  readonly gone: GoneBatch | null;
  /** What changed last, for the status bar. */
  readonly latest: Latest | null;
  mark(marks: ReadonlyMap<string, OutsideMark>): void;
  /** The person has read it. */
  unmark(key: string): void;
  setGone(gone: GoneBatch | null): void;
  setLatest(latest: Latest): void;
  /** For another workspace. */
  clear(): void;
}

export const useOutsideMarks = create<OutsideMarks>()((set) => ({
  marks: new Map(),
  gone: null,
  latest: null,
  mark: (marks) => set({ marks }),
  unmark: (key) =>
    set(({ marks }) => {
      const next = new Map(marks);
      return next.delete(key) ? { marks: next } : {};
    }),
  setGone: (gone) => set({ gone }),
  setLatest: (latest) => set({ latest }),
  clear: () => set({ marks: new Map(), gone: null, latest: null }),
}));

/** Nothing is written into what is gone, nor while the workspace is. */
export function writingInto(ref: BatchRef, host: HostInfo | undefined): Writing {
  if (useOutsideMarks.getState().gone?.key === batchKey(ref) || host?.watching.kind === 'gone') return 'gone';
  return host?.workspace?.canWrite ?? true;
}

/** Who moves on has looked: at what was changed in the batch, and at what is left of one that is gone. */
export const followLooking = (): (() => void) =>
  useSelection.subscribe((now, before) => {
    if (now.batch === before.batch || before.batch === null) return;
    const left = batchKey(before.batch);
    if (now.batch && batchKey(now.batch) === left) return;
    useOutsideMarks.getState().unmark(left);
    if (useOutsideMarks.getState().gone?.key === left) useOutsideMarks.getState().setGone(null);
  });
