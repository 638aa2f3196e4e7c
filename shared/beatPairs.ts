/** Pairs the beats of two versions, and tells which of the pairs moved. */
import { beatIdOf, type ComparedBody, shotIdOf } from './comparedBody.ts';

export interface BeatPairs {
  /** Per beat of `to`: the index of its partner in `from`, or −1. */
  readonly partners: Int32Array;
  /** Per beat of `from`: whether it has a partner. */
  readonly isPaired: Uint8Array;
}

type KeyOf = (index: number) => string | null;

/** Pairs what is left by equal keys, the first with the first, the second with the second. */
function pairBy(pairs: BeatPairs, fromKey: KeyOf, toKey: KeyOf): void {
  const { partners, isPaired } = pairs;
  const first = new Map<string, number>();
  const next = new Int32Array(isPaired.length).fill(-1);
  for (let index = isPaired.length - 1; index >= 0; index -= 1) {
    const key = isPaired[index] === 1 ? null : fromKey(index);
    if (key === null) continue;
    next[index] = first.get(key) ?? -1;
    first.set(key, index);
  }
  if (first.size === 0) return;
  for (let index = 0; index < partners.length; index += 1) {
    const key = partners[index] === -1 ? toKey(index) : null;
    const partner = key === null ? undefined : first.get(key);
    if (key === null || partner === undefined || partner === -1) continue;
    partners[index] = partner;
    isPaired[partner] = 1;
    first.set(key, next[partner] ?? -1);
  }
}

/** By beat_id, what is left by shot_id, what is left by equal fingerprint. */
export function pairBeats(from: ComparedBody, to: ComparedBody): BeatPairs {
  const pairs: BeatPairs = {
    partners: new Int32Array(to.scene.beats.length).fill(-1),
    isPaired: new Uint8Array(from.scene.beats.length),
  };
  const keys = ({ scene, beatFingerprints }: ComparedBody): readonly KeyOf[] => [
    (index) => beatIdOf(scene.beats[index] ?? {}),
    (index) => shotIdOf(scene.beats[index] ?? {}),
    (index) => beatFingerprints[index] ?? null,
  ];
  const toKeys = keys(to);
  keys(from).forEach((fromKey, at) => {
    pairBy(pairs, fromKey, toKeys[at] ?? (() => null));
  });
  return pairs;
}

/**
 * Per beat of `to`, 1 where its pair lies on a longest increasing subsequence of partners: those stayed, all other
 * pairs moved, and no smaller set of moves gives the new order. n log n.
 */
export function findUnmoved(partners: Int32Array): Uint8Array {
  /** Per length: where in `to` the lowest tail of such a subsequence stands. */
  const tails: number[] = [];
  const before = new Int32Array(partners.length).fill(-1);
  for (let index = 0; index < partners.length; index += 1) {
    const partner = partners[index] ?? -1;
    if (partner < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((partners[tails[middle] ?? 0] ?? 0) < partner) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  }
  const isUnmoved = new Uint8Array(partners.length);
  for (let index = tails[tails.length - 1] ?? -1; index >= 0; index = before[index] ?? -1) isUnmoved[index] = 1;
  return isUnmoved;
}

/** beat_ids that stand more than once, in the order in which the second one is met. */
export function duplicateBeatIds({ scene }: ComparedBody): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const beat of scene.beats) {
    const id = beatIdOf(beat);
    if (id !== null && seen.has(id)) twice.add(id);
    else if (id !== null) seen.add(id);
  }
  return [...twice];
}
