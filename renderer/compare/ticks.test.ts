/** The ruler. */
import { expect, test } from 'vitest';
import { ticks } from './ticks.ts';

const labels = (totalS: number, width: number) => ticks(totalS, width).map((tick) => tick.label);

test('a scene of some seconds is ruled in fives', () => {
  expect(labels(42.9, 740)).toEqual(['0 s', '5', '10', '15', '20', '25', '30', '35', '40']);
});

test('a long scene is ruled by the clock', () => {
  expect(labels(600, 740)).toEqual([
    '0:00',
    '1:00',
    '2:00',
    '3:00',
    '4:00',
    '5:00',
    '6:00',
    '7:00',
    '8:00',
    '9:00',
    '10:00',
  ]);
  expect(labels(7300, 740).at(-1)).toBe('2:00:00');
});

test('a very short scene is ruled in tenths, without trails of digits', () => {
  expect(labels(0.5, 740)).toEqual(['0 s', '0.1', '0.2', '0.3', '0.4', '0.5']);
});

test('no ticks stand closer than they can be read, whatever the length', () => {
  for (const total of [1, 7, 59, 61, 119, 121, 3599, 90_000, 4_000_000]) {
    const all = ticks(total, 500);
    const [first, second] = all;
    if (first && second) expect(((second.seconds - first.seconds) / total) * 500).toBeGreaterThanOrEqual(48);
    expect(all.length).toBeLessThan(12);
  }
});

test('nothing to rule gives no ticks', () => {
  expect(ticks(0, 500)).toEqual([]);
  expect(ticks(10, 0)).toEqual([]);
});
