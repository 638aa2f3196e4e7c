/** Working through a list, a few at once. */
import { expect, test } from 'vitest';
import { inTurn } from './inTurn.ts';

const steps = () => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = (item: number) => {
    begun.push(item);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  return { begun, ends, work };
};

test('no more are under way than allowed, and the next begins when one ends', async () => {
  const { begun, ends, work } = steps();
  const all = inTurn([1, 2, 3], { atOnce: 2, isOver: () => false }, work);
  expect(begun).toEqual([1, 2]);
  ends[1]?.();
  await expect.poll(() => begun).toEqual([1, 2, 3]);
  for (const end of ends) end();
  await all;
});

test('once it is over nothing is begun, and what is under way is waited for', async () => {
  const { begun, ends, work } = steps();
  let isOver = false;
  let hasEnded = false;
  const all = inTurn([1, 2, 3], { atOnce: 1, isOver: () => isOver }, work).then(() => {
    hasEnded = true;
  });
  isOver = true;
  await Promise.resolve();
  expect(hasEnded).toBe(false);
  ends[0]?.();
  await all;
  expect(begun).toEqual([1]);
});
