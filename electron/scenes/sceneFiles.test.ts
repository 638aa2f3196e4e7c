import { expect, test } from 'vitest';
import { parseBatchId } from '../../shared/ids.ts';
import {
  batchFiles,
  bodyName,
  highestBody,
  listBatchesIn,
  listingOf,
  orphansAmong,
  parseEpisodeFolder,
} from './sceneFiles.ts';

const batch = parseBatchId('BATCH_003');

test('an episode folder has three digits or more and no superfluous zeros', () => {
  expect(parseEpisodeFolder('ep_001')).toBe(1);
  expect(parseEpisodeFolder('ep_1000')).toBe(1000);
  for (const name of ['ep_0001', 'ep_01', 'EP_001', 'ep_001x', '.ep_001', 'ep_']) {
    expect(parseEpisodeFolder(name), name).toBeNull();
  }
});

test('a body is named with three digits or more, and everything of a batch stands in the scenes folder', () => {
  expect(bodyName(1, batch, 2)).toBe('ep_001_BATCH_003.v002.json');
  expect(bodyName(1000, batch, 1000)).toBe('ep_1000_BATCH_003.v1000.json');
  expect(batchFiles('/p/ep_001/scenes', 1, batch)).toEqual({
    scenesFolder: '/p/ep_001/scenes',
    flat: '/p/ep_001/scenes/ep_001_BATCH_003.json',
    manifest: '/p/ep_001/scenes/ep_001_BATCH_003.versions.json',
    lock: '/p/ep_001/scenes/ep_001_BATCH_003.versions.lock',
    lockFolder: '/p/ep_001/scenes/ep_001_BATCH_003.versions.json.lock',
    ledger: '/p/ep_001/scenes/ep_001_BATCH_003.decisions.jsonl',
  });
});

test('a listing becomes batches; temp files, locks and files of another episode become none', () => {
  const batches = listBatchesIn(
    [
      'ep_001_BATCH_010.json',
      'ep_001_BATCH_003.json',
      'ep_001_BATCH_003.v1000.json',
      'ep_001_BATCH_003.v2.json',
      'ep_001_BATCH_003.versions.json',
      'ep_001_BATCH_003.decisions.jsonl',
      'ep_001_BATCH_003.versions.lock',
      'ep_001_BATCH_003.versions.json.lock',
      'ep_001_BATCH_1000.versions.json',
      'ep_001_BATCH_004.versions.lock',
      'ep_001_BATCH_005.decisions.jsonl',
      '.ep_001_BATCH_006.json',
      '.tmp-crashed9',
      'ep_002_BATCH_007.json',
      'ep_0001_BATCH_008.json',
      'ep_001_BATCH_09.json',
      'ep_001_BATCH_009.v002.json.bak',
      'ep_001_BATCH_011.versions.json.damaged-2026',
      'readme.txt',
    ],
    1,
  );
  expect(batches.map(({ batchId }) => batchId)).toEqual(['BATCH_003', 'BATCH_010', 'BATCH_1000']);
  expect(batches[0]).toEqual({
    batchId: 'BATCH_003',
    hasFlat: true,
    hasManifest: true,
    hasLedger: true,
    bodies: [
      { version: 2, name: 'ep_001_BATCH_003.v2.json' },
      { version: 1000, name: 'ep_001_BATCH_003.v1000.json' },
    ],
  });
});

test('the highest body counts at any width, and a number no double holds does not count', () => {
  const names = [
    'ep_001_BATCH_003.v99999999999999999999.json',
    'ep_001_BATCH_003.v7.json',
    'ep_001_BATCH_003.v000.json',
  ];
  expect(highestBody(listingOf(names, 1, batch).bodies)).toBe(7);
  expect(highestBody([])).toBe(0);
});

test('an orphan is a body whose number no entry has and whose file none names', () => {
  const bodies = listingOf(
    [
      'ep_001_BATCH_003.v002.json',
      'ep_001_BATCH_003.v003.json',
      'ep_001_BATCH_003.v007.json',
      'ep_001_BATCH_003.v008.json',
    ],
    1,
    batch,
  ).bodies;
  const entries = [
    { version: 2, artifact: 'elsewhere.json' },
    { version: 3, artifact: 'ep_001_BATCH_003.v003.json' },
    { version: 4, artifact: 'ep_001_BATCH_003.v008.json' },
  ];
  expect(orphansAmong(bodies, entries)).toEqual([{ version: 7, name: 'ep_001_BATCH_003.v007.json' }]);
});
