/** What stands between a decision and the disk: a failure, or a lock that somebody holds. */
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { request } from '../bridge.ts';
import { useHostState } from '../scenes/hostState.ts';
import { lockText } from '../scenes/lockText.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { reportFailure } from '../ui/toasts.ts';

interface WaitingProps {
  readonly open: { readonly ref: BatchRef };
  readonly order: { readonly isPending: boolean; readonly failure: string | null };
  /** "Your … goes on as soon as it is free." */
  readonly what?: string;
}

export function Waiting({ open, order, what = 'decision' }: WaitingProps) {
  const wait = useHostState((state) => state.waits.get(batchKey(open.ref)));
  if (order.isPending && wait) {
    return (
      <div className="notice" role="status">
        <Glyph name="lock" className="s-warn" />
        <span>
          <b>{lockText(wait.owner, { waitedMs: wait.waitedMs })}.</b> Your {what} goes on as soon as it is free.
        </span>
        <Button isSmall className="push" onClick={() => void request('stopWaiting', open.ref).catch(reportFailure)}>
          Stop waiting
        </Button>
      </div>
    );
  }
  if (order.failure === null || order.isPending) return null;
  return (
    <div className="notice notice--bad" role="alert">
      <Glyph name="problem" className="s-bad" />
      <span className="wrap">{order.failure}</span>
    </div>
  );
}
