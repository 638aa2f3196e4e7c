/** The result of comparing two versions of a scene: plain data, the same in every host. */
import type { WireValue } from './json.ts';

export type ChangeKind = 'added' | 'removed' | 'moved' | 'retimed' | 'edited';

export interface FieldChange {
  /** JSONPath from the beat (`$.shot.camera.lens_mm`), or from the scene for the scene's own fields. */
  readonly path: string;
  /** Absent where the field is not there. */
  readonly before?: WireValue;
  readonly after?: WireValue;
}

/** One row per pair in the order of `to`; removed ones where they stood. No kind at all: same, or shifted where the indexes differ. */
export interface BeatRow {
  readonly kinds: readonly ChangeKind[];
  readonly beatId: string | null;
  /** From 0; null where the beat is not in that version. */
  readonly fromIndex: number | null;
  readonly toIndex: number | null;
  readonly fingerprints: { readonly from: string | null; readonly to: string | null };
  readonly changes: readonly FieldChange[];
}

export type ChangeCounts = Readonly<Record<ChangeKind, number>>;

export interface Comparison {
  readonly from: number;
  readonly to: number;
  /** "v4 against v3: 1 added, 2 edited, 1 moved; 42.6 s → 44.1 s." */
  readonly summary: string;
  readonly counts: ChangeCounts;
  /** Seconds. */
  readonly durations: { readonly from: number; readonly to: number };
  readonly scene: readonly FieldChange[];
  readonly beats: readonly BeatRow[];
  /** beat_ids that stand more than once inside a body; such beats were paired by occurrence. */
  readonly duplicateBeatIds: { readonly from: readonly string[]; readonly to: readonly string[] };
}

/** What `to` costs downstream if `from` is the baseline. */
export interface Weight {
  /** Shots of `to` whose beat fingerprint stands in `from` too, moved or not. */
  readonly same: number;
  readonly needBoards: number;
  readonly total: number;
  readonly isBaselineDerived: boolean;
  /** "7 of 8 shots are as in v3, whose boards are derived; 1 needs new boards." */
  readonly sentence: string;
}

/** Boards, takes and other runtime keys, compared apart from the structure. */
export interface RuntimeComparison {
  readonly from: { readonly boards: number; readonly takes: number };
  readonly to: { readonly boards: number; readonly takes: number };
  /** "v3 has 11 boards and 3 takes, v4 has none." */
  readonly sentence: string;
  /** Per pair: runtime keys that differ, with the beat's id. */
  readonly changes: readonly { readonly beatId: string | null; readonly keys: readonly string[] }[];
}

export interface VersionComparison extends Comparison {
  readonly weight: Weight;
  readonly runtime: RuntimeComparison;
}
