import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { copyWorkspaces, makeFolder, refOf } from '../testing/testWorkspaces.ts';
import { listEpisodes, listScenes, locateBatch, locateForWriting, openWorkspaceFolder } from './workspace.ts';

const episodesOf = async (path: string) =>
  (await listEpisodes(await openWorkspaceFolder(path))).map(({ project, episode }) => `${project}/${episode}`);

test('a workspace is a folder of projects, and a project folder opens by itself', async () => {
  const path = await copyWorkspaces();
  expect(await episodesOf(path)).toEqual(['damaged/1', 'harbor-lights/1', 'harbor-lights/2']);
  expect(await episodesOf(join(path, 'harbor-lights'))).toEqual(['harbor-lights/1', 'harbor-lights/2']);
  expect(await openWorkspaceFolder(join(path, 'harbor-lights'))).toMatchObject({ name: 'harbor-lights' });
});

test('hidden projects, odd episode names and files are skipped, a linked project is followed', async () => {
  const path = await makeFolder();
  for (const folder of [
    '.hidden/ep_001/scenes',
    'film/ep_0001/scenes',
    'film/ep_1000/scenes',
    'film/ep_002',
    'notes',
  ]) {
    await mkdir(join(path, folder), { recursive: true });
  }
  await writeFile(join(path, 'film/ep_003'), 'a file');
  await mkdir(join(path, '.store/other/ep_007/scenes'), { recursive: true });
  await symlink(join(path, '.store/other'), join(path, 'other'));
  expect(await episodesOf(path)).toEqual(['film/1000', 'other/7']);
});

test('a folder that is not there, a file and a relative path say what to do', async () => {
  const path = await makeFolder();
  await writeFile(join(path, 'file'), '');
  await expect(openWorkspaceFolder(join(path, 'gone'))).rejects.toMatchObject({ code: 'notFound' });
  await expect(openWorkspaceFolder(join(path, 'file/inside'))).rejects.toMatchObject({ code: 'notFound' });
  await expect(openWorkspaceFolder(join(path, 'file'))).rejects.toMatchObject({ code: 'invalid' });
  await expect(openWorkspaceFolder('relative')).rejects.toMatchObject({ code: 'invalid' });
});

test('the names of a request must be those that listing gave', async () => {
  const path = await copyWorkspaces();
  const workspace = await openWorkspaceFolder(path);
  const found = await locateBatch(workspace, refOf('harbor-lights', 1, 'BATCH_003'));
  expect(found.scenesFolder).toBe(join(path, 'harbor-lights/ep_001/scenes'));
  for (const ref of [
    refOf('Harbor-Lights', 1, 'BATCH_003'),
    refOf('gone', 1, 'BATCH_003'),
    refOf('harbor-lights', 9, 'BATCH_003'),
    refOf('harbor-lights', 1, 'BATCH_999'),
    refOf('harbor-lights', 1, 'BATCH_0003'),
  ]) {
    await expect(locateBatch(workspace, ref), JSON.stringify(ref)).rejects.toMatchObject({ code: 'notFound' });
  }
});

test('a project that was opened by itself shows nothing of its neighbours', async () => {
  const workspace = await openWorkspaceFolder(join(await copyWorkspaces(), 'harbor-lights'));
  await expect(locateBatch(workspace, refOf('harbor-lights', 1, 'BATCH_003'))).resolves.toBeDefined();
  await expect(locateBatch(workspace, refOf('damaged', 1, 'BATCH_003'))).rejects.toMatchObject({ code: 'notFound' });
});

test('a first candidate may name a new episode and batch, but no new project', async () => {
  const path = await copyWorkspaces();
  const workspace = await openWorkspaceFolder(path);
  expect(await locateForWriting(workspace, refOf('harbor-lights', 12, 'BATCH_001'))).toBe(
    join(path, 'harbor-lights/ep_012/scenes'),
  );
  await expect(locateForWriting(workspace, refOf('gone', 1, 'BATCH_001'))).rejects.toMatchObject({ code: 'notFound' });
  await rename(join(path, 'harbor-lights/ep_002'), join(path, 'harbor-lights/EP_002'));
  await expect(locateForWriting(workspace, refOf('harbor-lights', 2, 'BATCH_001'))).rejects.toMatchObject({
    code: 'invalid',
  });
});

test('an episode that went away since it was found is empty', async () => {
  const path = await copyWorkspaces();
  const [episode] = await listEpisodes(await openWorkspaceFolder(path));
  if (episode === undefined) throw new Error('no episode');
  await rename(dirname(episode.scenesFolder), join(path, 'elsewhere'));
  expect((await listScenes(episode)).batches).toEqual([]);
});
