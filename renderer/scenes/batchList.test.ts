import { describe, expect, it } from 'vitest';
import type { BatchRow } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { countFilters, filterBatches, firstBatch, groupBatches, listItems, shownBatches } from './batchList.ts';
import { sampleBatchRow } from './sampleBatchRow.ts';

const all = { filter: 'all', search: '', collapsed: new Set<string>(), kept: null } as const;
const ids = (rows: readonly BatchRow[]) => rows.map((each) => each.batchId);

describe('the list of batches', () => {
  const cafe = sampleBatchRow(
    { batch: 3 },
    { title: 'INT. CAFÉ ÅNGSTRÖM – DAWN', characters: ['Mara', '渡辺'], gate: 'closed' },
  );
  const quay = sampleBatchRow({ batch: 4 }, { title: null, needsReview: true });
  const torn = sampleBatchRow(
    { batch: 5 },
    { problems: [{ code: 'ledger_torn', severity: 'warning', message: 'Torn.' }] },
  );

  it('keeps the batch that was just decided, although it needs no review any more', () => {
    const filter = { filter: 'needsReview', search: '' } as const;
    expect(ids(filterBatches([cafe, quay, torn], { ...filter, kept: batchKey(cafe) }))).toEqual([
      'BATCH_003',
      'BATCH_004',
    ]);
    expect(ids(filterBatches([cafe, quay, torn], { ...filter, kept: null }))).toEqual(['BATCH_004']);
  });

  it('finds words in title, batch id and characters, without case and accents, in any order', () => {
    for (const search of ['cafe', 'DAWN angstrom', 'batch_003', 'mara', '渡辺', '  int.  café ']) {
      expect(ids(filterBatches([cafe, quay, torn], { filter: 'all', search })), search).toEqual(['BATCH_003']);
    }
    expect(filterBatches([cafe, quay], { filter: 'all', search: 'mara quay' })).toEqual([]);
  });

  it('filters by what needs review, a closed gate and problems, warnings included', () => {
    const rows = [cafe, quay, torn];
    expect(ids(filterBatches(rows, { filter: 'gateClosed', search: '' }))).toEqual(['BATCH_003']);
    expect(ids(filterBatches(rows, { filter: 'needsReview', search: '' }))).toEqual(['BATCH_004']);
    expect(ids(filterBatches(rows, { filter: 'problems', search: '' }))).toEqual(['BATCH_005']);
    expect(countFilters(rows)).toEqual({ all: 3, needsReview: 1, gateClosed: 1, problems: 1 });
  });

  it('groups by project and episode, by number and not by text', () => {
    const groups = groupBatches([
      sampleBatchRow({ batch: 1000 }),
      sampleBatchRow({ batch: 200 }),
      sampleBatchRow({ project: 'zenith', batch: 1 }),
      sampleBatchRow({ episode: 1000, batch: 1 }),
      sampleBatchRow({ episode: 2, batch: 1 }),
    ]);
    expect(groups.map((group) => group.key)).toEqual([
      'harbor-lights/ep_001',
      'harbor-lights/ep_002',
      'harbor-lights/ep_1000',
      'zenith/ep_001',
    ]);
    expect(ids(groups[0]?.batches ?? [])).toEqual(['BATCH_200', 'BATCH_1000']);
  });

  it('leaves out what a collapsed group holds, but not while something is searched for', () => {
    const collapsed = new Set(['harbor-lights/ep_001']);
    expect(listItems([cafe, quay], { ...all, collapsed }).map((item) => item.kind)).toEqual(['group']);
    expect(ids(shownBatches([cafe, quay], { ...all, collapsed, search: 'café' }))).toEqual(['BATCH_003']);
  });

  it('begins with the first batch that needs a review, else with the first of all', () => {
    expect(firstBatch([torn, quay, cafe])).toBe(quay);
    expect(firstBatch([torn, cafe])).toBe(cafe);
    expect(firstBatch([])).toBeNull();
  });
});
