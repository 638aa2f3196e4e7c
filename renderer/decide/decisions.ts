/** The decision being made: what is asked, what the person was looking at, and how far the question has come. */
import { create } from 'zustand';
import type { BatchView, ConflictDetails } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { queryClient } from '../queryClient.ts';
import { chosenVersions } from '../scenes/chosenVersions.ts';
import { batchQuery } from '../scenes/queries.ts';
import { useSelection } from '../scenes/selection.ts';

export type DecisionKind = 'conform' | 'revert' | 'markDerived';

export interface Question {
  readonly kind: DecisionKind;
  readonly version: number;
}

type Step =
  | { readonly kind: 'preview' }
  /** The body is not what was recorded, so the same is asked once more. */
  | { readonly kind: 'changedBody' }
  /** Somebody was faster: what was seen before, and what the host found instead. */
  | { readonly kind: 'conflict'; readonly now: ConflictDetails };

export interface OpenDecision {
  readonly question: Question;
  readonly ref: BatchRef;
  /** The batch as it stood on the screen when the question was asked; a preview never changes under a person's hands. */
  readonly batch: BatchView;
  /** What the person knows of the manifest: the screen's at first, then that of the last conflict. Its revision is what the host must still find. */
  readonly seen: ConflictDetails;
  readonly note: string;
  readonly step: Step;
  /** Whether this takes back a decision. */
  readonly isUndo: boolean;
}

interface Decisions {
  readonly open: OpenDecision | null;
  /** Opens the preview for the selected batch; nothing happens where no batch is shown or another question stands. */
  ask(question: Question): void;
  /** Opens at a later step: an undo asks nothing until it meets a conflict or a changed body. */
  openAt(decision: OpenDecision): void;
  setNote(note: string): void;
  askOnceMore(): void;
  /** What was seen until now stays the base of the story until the next conflict. */
  meetConflict(now: ConflictDetails): void;
  close(): void;
}

const whatWasSeen = ({ manifest, revision, ledger }: BatchView): ConflictDetails => ({
  manifest,
  revision,
  ledger,
});

export const shownBatch = (ref: BatchRef): BatchView | undefined => queryClient.getQueryData(batchQuery(ref).queryKey);

export const useDecisions = create<Decisions>()((set, get) => ({
  open: null,
  ask: (question) => {
    const ref = useSelection.getState().batch;
    const batch = ref && shownBatch(ref);
    if (!ref || !batch || get().open) return;
    const seen = whatWasSeen(batch);
    // What is looked at stays what is looked at, whatever the batch becomes meanwhile.
    const selection = useSelection.getState();
    if (selection.to === null) useSelection.setState({ to: chosenVersions(batch, selection).to?.version ?? null });
    set({ open: { question, ref, batch, seen, note: '', step: { kind: 'preview' }, isUndo: false } });
  },
  openAt: (decision) => set({ open: decision }),
  setNote: (note) => set((now) => (now.open ? { open: { ...now.open, note } } : {})),
  askOnceMore: () => set((now) => (now.open ? { open: { ...now.open, step: { kind: 'changedBody' } } } : {})),
  meetConflict: (conflict) =>
    set(({ open }) => {
      if (!open) return {};
      const seen = open.step.kind === 'conflict' ? open.step.now : open.seen;
      return { open: { ...open, seen, step: { kind: 'conflict', now: conflict } } };
    }),
  close: () => set({ open: null }),
}));
