/** Where a dragged row lands. */
import { expect, test } from 'vitest';
import { dropIndex } from './outlineRows.ts';

test('a row lands in the gap that is nearest to the pointer', () => {
  expect(dropIndex(0, 28, 3, 5)).toBe(0);
  expect(dropIndex(27, 28, 3, 5)).toBe(1);
  expect(dropIndex(5 * 28, 28, 0, 5)).toBe(4);
});

test('the gaps above and below the row itself leave it where it is', () => {
  expect(dropIndex(2 * 28, 28, 2, 5)).toBe(2);
  expect(dropIndex(3 * 28, 28, 2, 5)).toBe(2);
});

test('outside the list it lands at its ends', () => {
  expect(dropIndex(-100, 28, 2, 5)).toBe(0);
  expect(dropIndex(1_000, 28, 2, 5)).toBe(4);
});
