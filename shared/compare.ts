/** Compares two versions of a scene: which beats came, went, moved, were retimed or edited, and which fields differ. */
import { duplicateBeatIds, findUnmoved, pairBeats } from './beatPairs.ts';
import { changeSentence } from './changeSentence.ts';
import { beatIdOf, type ComparedBody, sceneDuration } from './comparedBody.ts';
import type { BeatRow, ChangeKind, Comparison, FieldChange, VersionComparison } from './comparison.ts';
import { fieldChanges } from './fieldChanges.ts';
import { compareRuntime } from './runtimeChanges.ts';
import { type Beat, runtimeKeys } from './scene.ts';
import { weigh } from './weight.ts';

const runtime: ReadonlySet<string> = new Set(runtimeKeys);
const beatsKey: ReadonlySet<string> = new Set(['beats']);
const none: readonly never[] = [];

/** What equal fingerprints prove equal is not looked into. */
function structureChanges(before: Beat, after: Beat, areSame: boolean): readonly FieldChange[] {
  return areSame ? none : fieldChanges(before, after, runtime);
}

function pairKinds(changes: readonly FieldChange[], isMoved: boolean): readonly ChangeKind[] {
  const isRetimed = changes.length === 1 && changes[0]?.path === '$.shot.duration_s';
  if (changes.length === 0) return isMoved ? ['moved'] : none;
  if (isRetimed) return isMoved ? ['moved', 'retimed'] : ['retimed'];
  return isMoved ? ['edited', 'moved'] : ['edited'];
}

function loneRow(kind: 'added' | 'removed', body: ComparedBody, index: number): BeatRow {
  const fingerprint = body.beatFingerprints[index] ?? null;
  const isAdded = kind === 'added';
  return {
    kinds: [kind],
    beatId: beatIdOf(body.scene.beats[index] ?? {}),
    fromIndex: isAdded ? null : index,
    toIndex: isAdded ? index : null,
    fingerprints: { from: isAdded ? null : fingerprint, to: isAdded ? fingerprint : null },
    changes: none,
  };
}

function pairRow(from: ComparedBody, fromIndex: number, to: ComparedBody, toIndex: number, isMoved: boolean): BeatRow {
  const before = from.scene.beats[fromIndex] ?? {};
  const after = to.scene.beats[toIndex] ?? {};
  const fingerprints = {
    from: from.beatFingerprints[fromIndex] ?? null,
    to: to.beatFingerprints[toIndex] ?? null,
  };
  const areSame = fingerprints.from !== null && fingerprints.from === fingerprints.to;
  const changes = structureChanges(before, after, areSame);
  return {
    kinds: pairKinds(changes, isMoved),
    beatId: beatIdOf(after) ?? beatIdOf(before),
    fromIndex,
    toIndex,
    fingerprints,
    changes,
  };
}

/** Rows in the order of `to`; a removed beat stands behind the nearest beat before it in `from` that kept its place. */
function makeRows(from: ComparedBody, to: ComparedBody): readonly BeatRow[] {
  const { partners, isPaired } = pairBeats(from, to);
  const isUnmoved = findUnmoved(partners);
  const rows: BeatRow[] = [];
  let fromIndex = 0;
  const addRemovedUpToNextUnmoved = (): void => {
    for (; fromIndex < isPaired.length && !staysAt(fromIndex); fromIndex += 1) {
      if (isPaired[fromIndex] === 0) rows.push(loneRow('removed', from, fromIndex));
    }
  };
  const stays = new Uint8Array(isPaired.length);
  partners.forEach((partner, index) => {
    if (partner >= 0 && isUnmoved[index] === 1) stays[partner] = 1;
  });
  const staysAt = (index: number): boolean => stays[index] === 1;

  addRemovedUpToNextUnmoved();
  partners.forEach((partner, toIndex) => {
    if (partner < 0) {
      rows.push(loneRow('added', to, toIndex));
      return;
    }
    const isMoved = isUnmoved[toIndex] === 0;
    rows.push(pairRow(from, partner, to, toIndex, isMoved));
    if (isMoved) return;
    fromIndex = partner + 1;
    addRemovedUpToNextUnmoved();
  });
  return rows;
}

/** `beatFingerprints` decide what is equal; they are as many as the beats. */
export function compareScenes(from: ComparedBody, to: ComparedBody): Comparison {
  const beats = makeRows(from, to);
  const counts: Record<ChangeKind, number> = { added: 0, removed: 0, moved: 0, retimed: 0, edited: 0 };
  for (const { kinds } of beats) for (const kind of kinds) counts[kind] += 1;
  const scene = fieldChanges(from.scene, to.scene, beatsKey);
  const durations = { from: sceneDuration(from.scene), to: sceneDuration(to.scene) };
  const versions = { from: from.version, to: to.version };
  return {
    ...versions,
    summary: changeSentence(versions, counts, scene.length, durations),
    counts,
    durations,
    scene,
    beats,
    duplicateBeatIds: { from: duplicateBeatIds(from), to: duplicateBeatIds(to) },
  };
}

/** The comparison with its weight downstream, and with boards and takes compared apart. */
export function compareVersions(from: ComparedBody, to: ComparedBody, isBaselineDerived: boolean): VersionComparison {
  const comparison = compareScenes(from, to);
  return {
    ...comparison,
    weight: weigh(from, to, isBaselineDerived),
    runtime: compareRuntime(from, to, comparison.beats),
  };
}
