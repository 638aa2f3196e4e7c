/** The candidate that is about to be written: what the person saw of the batch when they were asked, and how far the question has come. */
import { create } from 'zustand';
import type { BatchView, ConflictDetails } from '../../../shared/contract.ts';
import { absentRevision } from '../../../shared/ids.ts';
import type { OpenDraft } from '../draftStore.ts';

export type WriteStep =
  | { readonly kind: 'ask' }
  /** The host, or a look at the versions, found one that this would only repeat. */
  | { readonly kind: 'identical'; readonly version: number }
  /** The batch is another one than was seen: `now` is what the host found. */
  | { readonly kind: 'conflict'; readonly now: ConflictDetails };

export interface OpenWriting {
  /** As it was when the person asked; nothing typed meanwhile goes in unseen, for the dialog stands above. */
  readonly draft: OpenDraft;
  /** Null: the batch is not there yet. */
  readonly batch: BatchView | null;
  readonly seen: ConflictDetails;
  readonly step: WriteStep;
}

interface Writing {
  readonly open: OpenWriting | null;
  begin(draft: OpenDraft, batch: BatchView | null): void;
  setKind(kind: OpenDraft['kind']): void;
  setSource(source: string): void;
  findIdentical(version: number): void;
  /** `batch` as it was read again; what was seen until now stays the base of the story. */
  meetConflict(now: ConflictDetails, batch: BatchView | null): void;
  close(): void;
}

const nothingSeen: ConflictDetails = { manifest: null, revision: absentRevision, ledger: [] };

const seenOf = (batch: BatchView | null): ConflictDetails =>
  batch ? { manifest: batch.manifest, revision: batch.revision, ledger: batch.ledger } : nothingSeen;

export const useWriting = create<Writing>()((set) => ({
  open: null,
  begin: (draft, batch) => set({ open: { draft, batch, seen: seenOf(batch), step: { kind: 'ask' } } }),
  setKind: (kind) => set(({ open }) => (open ? { open: { ...open, draft: { ...open.draft, kind } } } : {})),
  setSource: (source) => set(({ open }) => (open ? { open: { ...open, draft: { ...open.draft, source } } } : {})),
  // What a conflict showed was seen: it is not met a second time.
  findIdentical: (version) =>
    set(({ open }) =>
      open ? { open: { ...open, seen: expectedOf(open), step: { kind: 'identical', version } } } : {},
    ),
  meetConflict: (now, batch) =>
    set(({ open }) => {
      if (!open) return {};
      const seen = open.step.kind === 'conflict' ? open.step.now : open.seen;
      return { open: { ...open, batch, seen, step: { kind: 'conflict', now } } };
    }),
  close: () => set({ open: null }),
}));

/** What the host must still find. */
export const expectedOf = ({ step, seen }: OpenWriting): ConflictDetails =>
  step.kind === 'conflict' ? step.now : seen;
