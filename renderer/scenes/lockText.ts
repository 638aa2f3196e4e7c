/** Who holds a batch's lock, and for how long as far as that can be known: an age only for this host, whose clock it is. */
import type { LockOwner } from '../../shared/contract.ts';
import { clockTime, lasted } from './times.ts';

export const lockHolder = ({ user, host }: LockOwner): string =>
  user === null ? 'the pipeline' : host === null ? user : `${user} on ${host}`;

interface LockTextOptions {
  readonly waitedMs?: number;
  readonly now?: number;
  readonly locale?: string | undefined;
}

/** "Locked by Tom Wei on edit-07 for 12 s"; another host's time is local time, and one in the future says nothing. */
export function lockText(owner: LockOwner, { waitedMs, now = Date.now(), locale }: LockTextOptions = {}): string {
  const held = `Locked by ${lockHolder(owner)}`;
  const since = owner.since === null ? Number.NaN : Date.parse(owner.since);
  if (owner.since !== null && since <= now) {
    return owner.isThisHost
      ? `${held} for ${lasted(now - since)}`
      : `${held} since ${clockTime(owner.since, { locale })}`;
  }
  return waitedMs === undefined ? held : `${held}, waiting for ${lasted(waitedMs)}`;
}
