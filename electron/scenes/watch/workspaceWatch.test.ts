import { existsSync, mkdirSync, watch as watchSystem } from 'node:fs';
import { cp, mkdir, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { movePointer, openWatched, writeFlat } from '../testing/testWatching.ts';
import { copyWorkspaces, makeFolder, openSession } from '../testing/testWorkspaces.ts';
import { openWorkspaceFolder } from '../workspace/workspace.ts';
import { WorkspaceWatch } from './workspaceWatch.ts';

const key = 'harbor-lights/ep_001/BATCH_003';

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

test('a folder that is made just before its parent is watched is found all the same', async () => {
  const workspace = await copyWorkspaces();
  const late = join(workspace, 'north-line/ep_001/scenes');
  const { changeOf } = await openWatched(workspace, {
    watchFolder: (folder) => {
      // After the tree was read, before any event of it can come.
      if (folder.endsWith('north-line')) mkdirSync(late, { recursive: true });
      return watchSystem(folder, { persistent: false });
    },
  });
  await mkdir(join(workspace, 'north-line'));
  await vi.waitFor(() => expect(existsSync(late)).toBe(true), 5_000);
  await writeFlat(late, 'BATCH_001', 'At last');
  const begun = Date.now();
  expect((await changeOf('north-line/ep_001/BATCH_001')).row?.title).toBe('At last');
  // Sooner than the look at the folders' times that comes every 5 s.
  expect(Date.now() - begun).toBeLessThan(3_000);
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
