/** Fingerprints made in the window: each beat's once, for a beat is never changed but by another one in its place. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { UnfitValueError } from '../../../shared/canonicalJson.ts';
import { fingerprintBeat, fingerprintScene, type Hash } from '../../../shared/fingerprint.ts';
import type { Beat, Scene } from '../../../shared/scene.ts';

const encoder = new TextEncoder();

const hash: Hash = (text) => bytesToHex(sha256(encoder.encode(text)));

const known = new WeakMap<Beat, string>();
let unfitBeats = 0;

/** A beat that cannot be hashed exactly is like no other; what is wrong with it is told where it is typed. */
function fingerprintOf(beat: Beat): string {
  try {
    return fingerprintBeat(beat, hash);
  } catch (error) {
    if (!(error instanceof UnfitValueError)) throw error;
    unfitBeats += 1;
    return `unfit:${unfitBeats}`;
  }
}

/** At most this long in one go, so that no key waits for it. */
const sliceMs = 8;

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Null where it was given up; what was made until then is kept and not made again. */
export async function beatFingerprints(scene: Scene, signal: AbortSignal): Promise<readonly string[] | null> {
  let sliceBegan = performance.now();
  const made: string[] = [];
  for (const beat of scene.beats) {
    let fingerprint = known.get(beat);
    if (fingerprint === undefined) {
      if (performance.now() - sliceBegan > sliceMs) {
        await nextTask();
        if (signal.aborted) return null;
        sliceBegan = performance.now();
      }
      fingerprint = fingerprintOf(beat);
      known.set(beat, fingerprint);
    }
    made.push(fingerprint);
  }
  return made;
}

const scenes = new WeakMap<Scene, string>();

/** Of the whole body as it would be written. Throws UnfitValueError where a value in it cannot be held exactly. */
export function draftFingerprint(scene: Scene): string {
  const before = scenes.get(scene);
  if (before !== undefined) return before;
  const made = fingerprintScene(scene, hash);
  scenes.set(scene, made);
  return made;
}
