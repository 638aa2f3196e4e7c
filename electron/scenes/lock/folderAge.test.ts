/** Where no flock keeps writers apart: a lock folder is as old as the file system says, whatever the clocks of its holder and of this computer say. */
import { mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { batchFiles } from '../sceneFiles.ts';
import { makeProject, testBatch } from '../testing/testStores.ts';
import { takeFolder } from './lockFolder.ts';
import { Stopped, usualTiming } from './lockWait.ts';

const staleMs = 2_000;

async function heldElsewhere(timeOffMs: number) {
  const { scenesFolder } = await makeProject();
  const files = batchFiles(scenesFolder, 1, testBatch);
  await mkdir(files.lockFolder);
  const time = new Date(Date.now() + timeOffMs);
  await utimes(files.lockFolder, time, time);
  const timing = { ...usualTiming, staleMs, updateMs: 1_000 };
  const take = (waitMs: number) =>
    takeFolder({
      files,
      timing,
      thisHost: 'ws-12',
      hasFlock: false,
      stop: AbortSignal.timeout(waitMs),
      step: () => undefined,
      writeText: async () => undefined,
    });
  return { files, scenesFolder, take };
}

it('of a holder whose clock is a minute behind is waited for, and no file is left of asking', async () => {
  const { files, scenesFolder, take } = await heldElsewhere(-60_000);
  const { ino } = await stat(files.lockFolder);
  await expect(take(500)).rejects.toThrow(Stopped);
  expect((await stat(files.lockFolder)).ino).toBe(ino);
  expect(await readdir(scenesFolder)).toEqual(['ep_001_BATCH_001.versions.json.lock']);
});

it.each([
  ['a minute behind', -60_000],
  ['a minute ahead', 60_000],
])(
  'of a dead holder whose clock was %s is taken once nobody renewed it for as long as it stays fresh',
  async (_, ms) => {
    const { files, take } = await heldElsewhere(ms);
    const { ctimeMs } = await stat(files.lockFolder);
    const held = await take(staleMs + 5_000);
    expect(Date.now() - ctimeMs).toBeGreaterThan(staleMs);
    expect(await held.release(async () => true)).toBe(true);
  },
);
