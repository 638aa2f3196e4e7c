/** A version as comparing takes it, and the few fields of a beat that comparing reads. */
import { ExactNumber, isJsonObject, ownValue } from './json.ts';
import type { Beat, Scene } from './scene.ts';

export interface ComparedBody {
  readonly version: number;
  readonly scene: Scene;
  /** As `fingerprintBeats` gives them, one per beat, made once per body. */
  readonly beatFingerprints: readonly string[];
}

/** An id that can pair: an empty text names nothing. */
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const beatIdOf = (beat: Beat): string | null => textOf(ownValue(beat, 'beat_id'));

export function shotIdOf(beat: Beat): string | null {
  const shot = ownValue(beat, 'shot');
  return isJsonObject(shot) ? textOf(ownValue(shot, 'shot_id')) : null;
}

/** Seconds; null where the beat has no such number. */
function durationOf(beat: Beat): number | null {
  const shot = ownValue(beat, 'shot');
  const duration = isJsonObject(shot) ? ownValue(shot, 'duration_s') : undefined;
  const seconds = duration instanceof ExactNumber ? Number(duration.text) : duration;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : null;
}

/** Seconds of all shots together, summed in whole microseconds so that 0.1 and 0.2 make 0.3. */
export function sceneDuration(scene: Scene): number {
  let microseconds = 0;
  for (const beat of scene.beats) microseconds += Math.round((durationOf(beat) ?? 0) * 1e6);
  return microseconds / 1e6;
}
