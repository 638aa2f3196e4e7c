/** Sends the open decision, and turns what the host refuses into the next step of the dialog. */
import { useMutation } from '@tanstack/react-query';
import { failureOf } from '../queryClient.ts';
import { conflictDetails } from './conflictDetails.ts';
import { decide } from './decide.ts';
import { type OpenDecision, useDecisions } from './decisions.ts';

export interface OrderState {
  submit(): void;
  readonly isPending: boolean;
  /** A sentence; a conflict is none, it has a dialog of its own. */
  readonly failure: string | null;
}

export function useOrder(open: OpenDecision): OrderState {
  const mutation = useMutation({
    mutationFn: decide,
    meta: { isHandled: true },
    onSuccess: () => useDecisions.getState().close(),
    onError: (error) => {
      const now = conflictDetails(failureOf(error));
      if (now) useDecisions.getState().meetConflict(now);
    },
  });
  const { question, ref, note, isUndo, step } = open;
  const seen = step.kind === 'conflict' ? step.now : open.seen;
  const isConflict = mutation.error !== null && conflictDetails(failureOf(mutation.error)) !== null;
  return {
    submit: () => {
      if (!mutation.isPending) mutation.mutate({ question, ref, seen, note, isUndo });
    },
    isPending: mutation.isPending,
    failure: mutation.error === null || isConflict ? null : failureOf(mutation.error).message,
  };
}
