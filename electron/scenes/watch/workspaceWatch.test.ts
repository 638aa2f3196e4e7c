import { type FSWatcher, watch as watchSystem } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, rmdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { WatchSetting } from '../../../shared/watching.ts';
import { openWatched } from '../testing/testWatching.ts';
import { copyWorkspaces, makeFolder, openSession, refOf } from '../testing/testWorkspaces.ts';
import { openWorkspaceFolder } from '../workspace/workspace.ts';
import { WorkspaceWatch } from './workspaceWatch.ts';

const key = 'harbor-lights/ep_001/BATCH_003';
const ref = refOf('harbor-lights', 1, 'BATCH_003');
const manifestIn = (workspace: string) => join(workspace, 'harbor-lights/ep_001/scenes/ep_001_BATCH_003.versions.json');
/** Polls and glances often enough for a test. */
const quick = { pollMs: 50, glanceMs: 100, thoroughEvery: 2, retryEvery: 4 };

async function movePointer(workspace: string, version: number): Promise<void> {
  const path = manifestIn(workspace);
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(`${path}.new`, JSON.stringify({ ...manifest, active_version: version }));
  await rename(`${path}.new`, path);
}

async function writeFlat(scenes: string, batchId: string, title: string): Promise<void> {
  const name = scenes.includes('ep_007') ? `ep_007_${batchId}.json` : `ep_001_${batchId}.json`;
  await mkdir(scenes, { recursive: true });
  await writeFile(join(scenes, name), JSON.stringify({ schema_version: 1, scene_id: batchId, title, beats: [] }));
}

const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: as the system says`), { code, syscall: 'watch' });

test('a new batch, a new episode and a new project are told, and what changes in them later', async () => {
  const workspace = await copyWorkspaces();
  const { changeOf, session } = await openWatched(workspace);
  await writeFlat(join(workspace, 'harbor-lights/ep_001/scenes'), 'BATCH_100', 'A batch');
  expect((await changeOf('harbor-lights/ep_001/BATCH_100')).row).toMatchObject({ title: 'A batch', activeVersion: 1 });
  await writeFlat(join(workspace, 'harbor-lights/ep_007/scenes'), 'BATCH_001', 'An episode');
  expect((await changeOf('harbor-lights/ep_007/BATCH_001')).row?.title).toBe('An episode');
  await writeFlat(join(workspace, 'salt-road/ep_001/scenes'), 'BATCH_001', 'A project');
  expect((await changeOf('salt-road/ep_001/BATCH_001')).row?.title).toBe('A project');
  await writeFlat(join(workspace, 'salt-road/ep_001/scenes'), 'BATCH_002', 'One more');
  expect((await changeOf('salt-road/ep_001/BATCH_002')).row?.title).toBe('One more');
  const rows = await session.listBatches();
  expect(rows.map(({ title }) => title)).toEqual(expect.arrayContaining(['A batch', 'An episode', 'A project']));
});

test('folders that are made one after the other are followed at each step', async () => {
  const workspace = await copyWorkspaces();
  const { changeOf } = await openWatched(workspace);
  for (const folder of ['north-line', 'north-line/ep_001', 'north-line/ep_001/scenes']) {
    await mkdir(join(workspace, folder));
    // As slow as a person: each is followed before the next comes.
    await vi.waitFor(async () =>
      expect(Date.now() - (await stat(join(workspace, folder))).mtimeMs).toBeGreaterThan(250),
    );
  }
  await writeFlat(join(workspace, 'north-line/ep_001/scenes'), 'BATCH_001', 'At last');
  expect((await changeOf('north-line/ep_001/BATCH_001')).row?.title).toBe('At last');
});

test('a scenes folder that is deleted takes its batches with it, and one that comes back brings them', async () => {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const { changeOf, changes } = await openWatched(workspace);
  await cp(scenes, join(workspace, '.kept'), { recursive: true });
  await rm(scenes, { recursive: true });
  await changeOf(key, ({ row }) => row === null);
  await vi.waitFor(() => expect(changes().filter(({ row }) => row === null)).toHaveLength(10));
  await rename(join(workspace, '.kept'), scenes);
  expect((await changeOf(key, ({ row }) => row !== null)).row).toMatchObject({ activeVersion: 3 });
});

test('another folder put in the place of a scenes folder is the one that counts', async () => {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const { changeOf } = await openWatched(workspace);
  await writeFlat(join(workspace, '.other-ep_001'), 'BATCH_050', 'In the other');
  await rename(scenes, join(workspace, '.before'));
  await rename(join(workspace, '.other-ep_001'), scenes);
  expect((await changeOf('harbor-lights/ep_001/BATCH_050')).row?.title).toBe('In the other');
  await changeOf(key, ({ row }) => row === null);
  await writeFlat(scenes, 'BATCH_051', 'Later');
  expect((await changeOf('harbor-lights/ep_001/BATCH_051')).row?.title).toBe('Later');
});

test('a project that is renamed is another one', async () => {
  const workspace = await copyWorkspaces();
  const { changeOf } = await openWatched(workspace);
  await rename(join(workspace, 'harbor-lights'), join(workspace, 'harbor'));
  expect((await changeOf('harbor/ep_001/BATCH_003')).row).toMatchObject({ activeVersion: 3 });
  await changeOf(key, ({ row }) => row === null);
});

test('a project that is opened by itself, and one that is reached by a link, are watched too', async () => {
  const workspace = await copyWorkspaces();
  const alone = await openWatched(join(workspace, 'harbor-lights'));
  const linked = await makeFolder();
  await symlink(join(workspace, 'harbor-lights'), join(linked, 'lights'));
  const byLink = await openWatched(linked);
  await movePointer(workspace, 2);
  expect((await alone.changeOf(key)).row).toMatchObject({ activeVersion: 2 });
  expect((await byLink.changeOf('lights/ep_001/BATCH_003')).row).toMatchObject({ activeVersion: 2 });
});

test('a watch is spent on each folder and on no file', async () => {
  const workspace = await copyWorkspaces();
  const watched: string[] = [];
  const watch = new WorkspaceWatch({
    folder: await openWorkspaceFolder(workspace),
    setting: 'events',
    onHints: () => undefined,
    onLock: () => undefined,
    onState: () => undefined,
    openedFiles: () => [],
    warn: () => undefined,
    watchFolder: (folder) => {
      watched.push(folder.slice(workspace.length));
      return watchSystem(folder);
    },
  });
  await watch.start();
  expect(watched.sort()).toEqual([
    '',
    '/damaged',
    '/damaged/ep_001',
    '/damaged/ep_001/scenes',
    '/harbor-lights',
    '/harbor-lights/ep_001',
    '/harbor-lights/ep_001/scenes',
    '/harbor-lights/ep_002',
    '/harbor-lights/ep_002/scenes',
  ]);
  expect(watch.watches).toBe(watched.length);
  watch.stop();
  expect(watch.watches).toBe(0);
});

for (const code of ['ENOSPC', 'EMFILE']) {
  test(`where the system takes no more watches (${code}) the folders are looked at, and watched again once it does`, async () => {
    const workspace = await copyWorkspaces();
    let isFull = true;
    const { changeOf, watching, notices } = await openWatched(workspace, {
      times: quick,
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
    times: { ...quick, retryEvery: 1_000 },
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
    times: quick,
    // Deaf: its events come from a folder that nobody writes into.
    watchFolder: () => watchSystem(import.meta.dirname, { persistent: false }),
  });
  await movePointer(workspace, 2);
  expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
});

test('a workspace that goes away is said to be gone, its batches are not; when it is back, so is what changed', async () => {
  const workspace = await copyWorkspaces();
  const { watching, changes, changeOf, session } = await openWatched(workspace, { times: quick });
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
  const { watching, changes, changeOf } = await openWatched(workspace, { times: quick });
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
  const { changeOf, watching } = await openWatched(workspace, { setting: () => 'polling', times: quick });
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
    times: { ...quick, thoroughEvery: 20 },
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
  const { session, watching, changeOf } = await openWatched(workspace, { setting: () => setting, times: quick });
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

test('another workspace takes the place of the one that was watched', async () => {
  const [one, other] = [await copyWorkspaces(), await copyWorkspaces()];
  const { session, changes, changeOf, notices } = await openWatched(one);
  await session.open(other);
  await movePointer(one, 4);
  await movePointer(other, 2);
  expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
  expect(changes()).toHaveLength(1);
  const told = notices.flatMap((each) => (each.notice === 'batchesChanged' ? [each.value.workspace] : []));
  expect(told).toEqual([other]);
});

test('nothing is told after the session was closed, and closing waits for nothing', async () => {
  const workspace = await copyWorkspaces();
  const { session, changes } = await openWatched(workspace);
  await movePointer(workspace, 2);
  const begun = Date.now();
  await session.close();
  expect(Date.now() - begun).toBeLessThan(1_000);
  await utimes(workspace, new Date(), new Date());
  const another = await openWatched(workspace);
  await movePointer(workspace, 4);
  await another.changeOf(key, ({ row }) => row?.activeVersion === 4);
  expect(changes()).toEqual([]);
});

test('a session for scripts watches nothing', async () => {
  const { session } = await openSession(await copyWorkspaces());
  expect(session.watching).toEqual({ kind: 'none' });
});
