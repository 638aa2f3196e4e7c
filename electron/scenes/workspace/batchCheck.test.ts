import { expect, test } from 'vitest';
import type { BatchRow } from '../../../shared/contract.ts';
import { isProjectName, parseBatchId } from '../../../shared/ids.ts';
import { checkBatches } from './batchCheck.ts';
import type { LocatedBatch } from './workspace.ts';

const project = 'night-ferry';
if (!isProjectName(project)) throw new Error('the name of this test is no project');

const located = Array.from({ length: 8 }, (_, index): LocatedBatch => {
  const batchId = parseBatchId(`BATCH_00${index + 1}`);
  const listing = { batchId, hasFlat: true, hasManifest: false, hasLedger: false, bodies: [] };
  return { ref: { project, episode: 1, batchId }, scenesFolder: '/nowhere', listing };
});

const rowOf = ({ ref }: LocatedBatch): BatchRow => ({
  ...ref,
  title: null,
  activeVersion: 1,
  newestCandidate: null,
  gate: 'open',
  needsReview: false,
  problems: [],
  checked: true,
  characters: [],
});

test('rows that were read when a check is stopped are told all the same', async () => {
  const stop = new AbortController();
  const told: string[] = [];
  let read = 0;
  await checkBatches({
    parts: located.map((batch) => ({ batches: [batch] })),
    width: 3,
    signal: stop.signal,
    onProgress: ({ batches }) => told.push(...batches.map(({ batchId }) => batchId)),
    check: async ({ batches }) => {
      read += 1;
      if (read === 3) stop.abort();
      await Promise.resolve();
      return batches.map(rowOf);
    },
  });
  expect(read).toBeLessThan(located.length);
  expect(told).toHaveLength(read);
});
