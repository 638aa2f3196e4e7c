import { describe, expect, it } from 'vitest';
import type { LedgerLine } from '../../shared/ledger.ts';
import { chainText, ledgerText } from './ledgerText.ts';

const line = (more: Partial<LedgerLine>): LedgerLine => ({
  seq: 1,
  at: '2026-10-13T12:00:00.000Z',
  by: { user: 'Lena Fischer', host: 'edit-02' },
  action: 'conform',
  from: 2,
  to: 3,
  fingerprint: null,
  revision: 'absent',
  note: null,
  prev: null,
  ...more,
});
const entry = (version: number) => ({ version, artifact: `ep_001_BATCH_003.v00${version}.json` });

describe('a ledger line', () => {
  it('says what was decided, on which version, and by whom', () => {
    expect(
      (['conform', 'revert', 'mark_derived', 'append', 'register', 'repair'] as const).map(
        (action) => ledgerText(line({ action })).sentence,
      ),
    ).toEqual([
      'v3 conformed by Lena Fischer',
      'Reverted to v3 by Lena Fischer',
      'v3 marked derived by Lena Fischer',
      'v3 appended by Lena Fischer',
      'v3 registered by Lena Fischer',
      'Repaired by Lena Fischer',
    ]);
  });

  it('says which repair it was', () => {
    const repaired = (entries: LedgerLine['entries'] & object) =>
      ledgerText(line({ action: 'repair', entries })).sentence;
    expect(repaired([])).toBe('Torn line closed off by Lena Fischer');
    expect(repaired([{ ...entry(7), source: 'adopted_orphan' }])).toBe('v7 adopted by Lena Fischer');
    expect(repaired([entry(1), { ...entry(7), source: 'adopted_orphan' }])).toBe('Manifest rebuilt by Lena Fischer');
  });

  it('names nobody for what was only observed', () => {
    const observed = (more: Partial<LedgerLine>) => ledgerText(line({ action: 'observed', ...more })).sentence;
    expect(observed({ entries: [entry(5)] })).toBe('v5 observed, outside the ledger');
    expect(observed({ entries: [entry(2), entry(1)] })).toBe('v1 and v2 observed, outside the ledger');
    expect(observed({ entries: [entry(1), entry(2), entry(4)] })).toBe('v1 to v4 observed, outside the ledger');
    expect(observed({ from: 3, to: 4 })).toBe('Pointer seen on v4, moved outside the ledger');
    expect(observed({ from: 3, to: 3 })).toBe('A change observed, outside the ledger');
  });

  it('tells the worst of the chain', () => {
    const problem = (code: 'ledger_torn' | 'ledger_broken') => ({ code, severity: 'warning', message: '' }) as const;
    expect(chainText([line({})], [])?.text).toBe('chain intact');
    expect(chainText([line({})], [problem('ledger_torn'), problem('ledger_broken')])?.text).toBe('chain broken');
    expect(chainText([], [])).toBeNull();
  });
});
