import { type FSWatcher, watch as watchSystem } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { WatchSetting } from '../../../shared/watching.ts';
import { movePointer, openWatched, quickTimes, writeFlat } from '../testing/testWatching.ts';
import { copyWorkspaces, makeFolder, refOf } from '../testing/testWorkspaces.ts';

const key = 'harbor-lights/ep_001/BATCH_003';
const ref = refOf('harbor-lights', 1, 'BATCH_003');

const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: as the system says`), { code, syscall: 'watch' });

for (const code of ['ENOSPC', 'EMFILE']) {
  test(`where the system takes no more watches (${code}) the folders are looked at, and watched again once it does`, async () => {
    const workspace = await copyWorkspaces();
    let isFull = true;
    const { changeOf, watching, notices } = await openWatched(workspace, {
      times: quickTimes,
      watchFolder: (folder) => {
        if (isFull) throw systemError(code);
        return watchSystem(folder, { persistent: false });
      },
    });
    expect(await watching('polling')).toMatchObject({
      because: 'failed',
      reason: expect.stringContaining('This computer watches no more folders'),
    });
    await movePointer(workspace, 2);
    expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
    isFull = false;
    await watching('events');
    await movePointer(workspace, 4);
    await changeOf(key, ({ row }) => row?.activeVersion === 4);
    const told = notices.flatMap((each) => (each.notice === 'watchingChanged' ? [each.value.kind] : []));
    expect(told).toEqual(['polling', 'events']);
  });
}

test('a watch that fails later falls back too, and loses no change', async () => {
  const workspace = await copyWorkspaces();
  const watchers: FSWatcher[] = [];
  let isBroken = false;
  const { changeOf, watching } = await openWatched(workspace, {
    times: { ...quickTimes, retryEvery: 1_000 },
    watchFolder: (folder) => {
      if (isBroken) throw systemError('EIO');
      const watcher = watchSystem(folder, { persistent: false });
      watchers.push(watcher);
      return watcher;
    },
  });
  isBroken = true;
  await movePointer(workspace, 2);
  watchers[0]?.emit('error', systemError('EIO'));
  await watching('polling');
  await changeOf(key, ({ row }) => row?.activeVersion === 2);
  await movePointer(workspace, 4);
  await changeOf(key, ({ row }) => row?.activeVersion === 4);
});

test('what the system did not tell of is found by the folders’ times', async () => {
  const workspace = await copyWorkspaces();
  const { changeOf } = await openWatched(workspace, {
    times: quickTimes,
    // Deaf: its events come from a folder that nobody writes into.
    watchFolder: () => watchSystem(import.meta.dirname, { persistent: false }),
  });
  await movePointer(workspace, 2);
  expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
});

test('a workspace that goes away is said to be gone, its batches are not; when it is back, so is what changed', async () => {
  const workspace = await copyWorkspaces();
  const { watching, changes, changeOf, session } = await openWatched(workspace, { times: quickTimes });
  const away = join(await makeFolder(), 'away');
  await rename(workspace, away);
  expect(await watching('gone')).toMatchObject({ reason: expect.stringContaining('is not there any more') });
  expect(changes()).toEqual([]);
  await movePointer(away, 2);
  await rename(away, workspace);
  await watching('events');
  expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
  await movePointer(workspace, 4);
  await changeOf(key, ({ row }) => row?.activeVersion === 4);
  expect(session.watching).toEqual({ kind: 'events' });
});

test('an empty folder in the workspace’s place, as an unmounted drive leaves it, is no workspace without batches', async () => {
  const workspace = await copyWorkspaces();
  const { watching, changes, changeOf } = await openWatched(workspace, { times: quickTimes });
  const away = join(await makeFolder(), 'away');
  await rename(workspace, away);
  await mkdir(workspace);
  await vi.waitFor(async () =>
    expect(await watching('gone')).toMatchObject({ reason: expect.stringContaining('was probably unmounted') }),
  );
  await vi.waitFor(() => expect(changes()).toEqual([]));
  await rmdir(workspace);
  await rename(away, workspace);
  await watching('events');
  await movePointer(workspace, 2);
  expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
});

test('polling finds what came, went and was replaced', async () => {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const { changeOf, watching } = await openWatched(workspace, { setting: () => 'polling', times: quickTimes });
  expect(await watching('polling')).toEqual({ kind: 'polling', everyMs: 50, because: 'chosen', reason: null });
  await movePointer(workspace, 2);
  expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
  await writeFlat(join(workspace, 'salt-road/ep_001/scenes'), 'BATCH_001', 'A project');
  expect((await changeOf('salt-road/ep_001/BATCH_001')).row?.title).toBe('A project');
  await rm(join(scenes, 'ep_001_BATCH_005.json'));
  await changeOf('harbor-lights/ep_001/BATCH_005', ({ row }) => row === null);
  await rm(join(workspace, 'harbor-lights/ep_002/scenes'), { recursive: true });
  await changeOf('harbor-lights/ep_002/BATCH_001', ({ row }) => row === null);
});

test('polling sees a file of an opened batch that is written in place at once, any other after a while', async () => {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const { changeOf, session, checked } = await openWatched(workspace, {
    setting: () => 'polling',
    times: { ...quickTimes, thoroughEvery: 20 },
  });
  await checked();
  await session.getBatch(ref);
  const edit = async (name: string) => {
    const path = join(scenes, name);
    // No folder's time tells of it.
    await writeFile(path, (await readFile(path, 'utf8')).replace('"duration_s": ', '"duration_s": 1'));
  };
  await edit('ep_001_BATCH_003.v004.json');
  expect((await changeOf(key)).row?.problems).toMatchObject([{ code: 'fingerprint_mismatch' }]);
  await edit('ep_001_BATCH_004.json');
  await changeOf('harbor-lights/ep_001/BATCH_004');
});

test('the setting takes effect while the workspace is open', async () => {
  const workspace = await copyWorkspaces();
  let setting: WatchSetting = 'events';
  const { session, watching, changeOf } = await openWatched(workspace, { setting: () => setting, times: quickTimes });
  expect(session.watching).toEqual({ kind: 'events' });
  setting = 'polling';
  await session.followWatchSetting();
  await watching('polling');
  await movePointer(workspace, 2);
  await changeOf(key, ({ row }) => row?.activeVersion === 2);
  setting = 'auto';
  await session.followWatchSetting();
  await watching('events');
  await movePointer(workspace, 4);
  await changeOf(key, ({ row }) => row?.activeVersion === 4);
});
