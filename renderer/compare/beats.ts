/** The beats of two scene bodies as the comparison shows them: number, id, summary and seconds, each as text. */
import type { BeatRow } from '../../shared/comparison.ts';
import type { WireObject, WireValue } from '../../shared/json.ts';
import { member, numberOf, numberText } from './wireText.ts';

export interface ShownBeat {
  /** From 1. */
  readonly number: number;
  readonly beatId: string;
  readonly text: string;
  /** For the column: two decimals at least, none lost where they tell two values apart. */
  readonly seconds: string;
  /** For the strip; null where the beat has no duration that can be drawn. */
  readonly durationS: number | null;
  readonly body: WireValue;
}

const textOf = (value: WireValue | undefined): string => (typeof value === 'string' ? value : '');

/** Two decimals fill up, a third is kept; an exact number stays as it was written. */
export function secondsText(value: WireValue | undefined): string {
  if (typeof value !== 'number') return numberText(value) ?? '';
  const decimals = (String(value).split('.')[1] ?? '').length;
  return decimals < 2 ? value.toFixed(2) : String(value);
}

export function shownBeats(scene: WireObject): readonly ShownBeat[] {
  const beats = scene.beats;
  if (!Array.isArray(beats)) return [];
  return beats.map((beat: WireValue, index) => {
    const duration = member(member(beat, 'shot'), 'duration_s');
    const durationS = numberOf(duration);
    return {
      number: index + 1,
      beatId: textOf(member(beat, 'beat_id')),
      text: textOf(member(beat, 'summary')),
      seconds: secondsText(duration),
      durationS: durationS !== null && durationS >= 0 ? durationS : null,
      body: beat,
    };
  });
}

export interface ShownPair {
  readonly from: ShownBeat | null;
  readonly to: ShownBeat | null;
}

export const pairOf = (row: BeatRow, from: readonly ShownBeat[], to: readonly ShownBeat[]): ShownPair => ({
  from: row.fromIndex === null ? null : (from[row.fromIndex] ?? null),
  to: row.toIndex === null ? null : (to[row.toIndex] ?? null),
});
