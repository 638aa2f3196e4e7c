/** Which beat of the base a beat of the draft came from. */
import { pairBeats } from '../../shared/beatPairs.ts';
import type { Beat, Scene } from '../../shared/scene.ts';

/** Fingerprints are left out: they would be made anew at each key, and tell only beats apart that have no id at all. */
const body = (scene: Scene) => ({ version: 0, scene, beatFingerprints: [] });

/** By beat_id, else by shot_id, as the comparison pairs them; null for a beat that is new. */
export function baseBeatOf(scene: Scene, index: number, base: Scene | null): Beat | null {
  if (!base) return null;
  const partner = pairBeats(body(base), body(scene)).partners[index] ?? -1;
  return partner < 0 ? null : (base.beats[partner] ?? null);
}
