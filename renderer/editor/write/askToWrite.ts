/** Opens the question whether the draft becomes a candidate; says why not where it cannot. */
import type { BatchView } from '../../../shared/contract.ts';
import type { BatchRef } from '../../../shared/ids.ts';
import { request } from '../../bridge.ts';
import { failureOf, queryClient } from '../../queryClient.ts';
import { useHostState } from '../../scenes/hostState.ts';
import { batchQuery, hostQuery } from '../../scenes/queries.ts';
import { reportFailure, useToasts } from '../../ui/toasts.ts';
import { useDraft } from '../draftStore.ts';
import { takeTyped } from '../untaken.ts';
import { reasonAgainstWriting } from '../writeReason.ts';
import { useWriting } from './writing.ts';

/**
 * Null where the batch is not there yet. Throws what else keeps it from being read. Asked of the host itself: a reading
 * that is under way in the cache may be older than what has just happened, or lost with its connection.
 */
export async function readBatchAgain(ref: BatchRef): Promise<BatchView | null> {
  try {
    const batch = await request('getBatch', ref);
    queryClient.setQueryData(batchQuery(ref).queryKey, batch);
    return batch;
  } catch (error) {
    if (failureOf(error).code === 'notFound') return null;
    throw error;
  }
}

export async function askToWrite(): Promise<void> {
  takeTyped();
  const { draft } = useDraft.getState();
  if (!draft || useWriting.getState().open) return;
  try {
    // What stands on the screen is what the person decides on; only where nothing was read yet it is read now.
    const batch = queryClient.getQueryData(batchQuery(draft.batch).queryKey) ?? (await readBatchAgain(draft.batch));
    const { isConnected } = useHostState.getState();
    const host = queryClient.getQueryData(hostQuery().queryKey);
    const reason = reasonAgainstWriting({ draft, batch: batch ?? undefined, host, isConnected });
    if (reason === null) useWriting.getState().begin(draft, batch);
    else useToasts.getState().show({ kind: 'failed', batch: draft.batch, title: reason });
  } catch (error) {
    reportFailure(error);
  }
}
