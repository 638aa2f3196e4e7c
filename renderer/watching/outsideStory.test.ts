/** What is said of changes by others. */
import { describe, expect, test } from 'vitest';
import type { OutsideChange } from '../../shared/contract.ts';
import { batch, entry, line, manifest, revision, summary } from '../decide/sampleBatch.ts';
import { sampleBatchRow } from '../scenes/sampleBatchRow.ts';
import { manyStory, rowStory, viewStory } from './outsideStory.ts';

const time = { today: new Date(2026, 2, 4, 12), locale: 'en-GB' };
const at = new Date(2026, 2, 4, 9, 41, 7).toISOString();
const before = sampleBatchRow({ batch: 3 }, { activeVersion: 3, newestCandidate: 4, gate: 'open', checked: true });

const change = (more: Partial<OutsideChange> = {}): OutsideChange => ({
  batch: { project: before.project, episode: before.episode, batchId: before.batchId },
  row: before,
  lines: [],
  ...more,
});

describe('of a batch that is open', () => {
  const seen = batch({ manifest: manifest(3, [entry(3)]), ledger: [line(1, 'append', 4)] });

  test('who did it is said where the ledger knows, with their note', () => {
    const conformed = line(2, 'conform', 5, { at, note: 'Pickup wins.' });
    const now = { ...seen, revision: revision('b'), ledger: [...seen.ledger, conformed] };
    expect(viewStory(seen, now, time)).toMatchObject({
      sentence: 'Lena Fischer on edit-02 conformed v5 at 09:41:07.',
      note: 'Pickup wins.',
    });
  });

  test('what differs is said where the ledger does not', () => {
    const now = { ...seen, revision: revision('c'), manifest: manifest(3, [entry(3), entry(6)]) };
    expect(viewStory(seen, now, time).sentence).toBe('v6 was added, outside the ledger: most likely by the pipeline.');
  });

  test('a body that was written again is named', () => {
    const changedAt = '2026-03-04T08:00:00.000Z';
    const now = { ...seen, versions: [summary(4, { bodyChangedAt: changedAt }), ...seen.versions.slice(1)] };
    expect(viewStory(seen, now, time).sentence).toBe(
      'The body of v4 changed, outside the ledger: most likely by the pipeline.',
    );
  });
});

describe('of a batch that nobody has open', () => {
  test('its rows tell what differs', () => {
    const row = { ...before, activeVersion: 4, newestCandidate: null };
    expect(rowStory(change({ row }), before, time).sentence).toContain('The pointer went from v3 to v4, outside');
    const appended = { ...before, newestCandidate: 6 };
    expect(rowStory(change({ row: appended }), before, time).sentence).toContain('v6 was added, outside');
    expect(rowStory(change(), null, time).sentence).toContain('The batch is new, outside the ledger');
    expect(rowStory(change({ row: null }), before, time).sentence).toBe('All its files are gone.');
  });

  test('a ledger line tells who', () => {
    const lines = [line(2, 'revert', 2, { at })];
    expect(rowStory(change({ lines }), before, time).sentence).toBe(
      'Lena Fischer on edit-02 reverted to v2 at 09:41:07.',
    );
  });

  test('a new problem is named once the bodies were read', () => {
    const problem = { code: 'fingerprint_mismatch', severity: 'error', version: 3, message: '…' } as const;
    const row = { ...before, problems: [problem] };
    expect(rowStory(change({ row }), before, time).sentence).toMatch(/^It has a problem now \(/);
  });
});

test('many changes at once are one sentence', () => {
  const byLena = change({ lines: [line(2, 'conform', 5)] });
  const changes = [byLena, byLena, byLena, ...Array.from({ length: 10 }, () => change()), change({ row: null })];
  expect(manyStory(changes)).toBe('14 batches changed, 1 gone, 3 by Lena Fischer');
});
