/** A thread that reads batches for the list and the check, so that neither the event loop nor libuv's pool does. */
import { parentPort } from 'node:worker_threads';
import { openingTimes } from '../disk/plainFile.ts';
import { carryOut } from './plainReading.ts';
import type { AnswerMessage, OrderMessage } from './readingOrders.ts';

parentPort?.on('message', ({ id, order }: OrderMessage) => {
  const answer = carryOut(order);
  parentPort?.postMessage({ id, answer, openingMs: median(openingTimes()) } satisfies AnswerMessage);
});

function median(times: readonly number[]): number {
  const sorted = times.slice().sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}
