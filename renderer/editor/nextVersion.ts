/** The number that the candidate will have: above every entry and every body on disk. Pure. */
import type { BatchView } from '../../shared/contract.ts';

/** Undefined: a batch that is not there yet. */
export const nextVersion = (batch: BatchView | undefined): number =>
  Math.max(0, ...(batch?.versions ?? []).map(({ version }) => version)) + 1;
