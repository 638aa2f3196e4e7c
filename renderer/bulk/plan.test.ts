/** What a decision on many would do to each batch, and what it leaves out. */
import { describe, expect, test } from 'vitest';
import type { BatchView } from '../../shared/contract.ts';
import type { Problem } from '../../shared/problem.ts';
import { batch, details, entry, line, manifest, revision, summary } from '../decide/sampleBatch.ts';
import type { Undoable } from '../decide/undoable.ts';
import { sampleBatchRow } from '../scenes/sampleBatchRow.ts';
import { planConform, planMarkDerived, planUndo } from './plan.ts';

const problem = (code: Problem['code'], version?: number): Problem => ({
  code,
  severity: 'error',
  message: 'Something is wrong.',
  ...(version === undefined ? {} : { version }),
});
const with4 = (more: Parameters<typeof summary>[1]): BatchView =>
  batch({ versions: [summary(4, more), ...batch().versions.slice(1)] });
const closed = (more: Parameters<typeof summary>[1] = {}): BatchView =>
  batch({ versions: [summary(3, { state: 'approved', isActive: true, ...more })] });
const reasonOf = (plan: ReturnType<typeof planConform>) => (plan.kind === 'leftOut' ? plan.reason : null);

describe('conforming the newest candidate', () => {
  test('names both versions and the gate afterwards, and pins the revision with the end of the ledger', () => {
    const ledger = [line(1, 'append', 3), line(2, 'conform', 3)];
    expect(planConform(batch({ ledger }))).toEqual({
      kind: 'planned',
      plan: {
        question: { kind: 'conform', version: 4 },
        from: 3,
        gate: 'closed',
        length: { from: 30, to: 30 },
        seen: { manifest: null, revision: revision('a'), ledger: [line(2, 'conform', 3)] },
      },
    });
  });

  test('takes the newest of several candidates above the active version, never one on disk only', () => {
    const { versions } = batch();
    const several = batch({ versions: [summary(6, { isRegistered: false }), summary(5), ...versions] });
    expect(planConform(several)).toMatchObject({ plan: { question: { version: 5 } } });
  });

  test('a lost pointer is mended by the newest candidate', () => {
    const lost = batch({ activeVersion: 42, versions: [summary(3), summary(2), summary(1)] });
    expect(planConform(lost)).toMatchObject({ plan: { from: 42, question: { version: 3 } } });
  });

  test('leaves out a batch without a candidate above the active version', () => {
    expect(reasonOf(planConform(batch({ versions: batch().versions.slice(1) })))).toBe('No candidate stands above v3.');
  });

  test('leaves out what is damaged, and says what is wrong', () => {
    const unreadable = batch({
      isWritable: false,
      activeVersion: null,
      problems: [problem('manifest_unreadable')],
      versions: [summary(2, { isRegistered: false }), summary(1, { isRegistered: false })],
    });
    expect(reasonOf(planConform(unreadable))).toBe('Damaged: the manifest cannot be read.');
    const newer = batch({ isWritable: false, problems: [problem('schema_version_unsupported')] });
    expect(reasonOf(planConform(newer))).toBe('Damaged: the manifest is newer than this app.');
    const missing = with4({ isReadable: false, problem: problem('body_missing', 4) });
    expect(reasonOf(planConform(missing))).toBe('Damaged: the body of v4 is missing.');
  });

  test('leaves a changed body to a look of its own', () => {
    const changed = with4({ problem: problem('fingerprint_mismatch', 4) });
    expect(reasonOf(planConform(changed))).toBe(
      'v4 was changed after it was written: look at it, and decide on it by itself.',
    );
  });

  test('a broken version elsewhere is no reason', () => {
    const broken = batch({
      versions: [summary(4), summary(3, { isActive: true, problem: problem('body_missing', 3) }), summary(2)],
    });
    expect(planConform(broken).kind).toBe('planned');
  });
});

describe('marking the active version derived', () => {
  test('opens the gate of the active version', () => {
    expect(planMarkDerived(closed())).toMatchObject({
      plan: { question: { kind: 'markDerived', version: 3 }, gate: 'open' },
    });
  });

  test('leaves out what is derived already, flat batches with it', () => {
    expect(reasonOf(planMarkDerived(batch()))).toBe('v3 is derived already.');
  });

  test('leaves out an active version whose body is not there, or not what was recorded', () => {
    const missing = closed({ isReadable: false, problem: problem('body_missing', 3) });
    expect(reasonOf(planMarkDerived(missing))).toBe('Damaged: the body of v3 is missing.');
    expect(reasonOf(planMarkDerived(closed({ problem: problem('fingerprint_mismatch', 3) })))).toContain('look at it');
  });

  test('leaves out a lost pointer', () => {
    const lost = batch({ activeVersion: 42, problems: [problem('active_version_unregistered', 42)] });
    expect(reasonOf(planMarkDerived(lost))).toBe('Damaged: the pointer is on v42, which is not in the manifest.');
  });
});

describe('taking a conform back', () => {
  const now = manifest(4, [entry(3), entry(4)]);
  const undoable: Undoable = {
    ref: sampleBatchRow({ batch: 3 }),
    kind: 'conform',
    back: 3,
    decided: 4,
    seen: details(now, 'e'),
    toast: null,
    bulk: 1,
  };
  const conformed = (more: Partial<BatchView> = {}) =>
    batch({
      manifest: now,
      revision: revision('e'),
      activeVersion: 4,
      versions: [summary(4, { isActive: true, state: 'approved' }), summary(3, { state: 'approved' })],
      ...more,
    });

  test('moves the pointer back to where it was', () => {
    expect(planUndo(undoable, conformed())).toMatchObject({
      plan: { question: { kind: 'revert', version: 3 }, from: 4 },
    });
  });

  test('leaves out what somebody has decided since, and says who', () => {
    const theirs = conformed({ revision: revision('f'), ledger: [line(9, 'conform', 5, { revision: revision('f') })] });
    expect(reasonOf(planUndo(undoable, theirs))).toMatch(/^Changed since: Lena Fischer on edit-02 conformed v5/);
  });

  test('leaves out a body that changed meanwhile', () => {
    const changed = conformed({
      versions: [summary(4, { isActive: true }), summary(3, { problem: problem('fingerprint_mismatch', 3) })],
    });
    expect(reasonOf(planUndo(undoable, changed))).toContain('look at it');
  });
});
