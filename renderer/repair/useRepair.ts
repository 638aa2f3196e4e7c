/** Confirms the open repair, and turns a batch that changed meanwhile into the same question anew. */
import { useMutation } from '@tanstack/react-query';
import type { Decision } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { batchKey } from '../../shared/ids.ts';
import { repairs } from '../../shared/problem.ts';
import { request } from '../bridge.ts';
import { endUndo } from '../decide/endUndo.ts';
import { failureOf, queryClient } from '../queryClient.ts';
import { openWorkspacePath } from '../scenes/openWorkspacePath.ts';
import { batchesQuery, batchQuery } from '../scenes/queries.ts';
import { useToasts } from '../ui/toasts.ts';
import { useOutsideMarks } from '../watching/outsideMarks.ts';
import { type OpenRepair, type ShownRepair, useRepairs } from './repairs.ts';
import { repairOutcome } from './repairText.ts';

export interface RepairOrder {
  submit(): void;
  readonly isPending: boolean;
  /** A sentence; what a conflict shows is none. */
  readonly failure: string | null;
}

async function confirm({ ref, question, previewId, note }: OpenRepair): Promise<Decision> {
  const text = note.trim();
  const answer = await request('repairBatch', {
    ...ref,
    ...question,
    confirm: previewId,
    workspace: openWorkspacePath() ?? undefined,
    ...(text === '' ? {} : { note: text }),
  });
  if ('previewId' in answer) throw new FailureError('unexpected', 'The repair was only shown again, and not done.');
  return answer;
}

/** Where the button that asked is gone with its problem, the focus would be nowhere. */
async function refresh(open: OpenRepair): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: batchQuery(open.ref).queryKey }),
    queryClient.invalidateQueries({ queryKey: batchesQuery().queryKey }),
  ]);
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  });
}

export function useRepair(open: OpenRepair): RepairOrder {
  const mutation = useMutation({
    mutationFn: confirm,
    meta: { isHandled: true },
    onSuccess: (decision) => {
      endUndo(open.ref);
      // What others did before was looked at with the preview; now it would be told with this in it.
      useOutsideMarks.getState().unmark(batchKey(open.ref));
      useRepairs.getState().close();
      useToasts.getState().show({ kind: 'done', batch: open.ref, ...repairOutcome(open.preview, decision) });
    },
    onError: (error) => {
      const another = anotherPreview(failureOf(error));
      if (another) useRepairs.getState().showAnother(another);
    },
    // After a failure too: then what is shown is old.
    onSettled: () => void refresh(open),
  });
  const isConflict = mutation.error !== null && anotherPreview(failureOf(mutation.error)) !== null;
  return {
    submit: () => {
      if (!mutation.isPending) mutation.mutate(open);
    },
    isPending: mutation.isPending,
    failure: mutation.error === null || isConflict ? null : failureOf(mutation.error).message,
  };
}

/** What a conflict brings along, after looking at its shape; null: another failure. */
function anotherPreview({ code, details }: FailureError): ShownRepair | null {
  return code === 'conflict' && isShown(details) ? { preview: details.preview, previewId: details.previewId } : null;
}

const names: readonly unknown[] = repairs;

const isShown = (details: unknown): details is ShownRepair =>
  typeof details === 'object' &&
  details !== null &&
  'previewId' in details &&
  typeof details.previewId === 'string' &&
  'preview' in details &&
  typeof details.preview === 'object' &&
  details.preview !== null &&
  'repair' in details.preview &&
  names.includes(details.preview.repair);
