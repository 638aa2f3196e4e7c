/** Which beat of an earlier body each beat of a scene was. */
import { pairBeats } from './beatPairs.ts';
import { beatIdOf, shotIdOf } from './comparedBody.ts';
import type { JsonObject } from './json.ts';
import type { Beat, Scene } from './scene.ts';

/** Without fingerprints: a beat that was edited has another one. */
const body = (scene: Scene) => ({ version: 0, scene, beatFingerprints: [] });

const isNameless = (beat: Beat | undefined): boolean =>
  beat !== undefined && beatIdOf(beat) === null && shotIdOf(beat) === null;

/** Per beat of `scene`; paired as the comparison pairs them, and those without an id that can be read in their order. */
export function inheritedBeats(scene: Scene, earlier: Scene): readonly (JsonObject | null)[] {
  const { partners } = pairBeats(body(earlier), body(scene));
  const nameless = earlier.beats.filter(isNameless);
  return scene.beats.map((beat, index) => {
    if (isNameless(beat)) return nameless.shift() ?? null;
    return earlier.beats[partners[index] ?? -1] ?? null;
  });
}
