/** Structure fingerprints: `sf1:` and the SHA-256 of the canonical form of what counts in a scene or in one beat. */
import { canonicalJson } from './canonicalJson.ts';
import { atIndex } from './jsonPath.ts';
import { type Beat, runtimeKeys, type Scene } from './scene.ts';

/** Hex SHA-256 of a text's UTF-8. Handed in, because this folder knows no platform. */
export type Hash = (text: string) => string;

export const fingerprintPrefix = 'sf1:';

const leftOut: ReadonlySet<string> = new Set(runtimeKeys);

const canonicalBeat = (beat: Beat, path: string): string => canonicalJson(beat, path, leftOut);

const canonicalBeats = (scene: Scene): readonly string[] =>
  scene.beats.map((beat, index) => canonicalBeat(beat, atIndex('$.beats', index)));

/** "beats" sorts before "scene_id", so the beats' own texts can be used as they are. */
const sceneText = (scene: Scene, beats: readonly string[]): string =>
  `{"beats":[${beats.join(',')}],"scene_id":${canonicalJson(scene.scene_id, '$.scene_id')}}`;

/** Each of these throws UnfitValueError where a number or a text inside what counts cannot be held exactly. */
export function fingerprintScene(scene: Scene, hash: Hash): string {
  return fingerprintPrefix + hash(sceneText(scene, canonicalBeats(scene)));
}

export function fingerprintBeat(beat: Beat, hash: Hash): string {
  return fingerprintPrefix + hash(canonicalBeat(beat, '$'));
}

export function fingerprintBeats(scene: Scene, hash: Hash): readonly string[] {
  return canonicalBeats(scene).map((beat) => fingerprintPrefix + hash(beat));
}

/** The scene's and every beat's in one go, each beat's canonical form made once. */
export function fingerprintBody(
  scene: Scene,
  hash: Hash,
): { readonly scene: string; readonly beats: readonly string[] } {
  const beats = canonicalBeats(scene);
  return {
    scene: fingerprintPrefix + hash(sceneText(scene, beats)),
    beats: beats.map((b) => fingerprintPrefix + hash(b)),
  };
}
