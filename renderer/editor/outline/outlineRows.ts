/** The rows of the outline: number, id, summary and seconds of each beat, kept while the beat is the same. Pure. */
import { beatIdOf } from '../../../shared/comparedBody.ts';
import { isJsonObject, ownValue } from '../../../shared/json.ts';
import type { Beat } from '../../../shared/scene.ts';
import { toWire } from '../../../shared/wire.ts';
import { secondsText } from '../../compare/beats.ts';

export interface OutlineBeat {
  /** Empty where the beat has none. */
  readonly id: string;
  readonly summary: string;
  readonly seconds: string;
}

/** Beats are exchanged, never changed. */
const known = new WeakMap<Beat, OutlineBeat>();

export function outlineBeat(beat: Beat): OutlineBeat {
  const before = known.get(beat);
  if (before) return before;
  const summary = ownValue(beat, 'summary');
  const shot = ownValue(beat, 'shot');
  const duration = isJsonObject(shot) ? ownValue(shot, 'duration_s') : undefined;
  const made = {
    id: beatIdOf(beat) ?? '',
    summary: typeof summary === 'string' ? summary : '',
    seconds: duration === undefined ? '' : secondsText(toWire(duration)),
  };
  known.set(beat, made);
  return made;
}

/** Where a row dropped at this height will stand: `from` itself where it stays. `y` is from the top of the first beat. */
export function dropIndex(y: number, rowHeight: number, from: number, count: number): number {
  const gap = Math.max(0, Math.min(count, Math.round(y / rowHeight)));
  return gap > from ? gap - 1 : gap;
}
