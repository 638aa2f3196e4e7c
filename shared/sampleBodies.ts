/** Scenes for the tests of this folder, ready to be compared. */
import type { ComparedBody } from './comparedBody.ts';
import { parseExact } from './exactJson.ts';
import { fingerprintBeats } from './fingerprint.ts';
import { isScene } from './scene.ts';

/** Its fingerprints are the canonical texts themselves: comparing needs no more than that they differ. */
export function bodyOf(version: number, text: string): ComparedBody {
  const scene = parseExact(text);
  if (!isScene(scene)) throw new Error('The text of a test is no scene.');
  return { version, scene, beatFingerprints: fingerprintBeats(scene, (canonical) => canonical) };
}

export const withBeats = (version: number, beats: readonly unknown[], more: object = {}): ComparedBody =>
  bodyOf(version, JSON.stringify({ scene_id: 'BATCH_001', title: 'A', ...more, beats }));

export const beat = (id: string, duration = 2.5, summary = 'x'): object => ({
  beat_id: id,
  summary,
  shot: { shot_id: `SH_${id}`, duration_s: duration, camera: { lens_mm: 35 } },
});

/** One beat per letter. */
export const beats = (ids: string): readonly object[] => [...ids].map((id) => beat(id));
