import { describe, expect, it } from 'vitest';
import { lastApprovedVersion } from './lastApproved.ts';
import type { LedgerAction, LedgerLine } from './ledger.ts';

const line = (action: LedgerAction, to: number | null, more: Partial<LedgerLine> = {}): LedgerLine => ({
  seq: 1,
  at: '2026-11-21T09:00:00.000Z',
  by: { user: 'ana', host: 'edit-04' },
  action,
  from: null,
  to,
  fingerprint: null,
  revision: 'absent',
  note: null,
  prev: null,
  ...more,
});
const versions = [
  { version: 4, state: 'candidate' as const },
  { version: 3, state: 'approved' as const },
  { version: 2, state: 'approved' as const },
];

describe('the version approved last', () => {
  it('is what the latest conform decided, whatever was reverted or marked afterwards', () => {
    const ledger = [line('conform', 3), line('conform', 2), line('revert', 3), line('mark_derived', 3)];
    expect(lastApprovedVersion(ledger, versions)).toBe(2);
  });

  it('may come from a pointer that moved outside the ledger, but only to an approved version', () => {
    expect(lastApprovedVersion([line('conform', 2), line('observed', 3)], versions)).toBe(3);
    expect(lastApprovedVersion([line('conform', 2), line('observed', 4)], versions)).toBe(2);
    expect(lastApprovedVersion([line('conform', 2), line('observed', 3, { from: 3 })], versions)).toBe(2);
  });

  it('takes the state that the observed line itself recorded', () => {
    const entries = [{ version: 3, artifact: 'x.json', state: 'candidate' as const }];
    expect(lastApprovedVersion([line('conform', 2), line('observed', 3, { entries })], versions)).toBe(2);
  });

  it('is the highest approved one where the ledger decided nothing that still stands', () => {
    expect(lastApprovedVersion([], versions)).toBe(3);
    expect(lastApprovedVersion([line('conform', 9), line('append', 4)], versions)).toBe(3);
    expect(lastApprovedVersion([], [{ version: 1, state: 'candidate' }])).toBeNull();
    expect(lastApprovedVersion([], [])).toBeNull();
  });
});
