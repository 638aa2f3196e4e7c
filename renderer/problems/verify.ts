/** Reads everything anew, with progress and a way to stop; the rows come by themselves, as from every check. */
import { useEffect } from 'react';
import { onNotice, request } from '../bridge.ts';
import { queryClient } from '../queryClient.ts';
import { batchesQuery } from '../scenes/queries.ts';
import { reportFailure } from '../ui/toasts.ts';
import { useProblems } from './problemsState.ts';

/** Another window of this host may have asked for it; it is told here all the same. */
export function useVerifyNotices(): void {
  useEffect(
    () =>
      onNotice('verifyProgress', ({ checked, total, isOver }) =>
        useProblems.setState({
          verification: isOver
            ? { kind: 'ended', checked, total, isComplete: checked === total, at: new Date().toISOString() }
            : { kind: 'underWay', checked, total },
        }),
      ),
    [],
  );
}

export async function verifyEverything(): Promise<void> {
  if (useProblems.getState().verification.kind === 'underWay') return;
  useProblems.setState({ verification: { kind: 'underWay', checked: 0, total: 0 } });
  try {
    await request('verifyWorkspace', {});
    await queryClient.invalidateQueries({ queryKey: batchesQuery().queryKey });
  } catch (error) {
    reportFailure(error);
  } finally {
    // A connection that broke tells nothing more.
    if (useProblems.getState().verification.kind === 'underWay') {
      useProblems.setState({ verification: { kind: 'none' } });
    }
  }
}

export const stopVerifying = (): void => void request('stopVerifying', {}).catch(reportFailure);
