/** The check in the background: reads every body behind the listing, a few at a time, and tells of rows as they are checked. */
import type { BatchRow } from '../../../shared/contract.ts';
import { inParallel } from '../disk/inParallel.ts';
import type { LocatedBatch } from './workspace.ts';

export interface CheckProgress {
  readonly batches: readonly BatchRow[];
  readonly checked: number;
  readonly total: number;
}

export interface CheckOptions {
  readonly batches: readonly LocatedBatch[];
  /** Reads one batch whole and gives its row; null where it went away since it was listed. */
  readonly check: (located: LocatedBatch) => Promise<BatchRow | null>;
  readonly onProgress: (progress: CheckProgress) => void;
  readonly signal: AbortSignal;
}

/** Few, so that what a person asks for is never behind a queue of bodies. */
const batchesAtOnce = 3;
const tellEveryMs = 250;

/** Ends early where the signal says so. Every row that was found is told, also those that were under way at the end: the caller counts them as checked. */
export async function checkBatches({ batches, check, onProgress, signal }: CheckOptions): Promise<void> {
  const total = batches.length;
  let checked = 0;
  let rows: BatchRow[] = [];
  let toldAt = Date.now();
  const tell = () => {
    onProgress({ batches: rows, checked, total });
    rows = [];
    toldAt = Date.now();
  };
  await inParallel(
    batches,
    batchesAtOnce,
    async (located) => {
      const row = await check(located);
      checked += 1;
      if (row !== null) rows.push(row);
      if (!signal.aborted && Date.now() - toldAt >= tellEveryMs) tell();
    },
    signal,
  );
  if (!signal.aborted || rows.length > 0) tell();
}
