/** What a store is made with, what its operations take beside the batch, and what they answer. */
import type { BatchId, Revision } from '../../../shared/ids.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { RepairPreview } from '../../../shared/repair.ts';
import type { DurableFiles, Step } from '../disk/durableWrite.ts';
import type { Author } from '../lock/lockOwner.ts';
import type { LockTiming, Waiting } from '../lock/lockWait.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import type { CandidateOptions } from './candidate.ts';

export interface StoreOptions {
  readonly scenesFolder: string;
  readonly episode: number;
  /** Who decides: asked at each write, because the settings may change. `host` is this computer. */
  readonly author: () => Author;
  /** Where ledger lines wait that could not be appended. */
  readonly dataFolder: string;
  /** Told while a write waits for the batch's lock, and once more with `isOver`. */
  readonly onWaiting?: ((batchId: BatchId, waiting: Waiting) => void) | undefined;
  readonly lockTiming?: Partial<LockTiming> | undefined;
  /** Shared with whoever reads bodies too, so that none is parsed twice. */
  readonly bodies?: BodyCache | undefined;
  /** Told after each step of a write. */
  readonly steps?: Step | undefined;
  /** In place of the file system's calls that a disk can fail in. */
  readonly durableFiles?: DurableFiles | undefined;
}

export interface WriteOptions {
  /** What the person was looking at; a mismatch is `conflict`. */
  readonly expectedRevision?: Revision | undefined;
  /** Gives up waiting for the lock; has no effect once it is held. */
  readonly signal?: AbortSignal | undefined;
}

export interface CandidateWriteOptions extends CandidateOptions, WriteOptions {
  readonly dedup?: boolean | undefined;
}

export interface DecisionOptions extends WriteOptions {
  readonly note?: string | null | undefined;
}

export type RepairRequest =
  | { readonly repair: 'adoptOrphan'; readonly version: number }
  | { readonly repair: 'rebuildManifest' | 'closeLedger' };

export interface RepairOptions extends DecisionOptions {
  /** The `previewId` of what the person was shown; a mismatch is `conflict` and carries a new preview. Without one nothing is compared. */
  readonly confirm?: string | undefined;
}

/** What a repair would do to the batch as it stands now. */
export interface AskedRepair {
  readonly preview: RepairPreview;
  readonly previewId: string;
}

export interface WrittenCandidate {
  readonly version: number;
  readonly revision: Revision;
  /** False where an equal version stood already. */
  readonly appended: boolean;
  readonly problems: readonly Problem[];
}

export interface Decided {
  /** Null where a batch has none, which only `markDerived` accepts. */
  readonly manifest: Manifest | null;
  readonly revision: Revision;
  readonly problems: readonly Problem[];
}

/** As conform and revert answer: they refuse a batch without a manifest. */
export type DecidedOn = Decided & { readonly manifest: Manifest };
