import { expect, test } from 'vitest';
import type { Scene } from '../../../shared/scene.ts';
import { beatFingerprints, draftFingerprint } from './beatFingerprints.ts';
import { compareDraft } from './draftComparison.ts';

const never = new AbortController().signal;

const beat = (id: number, more: object = {}) => ({
  beat_id: `B${String(id).padStart(3, '0')}`,
  summary: `Beat ${id}, in which something happens at the harbour and nobody says why.`,
  shot: { shot_id: `SH${id}`, duration_s: 2, characters: ['MARA'], raw: { description: 'x'.repeat(400) }, ...more },
});

const sceneOf = (beats: readonly ReturnType<typeof beat>[], title = 'INT. NET LOFT'): Scene => ({
  scene_id: 'BATCH_003',
  title,
  beats,
});

async function compare(base: Scene, draft: Scene, isDerived = false) {
  const before = await beatFingerprints(base, never);
  const now = await beatFingerprints(draft, never);
  if (!before || !now) throw new Error('nobody gave it up');
  return compareDraft({ version: 4, scene: base, beatFingerprints: before }, draft, now, isDerived);
}

test('the draft is told against its base in a sentence, a weight, a kind for each beat and a row for each change', async () => {
  const base = sceneOf([beat(1), beat(2), beat(3), beat(4)]);
  const draft = sceneOf([beat(1), beat(4, { duration_s: 3.5 }), { ...beat(2), summary: 'Otherwise.' }, beat(9)]);
  const { sentence, weight, kinds, rows, from } = await compare(base, draft);
  expect(from).toBe(4);
  expect(sentence).toBe('Draft against v4: 1 added, 1 removed, 1 edited, 1 moved, 1 retimed; 8.0 s → 9.5 s.');
  expect(weight).toBe('1 of 4 shots is as in v4, whose boards are not derived yet; 3 need new boards.');
  expect(kinds.map((each) => each.join(' '))).toEqual(['', 'moved retimed', 'edited', 'added']);
  expect(rows.map(({ index, beatId, fact }) => [index, beatId, fact])).toEqual([
    [1, 'B004', '2.00 → 3.50'],
    [2, 'B002', '1 field'],
    [null, 'B003', '2.00 s'],
    [3, 'B009', '2.00 s'],
  ]);
});

test('an empty draft, and fields of the scene alone, are told as well', async () => {
  const base = sceneOf([beat(1)]);
  expect((await compare(base, sceneOf([]))).weight).toBe('The draft has no shots.');
  const renamed = await compare(base, sceneOf([beat(1)], 'EXT. QUAY'), true);
  expect(renamed.sentence).toBe('Draft against v4: no shot differs, 1 field of the scene does; 2.0 s.');
  expect(renamed.scene.map(({ path }) => path)).toEqual(['$.title']);
});

test('a beat that cannot be hashed is like no other, and keeps nothing from being compared', async () => {
  const odd = { ...beat(1), note: 'half \ud83d' };
  const base = sceneOf([beat(1), beat(2)]);
  const { kinds } = await compare(base, sceneOf([odd, beat(2)]));
  expect(kinds.map((each) => each.join(' '))).toEqual(['edited', '']);
  expect(() => draftFingerprint(sceneOf([odd]))).toThrow('$.beats[0].note');
});

test('fingerprints that are given up stop, and those that were made are kept', async () => {
  const stop = new AbortController();
  const scene = sceneOf(Array.from({ length: 20_000 }, (_, index) => beat(index)));
  const making = beatFingerprints(scene, stop.signal);
  stop.abort();
  expect(await making).toBeNull();
  expect(await beatFingerprints(scene, never)).toHaveLength(20_000);
});

test('a beat is hashed once: only one that took its place is hashed anew', async () => {
  const kept = { ...beat(1) };
  const scene = sceneOf([kept, beat(2)]);
  const before = await beatFingerprints(scene, never);
  // Nothing in the editor changes a beat; if it did, this would tell that it is looked at again.
  kept.summary = 'Changed in its place.';
  const after = await beatFingerprints(sceneOf([kept, { ...beat(2), summary: 'Otherwise.' }]), never);
  expect(after?.[0]).toBe(before?.[0]);
  expect(after?.[1]).not.toBe(before?.[1]);
});
