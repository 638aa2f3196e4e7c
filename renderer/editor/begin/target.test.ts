import { expect, test } from 'vitest';
import { refOfRow } from '../../scenes/batchList.ts';
import { sampleBatchRow } from '../../scenes/sampleBatchRow.ts';
import { bodyTarget, nextBatchId, readTarget, suggestedTarget } from './target.ts';

const rows = [
  sampleBatchRow({ batch: 3 }),
  sampleBatchRow({ batch: 12 }),
  sampleBatchRow({ episode: 2, batch: 40 }),
  sampleBatchRow({ project: 'salt-road', episode: 101, batch: 7 }),
];
const selected = refOfRow(sampleBatchRow({ batch: 3 }));

test('a new batch gets the number above every one of its episode', () => {
  expect(nextBatchId(rows, 'harbor-lights', 1)).toBe('BATCH_013');
  expect(nextBatchId(rows, 'harbor-lights', 2)).toBe('BATCH_041');
  expect(nextBatchId(rows, 'harbor-lights', 3)).toBe('BATCH_001');
  expect(nextBatchId([sampleBatchRow({ batch: 999 })], 'harbor-lights', 1)).toBe('BATCH_1000');
});

test('what is suggested stands beside the batch that is looked at, else at the end of the first project', () => {
  expect(suggestedTarget(rows, selected, [])).toEqual({
    project: 'harbor-lights',
    episode: '1',
    batchId: 'BATCH_013',
  });
  expect(suggestedTarget(rows, null, [])).toEqual({ project: 'harbor-lights', episode: '2', batchId: 'BATCH_041' });
  expect(suggestedTarget([], null, ['night-ferry'])).toEqual({
    project: 'night-ferry',
    episode: '1',
    batchId: 'BATCH_001',
  });
});

test('a body goes where it says that it belongs, as far as it says so', () => {
  const body = { sceneId: 'BATCH_004', episode: 2 };
  expect(bodyTarget(rows, selected, [], body)).toEqual({
    project: 'harbor-lights',
    episode: '2',
    batchId: 'BATCH_004',
  });
  expect(bodyTarget(rows, selected, [], { sceneId: 'scene 4', episode: null })).toEqual({
    project: 'harbor-lights',
    episode: '1',
    batchId: 'BATCH_013',
  });
});

test.each([
  ['project', { project: '../x' }],
  ['project', { project: '' }],
  ['project', { project: 'nowhere' }],
  ['episode', { episode: '' }],
  ['episode', { episode: '-1' }],
  ['episode', { episode: '1.5' }],
  ['episode', { episode: '12345678' }],
  ['batchId', { batchId: 'BATCH_3' }],
  ['batchId', { batchId: '../BATCH_003' }],
] as const)('a wrong %s is named: %o', (field, change) => {
  const typed = { project: 'harbor-lights', episode: '1', batchId: 'BATCH_003', ...change };
  expect(readTarget(typed, ['harbor-lights'])).toMatchObject({ kind: 'wrong', field });
});

test('a target that is right is a name for requests, blanks around it aside', () => {
  const typed = { project: ' harbor-lights', episode: '002 ', batchId: ' BATCH_0123 ' };
  const ref = { project: 'harbor-lights', episode: 2, batchId: 'BATCH_0123' };
  expect(readTarget(typed, ['harbor-lights'])).toEqual({ kind: 'target', ref });
  expect(readTarget({ ...typed, project: 'elsewhere' }, null)).toMatchObject({ kind: 'target' });
});
