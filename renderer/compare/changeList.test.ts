/** The change list as text. */
import { expect, test } from 'vitest';
import type { VersionComparison } from '../../shared/comparison.ts';
import { shownBeats } from './beats.ts';
import { changeList } from './changeList.ts';
import { row } from './sampleRows.ts';

const comparison: VersionComparison = {
  from: 3,
  to: 4,
  summary: 'v4 against v3: 1 added, 1 edited.',
  counts: { added: 1, removed: 0, moved: 0, retimed: 0, edited: 1 },
  durations: { from: 4, to: 8 },
  scene: [{ path: '$.title', before: 'A', after: 'B' }],
  beats: [
    row(0, 0, ['edited'], { changes: [{ path: '$.summary', before: 'one\ttwo', after: 'say "three"' }] }),
    row(1, 1),
    row(null, 2, ['added']),
  ],
  duplicateBeatIds: { from: [], to: [] },
  weight: { same: 1, needBoards: 2, total: 3, isBaselineDerived: true, sentence: '' },
  runtime: { from: { boards: 0, takes: 0 }, to: { boards: 0, takes: 0 }, sentence: '', changes: [] },
};

test('the list names each change with its field and both values, and leaves out what is the same', () => {
  const beats = { from: shownBeats({ beats: [{}, {}] }), to: shownBeats({ beats: [{}, {}, { summary: 'New.' }] }) };
  expect(changeList(comparison, beats).split('\n')).toEqual([
    'v4 against v3: 1 added, 1 edited.',
    'change\tbeat\tnumber in v3\tnumber in v4\tfield\tv3\tv4',
    'edited\tscene\t\t\ttitle\tA\tB',
    'edited\tB001\t1\t1\tsummary\t"one\ttwo"\t"say ""three"""',
    'added\tB003\t\t3\t\t\tNew.',
    '',
  ]);
});
