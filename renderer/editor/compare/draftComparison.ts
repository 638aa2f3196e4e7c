/** The draft held against a version: its sentences, the kind of each beat, and the rows that differ. Pure. */
import { compareScenes } from '../../../shared/compare.ts';
import type { ComparedBody } from '../../../shared/comparedBody.ts';
import type { BeatRow, ChangeKind, Comparison } from '../../../shared/comparison.ts';
import { type JsonObject, ownValue } from '../../../shared/json.ts';
import type { Beat, Scene } from '../../../shared/scene.ts';
import { weigh } from '../../../shared/weight.ts';
import { toWire } from '../../../shared/wire.ts';
import { secondsText } from '../../compare/beats.ts';
import { isChange, mainKind } from '../../compare/kinds.ts';
import { counted } from '../../scenes/counted.ts';

export interface DraftComparison {
  readonly from: number;
  /** The draft that it holds for. */
  readonly draft: Scene;
  readonly sentence: string;
  readonly weight: string;
  readonly counts: Comparison['counts'];
  readonly durations: Comparison['durations'];
  /** The scene's own fields that differ. */
  readonly scene: Comparison['scene'];
  /** By index in the draft; nothing for a beat that is the same or has only shifted. */
  readonly kinds: readonly (readonly ChangeKind[])[];
  readonly rows: readonly DraftRow[];
}

export interface DraftRow {
  readonly kinds: readonly ChangeKind[];
  /** Null for a beat that was removed. */
  readonly index: number | null;
  readonly beatId: string;
  readonly summary: string;
  /** "3 fields", "2.80 s", "5.32 → 4.40", "10 → 7". */
  readonly fact: string;
}

/** No version has this number; sentences that name it are made to speak of the draft. */
const draftNumber = 0;

export function compareDraft(
  base: ComparedBody,
  scene: Scene,
  beatFingerprints: readonly string[],
  isBaseDerived: boolean,
): DraftComparison {
  const draft = { version: draftNumber, scene, beatFingerprints };
  const comparison = compareScenes(base, draft);
  const kinds: (readonly ChangeKind[])[] = scene.beats.map(() => []);
  for (const row of comparison.beats) if (row.toIndex !== null) kinds[row.toIndex] = row.kinds;
  return {
    from: base.version,
    draft: scene,
    sentence: comparison.summary.replace(`v${draftNumber} `, 'Draft '),
    weight: weigh(base, draft, isBaseDerived).sentence.replace(`v${draftNumber} `, 'The draft '),
    counts: comparison.counts,
    durations: comparison.durations,
    scene: comparison.scene,
    kinds,
    rows: comparison.beats.filter(isChange).map((row) => draftRow(row, base.scene, scene)),
  };
}

const textOf = (beat: JsonObject, key: string): string => {
  const value = ownValue(beat, key);
  return typeof value === 'string' ? value : '';
};

function seconds(beat: Beat): string {
  const shot = ownValue(beat, 'shot');
  const duration = typeof shot === 'object' && shot !== null && 'duration_s' in shot ? shot.duration_s : undefined;
  return duration === undefined ? '' : secondsText(toWire(duration));
}

function draftRow(row: BeatRow, from: Scene, to: Scene): DraftRow {
  const before = row.fromIndex === null ? null : (from.beats[row.fromIndex] ?? null);
  const after = row.toIndex === null ? null : (to.beats[row.toIndex] ?? null);
  const shown = after ?? before ?? {};
  return {
    kinds: row.kinds,
    index: row.toIndex,
    beatId: row.beatId ?? '',
    summary: textOf(shown, 'summary'),
    fact: factOf(row, before, after),
  };
}

function factOf(row: BeatRow, before: Beat | null, after: Beat | null): string {
  switch (mainKind(row)) {
    case 'added':
    case 'removed': {
      const length = seconds(after ?? before ?? {});
      return length === '' ? '' : `${length} s`;
    }
    case 'edited':
      return counted(row.changes.length, 'field');
    case 'retimed':
      return `${seconds(before ?? {}) || '–'} → ${seconds(after ?? {}) || '–'}`;
    case 'moved':
      return `${(row.fromIndex ?? 0) + 1} → ${(row.toIndex ?? 0) + 1}`;
    default:
      return '';
  }
}
