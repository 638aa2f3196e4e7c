import { describe, expect, it } from 'vitest';
import type { LockOwner } from '../../shared/contract.ts';
import { lockText } from './lockText.ts';

const now = new Date(2026, 9, 14, 9, 30, 0).getTime();
const owner = (more: Partial<LockOwner>): LockOwner => ({
  user: 'Tom Wei',
  host: 'edit-07',
  since: new Date(now - 12_400).toISOString(),
  isThisHost: false,
  ...more,
});

describe('the holder of a lock', () => {
  it('is told with an age on this host and with local time on another', () => {
    expect(lockText(owner({ isThisHost: true }), { now })).toBe('Locked by Tom Wei on edit-07 for 12 s');
    expect(lockText(owner({}), { now, locale: 'en-GB' })).toBe('Locked by Tom Wei on edit-07 since 09:29:47');
  });

  it('is the pipeline where nobody is named, and then only our own wait is known', () => {
    const pipeline = owner({ user: null, host: null, since: null });
    expect(lockText(pipeline, { now, waitedMs: 3100 })).toBe('Locked by the pipeline, waiting for 3 s');
    expect(lockText(pipeline, { now })).toBe('Locked by the pipeline');
  });

  it('has no age where its clock is ahead of ours', () => {
    const ahead = owner({ isThisHost: true, since: new Date(now + 60_000).toISOString() });
    expect(lockText(ahead, { now })).toBe('Locked by Tom Wei on edit-07');
  });
});
