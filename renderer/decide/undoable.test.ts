/** The rule of undo. */
import { beforeEach, expect, test } from 'vitest';
import { type BatchRef, isProjectName, parseBatchId } from '../../shared/ids.ts';
import { details } from './sampleBatch.ts';
import { nextUndoable, type Undoable, useUndoables } from './undoable.ts';

function ref(batchId: string): BatchRef {
  const project = 'harbor-lights';
  if (!isProjectName(project)) throw new Error('no project name');
  return { project, episode: 1, batchId: parseBatchId(batchId) };
}

const undoable = (batchId: string, decided: number): Undoable => ({
  ref: ref(batchId),
  kind: 'conform',
  back: 3,
  decided,
  seen: details(null, 'a'),
  toast: decided,
});

const { offer, withdraw } = useUndoables.getState();
beforeEach(() => useUndoables.setState({ undoables: [] }));

test('a decision takes the place of the one before on the same batch, not of another batch’s', () => {
  offer(undoable('BATCH_003', 4));
  offer(undoable('BATCH_004', 2));
  offer(undoable('BATCH_003', 5));
  expect(useUndoables.getState().undoables.map((each) => each.decided)).toEqual([2, 5]);
});

test('what is withdrawn is gone', () => {
  offer(undoable('BATCH_003', 4));
  expect(withdraw(ref('BATCH_003'))?.decided).toBe(4);
  expect(withdraw(ref('BATCH_003'))).toBeNull();
});

test('undo takes the decision on the batch that is shown, else the latest', () => {
  const all = [undoable('BATCH_003', 4), undoable('BATCH_004', 2)];
  expect(nextUndoable(all, ref('BATCH_003'))?.decided).toBe(4);
  expect(nextUndoable(all, ref('BATCH_009'))?.decided).toBe(2);
  expect(nextUndoable([], null)).toBeNull();
});
