/** The one way of every repair: looked at without a lock to refuse early, looked at again under it, refused where it is not what was confirmed. */
import { createHash } from 'node:crypto';
import { FailureError } from '../../../shared/failure.ts';
import type { RepairPreview } from '../../../shared/repair.ts';
import { type BatchState, conflict, readState, requireRevision } from '../store/batchState.ts';
import type { BatchWrite, Locked } from '../store/batchWrite.ts';
import type { AskedRepair, Decided, RepairOptions } from '../store/storeOptions.ts';

/** A repair as it would be carried out now. */
export interface RepairPlan {
  readonly preview: RepairPreview;
  /** Equal as long as all that the plan was made from is the same. */
  readonly previewId: string;
  readonly carryOut: (locked: Locked, note: string | null | undefined) => Promise<Decided>;
}

/** Reads and refuses, writes nothing. `confirm` is the preview that the person has seen, where there is one. */
export type PlanRepair = (state: BatchState, confirm: string | undefined) => Promise<RepairPlan>;

/** Writes nothing, no lock file either. */
export async function askRepair(write: BatchWrite, plan: PlanRepair): Promise<AskedRepair> {
  const { preview, previewId } = await plan(await readState(write.place), undefined);
  return { preview, previewId };
}

export async function repair(write: BatchWrite, plan: PlanRepair, options: RepairOptions): Promise<Decided> {
  const { place } = write;
  const check = async (state: BatchState): Promise<RepairPlan> => {
    await requireRevision(place, state, options.expectedRevision);
    const planned = await plan(state, options.confirm);
    if (options.confirm === undefined || options.confirm === planned.previewId) return planned;
    throw await otherThanConfirmed(write, state, plan);
  };
  return await write.inTurn(options.signal, async (turn) => {
    await check(await readState(place));
    return await write.underLock(turn, async (held) => {
      const state = await readState(place);
      const planned = await check(state);
      return await planned.carryOut({ held, state }, options.note);
    });
  });
}

/** Carries the preview of what a repair would do now. */
async function otherThanConfirmed(write: BatchWrite, state: BatchState, plan: PlanRepair): Promise<FailureError> {
  const { preview, previewId } = await plan(state, undefined);
  const { batchId } = write.place;
  const message = `${batchId} was changed by somebody else since this repair was shown, so nothing was repaired. Look at what it would do now, then confirm again.`;
  const { details } = await conflict(write.place, state, message);
  return new FailureError('conflict', message, { details: { ...details, preview, previewId } });
}

export const previewIdOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** There is nothing that this repair could mend. */
export const nothingToRepair = (message: string): FailureError => new FailureError('notFound', message);
