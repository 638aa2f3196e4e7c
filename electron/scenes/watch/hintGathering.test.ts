import { expect, test, vi } from 'vitest';
import { isProjectName, parseBatchId } from '../../../shared/ids.ts';
import type { EpisodeFolder } from '../workspace/workspace.ts';
import { type Gathered, HintGathering } from './hintGathering.ts';

const project = 'harbor-lights';
if (!isProjectName(project)) throw new Error('the name of this test is no project');
const episode: EpisodeFolder = { project, episode: 1, scenesFolder: '/nowhere/ep_001/scenes' };
const batchId = parseBatchId('BATCH_003');

function gather(times?: { readonly quietMs: number; readonly mostMs: number }) {
  vi.useFakeTimers();
  const told: Gathered[] = [];
  return { told, gathering: new HintGathering((gathered) => told.push(gathered), times) };
}

test('what comes closely together is told once, with every name', () => {
  const { told, gathering } = gather();
  gathering.addFile(episode, batchId, 'ep_001_BATCH_003.v005.json');
  vi.advanceTimersByTime(50);
  gathering.addFile(episode, batchId, 'ep_001_BATCH_003.versions.json');
  vi.advanceTimersByTime(59);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toHaveLength(1);
  expect([...(told[0]?.hints[0]?.batches.get(batchId) ?? [])]).toHaveLength(2);
  vi.advanceTimersByTime(1_000);
  expect(told).toHaveLength(1);
  vi.useRealTimers();
});

test('a folder that is never quiet is told of all the same', () => {
  const { told, gathering } = gather();
  for (let event = 0; event < 30; event += 1) {
    gathering.addFile(episode, batchId, 'ep_001_BATCH_003.versions.json');
    vi.advanceTimersByTime(20);
  }
  expect(told.length).toBeGreaterThanOrEqual(2);
  vi.useRealTimers();
});

test('after more events than the system surely keeps, the whole folder is looked at', () => {
  const { told, gathering } = gather();
  for (let event = 0; event < 8_000; event += 1) gathering.addFile(episode, batchId, 'ep_001_BATCH_003.json');
  vi.advanceTimersByTime(200);
  expect(told).toMatchObject([{ hasOtherFolders: true, hints: [{ isWhole: true }] }]);
  gathering.addFile(episode, batchId, 'ep_001_BATCH_003.json');
  vi.advanceTimersByTime(200);
  expect(told[1]).toMatchObject({ hasOtherFolders: false, hints: [{ isWhole: false }] });
  vi.useRealTimers();
});

test('nothing is told after it was stopped', () => {
  const { told, gathering } = gather();
  gathering.addOtherFolders();
  gathering.stop();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
  vi.useRealTimers();
});
