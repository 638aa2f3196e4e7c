/** Goes over many items and lets the event loop turn every few milliseconds. */
import { setImmediate as nextTurn } from 'node:timers/promises';

const sliceMs = 8;

export async function inSlices<Item>(items: Iterable<Item>, work: (item: Item) => void): Promise<void> {
  let begun = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - begun < sliceMs) continue;
    await nextTurn();
    begun = performance.now();
  }
}
