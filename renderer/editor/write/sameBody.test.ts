import { expect, test } from 'vitest';
import { ExactNumber } from '../../../shared/json.ts';
import type { Scene } from '../../../shared/scene.ts';
import { batch, summary } from '../../decide/sampleBatch.ts';
import { foundVersion, hasSameFields, sameFingerprint } from './sameBody.ts';

const print = 'sf1:aa';
const same = { fingerprint: print, recordedFingerprint: print };

test('versions of the same fingerprint are looked at oldest first; what is not as recorded, or in no manifest, is none', () => {
  const versions = [
    summary(6, same),
    summary(5, { fingerprint: print, recordedFingerprint: 'sf1:bb' }),
    summary(4, { ...same, isRegistered: false }),
    summary(3, { fingerprint: 'sf1:bb', recordedFingerprint: print }),
    summary(2, same),
  ];
  expect(sameFingerprint(batch({ versions }), print).map(({ version }) => version)).toEqual([2, 6]);
});

test('the one body of a flat batch counts, although nothing is recorded of it', () => {
  const flat = summary(1, { fingerprint: print, isRegistered: false, isActive: true });
  expect(sameFingerprint(batch({ versions: [flat] }), print)).toEqual([flat]);
});

test('what stands beside the beats has to be equal too, in value and not in order', () => {
  const scene = (more: object): Scene => ({ scene_id: 'BATCH_003', beats: [], ...more });
  expect(hasSameFields(scene({ title: 'A', n: 1 }), scene({ n: 1, title: 'A' }))).toBe(true);
  expect(hasSameFields(scene({ title: 'A' }), scene({ title: 'B' }))).toBe(false);
  expect(hasSameFields(scene({ title: 'A' }), scene({}))).toBe(false);
  expect(hasSameFields(scene({}), scene({ title: 'A' }))).toBe(false);
  expect(hasSameFields(scene({ n: new ExactNumber('1.00') }), scene({ n: 1 }))).toBe(true);
});

test('after an answer that was lost, what was sent is found by what it is, and nobody else’s is taken for it', () => {
  const sent = { fingerprint: print, parent: 4, source: 'rederive' };
  const before = batch({ versions: [summary(4, same)] });
  const now = (...added: Parameters<typeof summary>[]) =>
    batch({ versions: [...added.map(([version, more]) => summary(version, more)), summary(4, same)] });
  const ours = { ...same, parentVersion: 4, source: 'rederive' };
  expect(foundVersion(before, now([5, ours]), sent)).toBe(5);
  expect(foundVersion(before, now([6, ours], [5, { fingerprint: 'sf1:bb' }]), sent)).toBe(6);
  expect(foundVersion(before, now(), sent)).toBeNull();
  expect(foundVersion(before, now([5, { ...ours, source: 'pipeline' }]), sent)).toBeNull();
  expect(foundVersion(before, now([5, { ...ours, parentVersion: 3 }]), sent)).toBeNull();
  const twin = batch({ versions: [summary(4, ours)] });
  expect(foundVersion(twin, twin, sent)).toBeNull();
  const first = batch({ versions: [summary(1, { fingerprint: print, isRegistered: false, isActive: true })] });
  expect(foundVersion(null, first, { ...sent, parent: null })).toBe(1);
});
