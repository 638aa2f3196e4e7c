/** What is wrong with a batch, as data: a problem is reported, never thrown, and never hides other batches. */

const problemCodes = [
  'manifest_unreadable',
  'manifest_invalid',
  'manifest_batch_mismatch',
  'schema_version_unsupported',
  'active_version_unregistered',
  'version_registered_twice',
  'artifact_outside_scenes_folder',
  'body_missing',
  'body_unreadable',
  'number_out_of_range',
  'lone_surrogate',
  'scene_id_mismatch',
  'fingerprint_missing',
  'fingerprint_mismatch',
  'orphan_body',
  'duplicate_beat_id',
  'ledger_torn',
  'ledger_broken',
  'ledger_not_written',
  'ledger_unreadable',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** What a person can ask for, so that a problem goes away. */
export const repairs = ['adoptOrphan', 'rebuildManifest', 'closeLedger'] as const;

export type Repair = (typeof repairs)[number];

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly version?: number;
  /** The name of the file in the scenes folder that the message is about, where it is one. */
  readonly file?: string;
  /** JSONPath inside that file. */
  readonly jsonPath?: string;
  /** A sentence: what is wrong, in which file, and what to do. */
  readonly message: string;
  /** What `repairBatch` can do about it, where it can do anything. */
  readonly repair?: Repair;
}
