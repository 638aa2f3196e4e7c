/** A thread that reads batches for the list and the check, so that neither the event loop nor libuv's pool does. */
import { parentPort } from 'node:worker_threads';
import { openingTimes } from '../disk/plainFile.ts';
import { plainRows } from './plainRows.ts';
import type { AnswerMessage, OrderMessage, ReadingOrder } from './readingOrders.ts';

async function carryOut(order: ReadingOrder): Promise<unknown> {
  if (order.kind === 'rows') return plainRows(order);
  // Schemas and fingerprints are only loaded for what needs them: the first rows are waited for.
  const { plainChecks } = await import('./plainChecks.ts');
  return plainChecks(order);
}

parentPort?.on('message', async ({ id, order }: OrderMessage) => {
  const answer = JSON.stringify(await carryOut(order));
  parentPort?.postMessage({ id, answer, openingMs: median(openingTimes()) } satisfies AnswerMessage);
});

function median(times: readonly number[]): number | null {
  const sorted = times.slice().sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? null;
}
