/** One row of the list of batches, for tests. */
import type { BatchRow } from '../../shared/contract.ts';
import { isProjectName, type ProjectName, parseBatchId } from '../../shared/ids.ts';

function project(name: string): ProjectName {
  if (!isProjectName(name)) throw new Error(`${name} is no project name`);
  return name;
}

interface Where {
  readonly project?: string;
  readonly episode?: number;
  readonly batch: number;
}

export const sampleBatchRow = (
  where: Where,
  more: Partial<Omit<BatchRow, 'project' | 'episode' | 'batchId'>> = {},
): BatchRow => ({
  project: project(where.project ?? 'harbor-lights'),
  episode: where.episode ?? 1,
  batchId: parseBatchId(`BATCH_${String(where.batch).padStart(3, '0')}`),
  title: 'INT. NET LOFT – DAY',
  activeVersion: 1,
  newestCandidate: null,
  gate: 'open',
  needsReview: false,
  problems: [],
  checked: true,
  characters: [],
  ...more,
});
