/** The pipeline's manifest (schema 1) as it stands on disk, and a version as the app shows it. */
import type { Problem } from './problem.ts';

export type VersionState = 'candidate' | 'approved';
export type Downstream = 'not_derived' | 'derived';
export type VersionKind = 'pickup' | 'reshoot';

/** One entry as written; older pipelines wrote fewer fields, so only `version` and `artifact` are sure; null stands for a field that is not there. Unknown fields may stand anywhere. */
export interface ManifestEntry {
  readonly version: number;
  readonly artifact: string;
  readonly state?: VersionState | null;
  readonly downstream?: Downstream | null;
  readonly kind?: VersionKind | null;
  readonly source?: string | null;
  readonly parent_version?: number | null;
  readonly structure_fingerprint?: string | null;
  readonly shot_count?: number | null;
  readonly created_at?: string | null;
  readonly [unknown: string]: unknown;
}

export interface Manifest {
  readonly schema_version: number;
  readonly batch_id: string;
  readonly active_version: number;
  readonly versions: readonly ManifestEntry[];
  readonly [unknown: string]: unknown;
}

/** A version with the defaults of older manifests filled in, and with what reading its body showed. */
export interface VersionSummary {
  readonly version: number;
  readonly artifact: string;
  readonly state: VersionState;
  readonly downstream: Downstream;
  readonly kind: VersionKind;
  readonly source: string | null;
  readonly parentVersion: number | null;
  /** ISO 8601, UTC, as recorded. */
  readonly createdAt: string | null;
  /** As recorded in the manifest, or in the ledger while the manifest cannot be read. */
  readonly recordedFingerprint: string | null;
  /** Of the body as it is on disk now; null where it cannot be read. */
  readonly fingerprint: string | null;
  readonly shotCount: number | null;
  /** Seconds; null where the body cannot be read. */
  readonly durationS: number | null;
  readonly title: string | null;
  /** Shots that have at least one board, and when the newest file change of the body was (ISO 8601). */
  readonly shotsWithBoards: number;
  readonly bodyChangedAt: string | null;
  readonly isActive: boolean;
  /** False for a body that no entry names, and for all where the manifest cannot be read. */
  readonly isRegistered: boolean;
  readonly isReadable: boolean;
  readonly problem: Problem | null;
}
