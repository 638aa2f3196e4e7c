/** The repair that is being decided on: what it would do as the host told it, and how far the question has come. */
import { create } from 'zustand';
import type { BatchRef } from '../../shared/ids.ts';
import type { RepairPreview } from '../../shared/repair.ts';
import { request } from '../bridge.ts';
import { reportFailure } from '../ui/toasts.ts';
import type { RepairQuestion } from './repairText.ts';

/** A preview with the id that confirms it. */
export interface ShownRepair {
  readonly preview: RepairPreview;
  readonly previewId: string;
}

export interface OpenRepair extends ShownRepair {
  readonly ref: BatchRef;
  readonly question: RepairQuestion;
  readonly note: string;
  /** Somebody changed the batch since it was shown first: this is what it would do now. */
  readonly isAnother: boolean;
}

interface Repairs {
  readonly open: OpenRepair | null;
  /** Asks the host what the repair would do, and opens its dialog; a refusal is reported. */
  ask(ref: BatchRef, question: RepairQuestion): Promise<void>;
  setNote(note: string): void;
  /** The same question over what the batch is now. */
  showAnother(shown: ShownRepair): void;
  close(): void;
}

let isAsking = false;

export const useRepairs = create<Repairs>()((set, get) => ({
  open: null,
  ask: async (ref, question) => {
    if (isAsking || get().open) return;
    isAsking = true;
    try {
      const answer = await request('repairBatch', { ...ref, ...question });
      if ('previewId' in answer) set({ open: { ref, question, ...answer, note: '', isAnother: false } });
    } catch (error) {
      reportFailure(error);
    } finally {
      isAsking = false;
    }
  },
  setNote: (note) => set(({ open }) => ({ open: open && { ...open, note } })),
  showAnother: (shown) => set(({ open }) => ({ open: open && { ...open, ...shown, isAnother: true } })),
  close: () => set({ open: null }),
}));
