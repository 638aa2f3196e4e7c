/** The repair that is being decided on: what it would do as the host told it, and how far the question has come. */
import { create } from 'zustand';
import type { BatchRef } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import type { RepairPreview } from '../../shared/repair.ts';
import { request } from '../bridge.ts';
import { reportFailure } from '../ui/toasts.ts';

export type RepairQuestion =
  | { readonly repair: 'adoptOrphan'; readonly version: number }
  | { readonly repair: 'rebuildManifest' | 'closeLedger' };

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

/** Null: no repair mends it. */
export function questionOf({ repair, version }: Problem): RepairQuestion | null {
  if (repair === undefined) return null;
  if (repair !== 'adoptOrphan') return { repair };
  return version === undefined ? null : { repair, version };
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
