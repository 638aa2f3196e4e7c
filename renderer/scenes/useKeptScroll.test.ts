/** Where the rows on the screen go when others come or go above them. */
import { expect, test } from 'vitest';
import { movedBy } from './useKeptScroll.ts';

const rows = (...keys: readonly string[]) => keys.map((key) => ({ key }));

test('a row that comes above moves those below it by one, one below moves nothing', () => {
  expect(movedBy(rows('a', 'b', 'c', 'd'), rows('a', 'new', 'b', 'c', 'd'), 2)).toBe(1);
  expect(movedBy(rows('a', 'b', 'c', 'd'), rows('a', 'b', 'c', 'new', 'd'), 2)).toBe(0);
});

test('where the first row on the screen goes, the next one tells', () => {
  expect(movedBy(rows('a', 'b', 'c', 'd'), rows('b', 'd'), 2)).toBe(-2);
  expect(movedBy(rows('a', 'b', 'c', 'd'), rows('a', 'b', 'd'), 2)).toBe(-1);
});

test('where none of them is left nothing is kept', () => {
  expect(movedBy(rows('a', 'b'), rows('x', 'y'), 0)).toBe(0);
});
