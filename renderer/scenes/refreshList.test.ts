/** The list after many writes at once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listRefresher } from './refreshList.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a write is followed at once, and the many that come close behind it by one listing', async () => {
  const listings = vi.fn(() => Promise.resolve());
  const refresh = listRefresher(listings);
  refresh();
  expect(listings).toHaveBeenCalledTimes(1);
  for (let write = 0; write < 50; write += 1) refresh();
  expect(listings).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(listings).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(listings).toHaveBeenCalledTimes(2);
  refresh();
  expect(listings).toHaveBeenCalledTimes(3);
});

test('a listing that fails is no end of refreshing', async () => {
  const listings = vi.fn(() => Promise.reject(new Error('gone')));
  const refresh = listRefresher(listings);
  refresh();
  await vi.advanceTimersByTimeAsync(5000);
  refresh();
  expect(listings).toHaveBeenCalledTimes(2);
});
