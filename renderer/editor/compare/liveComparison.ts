/** The comparison of the open draft as it was made last, and the version that the person wants to see it against. */
import { create } from 'zustand';
import type { ChangeKind } from '../../../shared/comparison.ts';
import type { DraftComparison } from './draftComparison.ts';

export type Against = 'parent' | 'active';

interface LiveState {
  readonly against: Against;
  /** Null before the first one is made, and where there is no version to hold the draft against. */
  readonly live: DraftComparison | null;
  setAgainst(against: Against): void;
  tell(live: DraftComparison | null): void;
}

export const useLive = create<LiveState>()((set) => ({
  against: 'parent',
  live: null,
  setAgainst: (against) => set({ against }),
  tell: (live) => set({ live }),
}));

const none: readonly ChangeKind[] = [];

/** Follows the draft within a fraction of a second; made by `useLiveRunner`, read by whoever shows it. */
export const useLiveComparison = (): DraftComparison | null => useLive((state) => state.live);

/** What happened to the beat at that index of the draft. */
export const useBeatKinds = (index: number): readonly ChangeKind[] =>
  useLive((state) => state.live?.kinds[index] ?? none);
