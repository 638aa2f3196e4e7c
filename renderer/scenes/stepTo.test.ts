import { expect, it } from 'vitest';
import { stepTo } from './stepTo.ts';

it('moves by rows and pages, stops at both ends, and leaves other keys alone', () => {
  expect(stepTo('ArrowDown', 3, 10)).toBe(4);
  expect(stepTo('ArrowDown', 9, 10)).toBe(9);
  expect(stepTo('ArrowUp', 0, 10)).toBe(0);
  expect(stepTo('PageDown', 3, 10)).toBe(9);
  expect(stepTo('PageUp', 30, 100)).toBe(18);
  expect(stepTo('Home', 5, 10)).toBe(0);
  expect(stepTo('End', 5, 10)).toBe(9);
  expect(stepTo('ArrowDown', -1, 10)).toBe(0);
  expect(stepTo('c', 5, 10)).toBeNull();
  expect(stepTo('End', -1, 0)).toBeNull();
});
