/** Which decisions are offered. */
import { describe, expect, test } from 'vitest';
import { availableDecisions, versionBefore, type Writing } from './availability.ts';
import { batch, line, summary } from './sampleBatch.ts';

const pick = (version: number, of = batch()) => of.versions.find((each) => each.version === version) ?? null;
const offered = (version: number, of = batch(), canWrite: Writing = true) =>
  availableDecisions(of, pick(version, of), canWrite);

describe('availableDecisions', () => {
  test('for a candidate above the active version conform comes first, and the way back is the parent of what is active', () => {
    const { conform, revert, markDerived, primary } = offered(4);
    expect(primary).toBe('conform');
    expect(conform).toMatchObject({ label: 'Conform v4', disabledReason: null });
    expect(conform?.hint).toBe('Make v4 the active version and mark it approved; v3 stays in the history.');
    expect(revert).toMatchObject({ label: 'Revert to v2' });
    expect(markDerived?.disabledReason).toBe('v3 is derived already.');
  });

  test('a pointer to a number that no version has is not promised to stay', () => {
    const hint = offered(4, batch({ activeVersion: 42 })).conform?.hint;
    expect(hint).toBe('Make v4 the active version and mark it approved.');
  });

  test('a batch whose files are gone offers nothing, and says why', () => {
    const { conform, revert, primary } = offered(4, batch(), 'gone');
    expect(primary).toBeNull();
    expect(conform?.disabledReason).toContain('gone or out of reach');
    expect(revert?.disabledReason).toContain('gone or out of reach');
  });

  test('the way back follows the ledger before the parent', () => {
    const decided = batch({ ledger: [line(1, 'conform', 3, { from: 1 })] });
    expect(versionBefore(decided)).toBe(1);
    expect(offered(4, decided).revert?.version).toBe(1);
  });

  test('an approved version that is not active is one to revert to', () => {
    const { revert, primary } = offered(1);
    expect(revert?.version).toBe(1);
    expect(primary).toBe('revert');
  });

  test('a candidate below the active one can be gone back to, but conform stays first', () => {
    const { revert, primary } = offered(2);
    expect(revert?.version).toBe(2);
    expect(primary).toBe('conform');
  });

  test('the active and approved version puts nothing forward', () => {
    const { conform, primary } = offered(3);
    expect(conform?.disabledReason).toBe('v3 is active and approved already.');
    expect(primary).toBeNull();
  });

  test('marking is put forward for the active version with boards, and only there', () => {
    const active = (shotsWithBoards: number) =>
      batch({ versions: [summary(3, { state: 'approved', isActive: true, shotsWithBoards })] });
    expect(offered(3, active(8)).primary).toBe('markDerived');
    expect(offered(3, active(0)).primary).toBeNull();
    expect(offered(3, active(0)).markDerived?.disabledReason).toBeNull();
  });

  test('a body that the store refuses is not offered, one that was only changed is', () => {
    const with4 = (problem: Parameters<typeof summary>[1]) =>
      batch({ versions: [summary(4, problem), ...batch().versions.slice(1)] });
    const refused = with4({
      problem: { code: 'scene_id_mismatch', severity: 'error', version: 4, message: 'It is another scene.' },
    });
    expect(offered(4, refused).conform?.disabledReason).toContain('v4 cannot become active');
    const changed = with4({
      problem: { code: 'fingerprint_mismatch', severity: 'error', version: 4, message: 'It was changed.' },
    });
    expect(offered(4, changed).conform?.disabledReason).toBeNull();
    expect(offered(4, with4({ isRegistered: false })).conform?.disabledReason).toContain('in no manifest');
  });

  test('where nothing can be written every decision says why', () => {
    const closed = [offered(4, batch(), false), offered(4, batch({ isWritable: false }))];
    for (const { conform, revert, markDerived, primary } of closed) {
      expect([conform, revert, markDerived].every((each) => each?.disabledReason)).toBe(true);
      expect(primary).toBeNull();
    }
  });
});
