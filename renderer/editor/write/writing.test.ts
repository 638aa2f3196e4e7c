/** The steps of the question, and what the host must still find at each. */
import { afterEach, expect, test } from 'vitest';
import type { BatchRef } from '../../../shared/ids.ts';
import { batch, details, manifest, revision } from '../../decide/sampleBatch.ts';
import { expectedOf, useWriting } from './writing.ts';

const draft = {
  batch: { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' } as BatchRef,
  base: null,
  scene: { scene_id: 'BATCH_003', beats: [] },
  kind: 'reshoot',
  source: 'director_note',
  pending: null,
  beat: 0,
} as const;
const now = details(manifest(3, []), 'c');
const expected = () => {
  const { open } = useWriting.getState();
  return open && expectedOf(open).revision;
};

afterEach(() => useWriting.getState().close());

test('a conflict that was shown is not met once more by whoever then writes a repetition', () => {
  const { begin, meetConflict, findIdentical } = useWriting.getState();
  begin(draft, batch({ revision: revision('b') }));
  expect(expected()).toBe(revision('b'));
  meetConflict(now, batch({ revision: revision('c') }));
  expect(expected()).toBe(revision('c'));
  findIdentical(5);
  expect(expected()).toBe(revision('c'));
});
