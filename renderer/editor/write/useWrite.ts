/** Sends the open candidate, and turns what comes back into the next step of the dialog. */
import { useMutation } from '@tanstack/react-query';
import { conflictDetails } from '../../decide/conflictDetails.ts';
import { failureOf } from '../../queryClient.ts';
import { afterWriting, type HowToWrite, isUncertain, type WriteResult, writeCandidate } from './writeCandidate.ts';
import { type OpenWriting, useWriting } from './writing.ts';

export interface WriteState {
  /** `isRepeatAllowed`: also where a version like this one is there. */
  submit(isRepeatAllowed: boolean): void;
  readonly isPending: boolean;
  /** A sentence; a conflict is none, it is a step of its own. */
  readonly failure: string | null;
}

export function useWrite(open: OpenWriting, fingerprint: string | null): WriteState {
  const mutation = useMutation({
    mutationFn: (order: HowToWrite) => writeCandidate(open, order),
    meta: { isHandled: true },
    onSuccess: (result) => answer(open, result),
  });
  return {
    submit: (isRepeatAllowed) => {
      if (mutation.isPending || fingerprint === null) return;
      const last = mutation.error === null ? null : failureOf(mutation.error);
      mutation.mutate({ fingerprint, isRepeatAllowed, uncertainty: last && isUncertain(last) ? last : null });
    },
    isPending: mutation.isPending,
    failure: mutation.error === null ? null : failureOf(mutation.error).message,
  };
}

async function answer(open: OpenWriting, result: WriteResult): Promise<void> {
  const { findIdentical, meetConflict, close } = useWriting.getState();
  switch (result.kind) {
    case 'written':
      await afterWriting(open, result.written);
      close();
      return;
    case 'identical':
      findIdentical(result.version);
      return;
    case 'conflict': {
      const now = conflictDetails(result.failure);
      if (now) meetConflict(now, result.batch);
    }
  }
}
