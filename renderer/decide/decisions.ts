/** The decision being made: what is asked, what the person was looking at, and how far the question has come. */
import { create } from 'zustand';
import type { BatchView, ConflictDetails } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { queryClient } from '../queryClient.ts';
import { batchQuery } from '../scenes/queries.ts';
import { useSelection } from '../scenes/selection.ts';

export type DecisionKind = 'conform' | 'revert' | 'markDerived';

export interface Question {
  readonly kind: DecisionKind;
  readonly version: number;
}

export type Step =
  | { readonly kind: 'preview' }
  /** The body is not what was recorded, so the same is asked once more. */
  | { readonly kind: 'changedBody' }
  | { readonly kind: 'conflict'; readonly conflict: ConflictDetails };

export interface OpenDecision {
  readonly question: Question;
  readonly ref: BatchRef;
  /** The batch as it stood on the screen when the question was asked: its revision is what the host must still find. */
  readonly seen: BatchView;
  readonly note: string;
  readonly step: Step;
  /** Whether this takes back a decision; a conflict then speaks of the undo. */
  readonly isUndo: boolean;
}

interface Decisions {
  readonly open: OpenDecision | null;
  /** Opens the preview for the selected batch; nothing happens where no batch is shown or another question stands. */
  ask(question: Question): void;
  setNote(note: string): void;
  goTo(step: Step): void;
  /** Opens straight at a conflict: an undo asks nothing until it meets one. */
  openConflict(decision: Omit<OpenDecision, 'step'>, conflict: ConflictDetails): void;
  close(): void;
}

export const useDecisions = create<Decisions>()((set, get) => ({
  open: null,
  ask: (question) => {
    const ref = useSelection.getState().batch;
    if (!ref || get().open) return;
    const seen = queryClient.getQueryData(batchQuery(ref).queryKey);
    if (!seen) return;
    set({ open: { question, ref, seen, note: '', step: { kind: 'preview' }, isUndo: false } });
  },
  setNote: (note) => set((now) => (now.open ? { open: { ...now.open, note } } : {})),
  goTo: (step) => set((now) => (now.open ? { open: { ...now.open, step } } : {})),
  openConflict: (decision, conflict) => set({ open: { ...decision, step: { kind: 'conflict', conflict } } }),
  close: () => set({ open: null }),
}));
