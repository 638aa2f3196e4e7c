/** How the host stands to this page: whether it can be reached, and which writes wait for a lock. */
import { create } from 'zustand';
import type { Notices } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';

type LockWait = Notices['lockAwaited'];

interface HostState {
  readonly isConnected: boolean;
  /** Waits that go on now, by batch. */
  readonly waits: ReadonlyMap<string, LockWait>;
}

export const useHostState = create<HostState>()(() => ({ isConnected: true, waits: new Map() }));

/** Until it is over. */
export function noteWait(wait: LockWait): void {
  useHostState.setState(({ waits }) => {
    const next = new Map(waits);
    if (wait.isOver) next.delete(batchKey(wait.batch));
    else next.set(batchKey(wait.batch), wait);
    return { waits: next };
  });
}
