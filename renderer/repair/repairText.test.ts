import { describe, expect, it } from 'vitest';
import type { RebuiltVersion } from '../../shared/repair.ts';
import {
  isOverruling,
  passedOver,
  pointerReason,
  questionOf,
  type RebuildPreview,
  repairOutcome,
  takenAsCandidates,
} from './repairText.ts';

const version = (number: number, more: Partial<RebuiltVersion> = {}): RebuiltVersion => ({
  version: number,
  artifact: `ep_001_BATCH_001.v00${number}.json`,
  state: 'approved',
  downstream: 'derived',
  shotCount: 3,
  knownFrom: { kind: 'ledger', seq: number },
  ...more,
});
const unknown = { state: 'candidate', downstream: 'not_derived', knownFrom: { kind: 'nothing' } } as const;

const preview = (more: Partial<RebuildPreview> = {}): RebuildPreview => ({
  repair: 'rebuildManifest',
  reason: 'It is torn.',
  versions: [version(3), version(2), version(1)],
  activeVersion: 3,
  decidedLast: 3,
  pointerFrom: { seq: 9, action: 'revert', user: 'Jonas Weber', at: '2026-10-31T12:00:00.000Z' },
  ledgerLines: 9,
  keptAs: 'ep_001_BATCH_001.versions.json.damaged-20261121T143753Z',
  leftOut: [],
  ...more,
});

describe('the preview of a rebuilt manifest', () => {
  it('says who put the pointer where it goes', () => {
    expect(pointerReason(preview())).toMatch(/^last decision: revert by Jonas Weber, .*31/);
    const before = preview({ decidedLast: 4 });
    expect(pointerReason(before)).toMatch(/^the decision before: revert by/);
    expect(passedOver(before)).toBe(4);
    expect(passedOver(preview())).toBeNull();
    const seen = preview({ pointerFrom: { seq: 1, action: 'observed', user: 'anna', at: '2026-10-31T12:00:00.000Z' } });
    expect(pointerReason(seen)).toContain('seen outside the ledger, noted by anna');
  });

  it('says what the pointer rests on where the ledger tells of no decision', () => {
    const none = { pointerFrom: null, decidedLast: null, activeVersion: 1 };
    expect(pointerReason(preview(none))).toContain('highest approved version');
    expect(pointerReason(preview({ ...none, versions: [version(2, unknown), version(1, unknown)] }))).toContain(
      'the oldest version',
    );
  });

  it('names what is taken as a candidate, and counts it where it is much', () => {
    const taken = (...numbers: readonly number[]) =>
      takenAsCandidates(preview({ versions: [...numbers.map((each) => version(each, unknown)), version(1)] }));
    expect(taken()).toBeNull();
    expect(taken(3)).toBe('v3 is taken as a candidate.');
    expect(taken(3, 2)).toBe('v2 and v3 are taken as candidates.');
    expect(taken(6, 5, 4, 3, 2)).toBe('5 versions are taken as candidates.');
  });

  it('starts on the way back only where something that was decided may be lost', () => {
    expect(isOverruling(preview())).toBe(false);
    expect(isOverruling(preview({ versions: [version(2, unknown), version(1)] }))).toBe(true);
    expect(isOverruling(preview({ decidedLast: 4 }))).toBe(true);
    expect(isOverruling(preview({ leftOut: [{ artifact: 'x.json', reason: 'it is empty' }] }))).toBe(true);
    expect(isOverruling({ repair: 'closeLedger', line: 3, text: '{' })).toBe(false);
  });
});

it('asks for a repair only where the host offers one', () => {
  const problem = { code: 'orphan_body', severity: 'warning', version: 7, message: '…' } as const;
  expect(questionOf(problem)).toBeNull();
  expect(questionOf({ ...problem, repair: 'adoptOrphan' })).toEqual({ repair: 'adoptOrphan', version: 7 });
  expect(questionOf({ ...problem, repair: 'closeLedger' })).toEqual({ repair: 'closeLedger' });
});

it('tells after a repair what could not be written down', () => {
  const problem = { code: 'ledger_not_written', severity: 'warning', message: 'The line waits.' } as const;
  expect(repairOutcome(preview(), { problems: [] })).toEqual({
    title: 'The manifest is rebuilt; v3 is the active version.',
    text: 'The damaged one stays beside it.',
  });
  expect(repairOutcome(preview(), { problems: [problem] }).text).toContain('The line waits.');
});
