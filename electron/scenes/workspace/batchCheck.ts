/** The check in the background: reads every body behind the listing, part by part, and tells of rows as they are checked. */
import type { BatchRow } from '../../../shared/contract.ts';
import { inParallel } from '../disk/inParallel.ts';
import type { LocatedBatch } from './workspace.ts';

export interface CheckProgress {
  readonly batches: readonly BatchRow[];
  readonly checked: number;
  readonly total: number;
}

/** Batches that are checked in one go. */
interface Part {
  readonly batches: readonly LocatedBatch[];
}

export interface CheckOptions<Checked extends Part> {
  readonly parts: readonly Checked[];
  /** Parts at once: few, so that what a person asks for is never behind a queue of bodies. */
  readonly width: number;
  /** Reads the part's batches whole and gives the rows to be told of; those that went away since are left out. */
  readonly check: (part: Checked) => Promise<readonly BatchRow[]>;
  readonly onProgress: (progress: CheckProgress) => void;
  readonly signal: AbortSignal;
}

const tellEveryMs = 250;

/** Ends early where the signal says so. Every row that was found is told, also those that were under way at the end: the caller counts them as checked. */
export async function checkBatches<Checked extends Part>(options: CheckOptions<Checked>): Promise<void> {
  const { parts, width, check, onProgress, signal } = options;
  const total = parts.reduce((sum, { batches }) => sum + batches.length, 0);
  let checked = 0;
  let rows: BatchRow[] = [];
  let toldAt = Date.now();
  const tell = () => {
    onProgress({ batches: rows, checked, total });
    rows = [];
    toldAt = Date.now();
  };
  await inParallel(
    parts,
    width,
    async (part) => {
      rows.push(...(await check(part)));
      checked += part.batches.length;
      if (!signal.aborted && Date.now() - toldAt >= tellEveryMs) tell();
    },
    signal,
  );
  if (!signal.aborted || rows.length > 0) tell();
}
