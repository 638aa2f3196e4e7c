/** The bar before the weight. */
import { expect, test } from 'vitest';
import { row } from './sampleRows.ts';
import { keepsBoards, weightBar } from './weightCells.ts';

test('a cell stands in the order of the new version, open for edited, retimed and added shots, full for moved ones', () => {
  const rows = [
    row(0, 0),
    row(2, 1, ['moved']),
    row(1, 2, ['edited']),
    row(3, null, ['removed']),
    row(null, 3, ['added']),
  ];
  expect(keepsBoards(rows)).toEqual([true, true, false, false]);
});

test('few shots have cells of one size', () => {
  const bar = weightBar([true, false, true]);
  expect(bar.width).toBe(33);
  expect(bar.cells.map((cell) => cell.width)).toEqual([7, 7, 7]);
});

test('two thousand shots stay within the same bar, in runs', () => {
  const bar = weightBar(Array.from({ length: 2000 }, (_, index) => index !== 700));
  expect(bar.width).toBeLessThanOrEqual(241);
  expect(bar.cells.map((cell) => cell.isSame)).toEqual([true, false, true]);
  expect(bar.cells[1]?.width).toBeGreaterThan(0);
});
