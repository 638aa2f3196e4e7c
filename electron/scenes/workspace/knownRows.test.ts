import { expect, test } from 'vitest';
import type { BatchRow } from '../../../shared/contract.ts';
import { parseBatchId } from '../../../shared/ids.ts';
import { refOf } from '../testing/testWorkspaces.ts';
import { KnownRows } from './knownRows.ts';
import type { LocatedBatch } from './workspace.ts';

const ref = refOf('harbor', 1, 'BATCH_003');
const located: LocatedBatch = {
  ref,
  scenesFolder: '/harbor/ep_001/scenes',
  listing: { batchId: parseBatchId('BATCH_003'), hasFlat: true, hasManifest: true, hasLedger: false, bodies: [] },
};
const rowWith = (activeVersion: number): BatchRow => ({
  ...ref,
  title: null,
  activeVersion,
  newestCandidate: null,
  gate: 'open',
  needsReview: false,
  problems: [],
  characters: [],
  checked: true,
});

test('a reading that began before another one never takes its place, however late it ends', () => {
  const rows = new KnownRows();
  const early = rows.begin();
  const late = rows.begin();
  rows.set(located, { signature: 'new', row: rowWith(4), checkedAt: 1, begun: late });
  rows.set(located, { signature: 'old', row: rowWith(3), checkedAt: 2, begun: early });
  expect(rows.get(ref)?.row.activeVersion).toBe(4);
  expect(rows.signatureOf(located)).toBe('new');
  rows.set(located, { signature: 'newest', row: rowWith(5), checkedAt: 3, begun: rows.begin() });
  expect(rows.get(ref)?.row.activeVersion).toBe(5);
});

test('a batch that went away while it was read does not come back by that reading', () => {
  const rows = new KnownRows();
  rows.set(located, { signature: 'old', row: rowWith(3), checkedAt: 1, begun: rows.begin() });
  const begun = rows.begin();
  expect(rows.delete(ref)).toBe(true);
  rows.set(located, { signature: 'old', row: rowWith(3), checkedAt: 2, begun });
  expect(rows.get(ref)).toBeUndefined();
  rows.set(located, { signature: 'back', row: rowWith(1), checkedAt: 3, begun: rows.begin() });
  expect(rows.get(ref)?.row.activeVersion).toBe(1);
});
