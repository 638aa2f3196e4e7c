import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Input, RequestName, Value } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { absentRevision, batchKey } from '../../shared/ids.ts';
import { copyWorkspaces, makeFolder, openSession, refOf, snapshot } from '../scenes/testing/testWorkspaces.ts';
import { WorkspaceSession } from '../scenes/workspace/workspaceSession.ts';
import type { Handler } from './handler.ts';
import { sceneHandlers } from './sceneHandlers.ts';

const batch = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
const ref = refOf('harbor-lights', 1, 'BATCH_003');

/** As a transport does it: what crossed is parsed, then run. */
async function ask<Name extends RequestName>(handler: Handler<Name>, input: unknown): Promise<Value<Name>> {
  const parsed = handler.input.safeParse(input);
  if (!parsed.success) throw new FailureError('invalid', parsed.error.message);
  const value: Input<Name> = parsed.data;
  return handler.run(value);
}

async function openHandlers() {
  const workspace = await copyWorkspaces();
  const opened = await openSession(workspace);
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  return { ...opened, workspace, scenes, handlers: sceneHandlers(opened.session) };
}

test('a decision goes through the session to the disk, and whoever listens hears of it', async () => {
  const { handlers, notices, scenes, session } = await openHandlers();
  const before = await ask(handlers.getBatch, batch);
  expect(before).toMatchObject({ activeVersion: 3, isWritable: true, lock: null });
  const conformed = await ask(handlers.conformVersion, {
    ...batch,
    version: 4,
    note: '  the quiet one  ',
    expectedRevision: before.revision,
  });
  expect(conformed.manifest?.active_version).toBe(4);
  const after = await ask(handlers.getBatch, batch);
  expect(after).toMatchObject({ activeVersion: 4, lastApproved: 4, revision: conformed.revision });
  expect(after.ledger.at(-1)).toMatchObject({ action: 'conform', to: 4, note: 'the quiet one', by: { user: 'anna' } });
  const rowNow: unknown = expect.objectContaining({ ...ref, activeVersion: 4, newestCandidate: null });
  expect(notices).toContainEqual({ notice: 'batchChanged', value: { ...ref, row: rowNow } });

  const stale = await ask(handlers.revertVersion, { ...batch, version: 3, expectedRevision: before.revision }).catch(
    (error: unknown) => error,
  );
  expect(stale).toMatchObject({ code: 'conflict', details: { revision: conformed.revision } });

  const marked = await ask(handlers.markDerived, { ...batch, version: 4, note: ' ' });
  expect(marked.manifest?.versions.find(({ version }) => version === 4)?.downstream).toBe('derived');
  expect((await ask(handlers.getBatch, batch)).ledger.at(-1)).toMatchObject({ action: 'mark_derived', note: null });

  await ask(handlers.revertVersion, { ...batch, version: 3 });
  const manifest: unknown = JSON.parse(await readFile(join(scenes, 'ep_001_BATCH_003.versions.json'), 'utf8'));
  expect(manifest).toMatchObject({ active_version: 3 });
  const row = (await session.listBatches()).find((one) => batchKey(one) === batchKey(ref));
  expect(row).toMatchObject({ activeVersion: 3, checked: true });
});

test('a scene is read exactly and goes back as it is, numbers included', async () => {
  const { handlers, scenes } = await openHandlers();
  const path = join(scenes, 'ep_001_BATCH_003.v004.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('"title"', '"odd": 0.1234567890123456789, "title"'));
  const scene = await ask(handlers.readScene, { ...batch, version: 4 });
  expect(scene.odd).toEqual({ $number: '0.1234567890123456789' });
  const written = await ask(handlers.writeCandidate, { ...batch, scene, parentVersion: 4, kind: 'pickup' });
  expect(written).toMatchObject({ version: 5, appended: true });
  expect(await readFile(join(scenes, 'ep_001_BATCH_003.v005.json'), 'utf8')).toContain('"odd": 0.1234567890123456789,');
  const view = await ask(handlers.getBatch, batch);
  expect(view.versions[0]).toMatchObject({ version: 5, kind: 'pickup', parentVersion: 4, state: 'candidate' });
});

test('a first candidate makes its episode in a project that is there, and in no other', async () => {
  const { handlers, workspace } = await openHandlers();
  const scene = { scene_id: 'BATCH_001', beats: [] };
  const fresh = { project: 'harbor-lights', episode: 12, batchId: 'BATCH_001' };
  await expect(ask(handlers.getBatch, fresh)).rejects.toMatchObject({ code: 'notFound' });
  expect(await ask(handlers.writeCandidate, { ...fresh, scene })).toMatchObject({
    version: 1,
    revision: absentRevision,
  });
  expect(await readdir(join(workspace, 'harbor-lights/ep_012/scenes'))).toContain('ep_012_BATCH_001.json');
  expect((await ask(handlers.getBatch, fresh)).versions).toMatchObject([{ version: 1, isActive: true }]);
  await expect(ask(handlers.writeCandidate, { ...fresh, project: 'gone', scene })).rejects.toMatchObject({
    code: 'notFound',
  });
  expect(await readdir(workspace)).not.toContain('gone');
  await expect(ask(handlers.markDerived, { ...fresh, version: 1 })).resolves.toMatchObject({
    manifest: null,
    revision: absentRevision,
  });
});

test('any two versions are compared, and the baseline says whether its boards are derived', async () => {
  const { handlers } = await openHandlers();
  const compared = await ask(handlers.compareVersions, { ...batch, from: 3, to: 4 });
  expect(compared.summary).toMatch(/^v4 against v3: /);
  expect(compared.weight).toMatchObject({ total: 8, isBaselineDerived: true });
  const back = await ask(handlers.compareVersions, { ...batch, from: 4, to: 3 });
  expect(back.weight.isBaselineDerived).toBe(false);
  await expect(ask(handlers.compareVersions, { ...batch, from: 3, to: 99 })).rejects.toMatchObject({
    code: 'notFound',
  });
});

test('input of the wrong kind is refused before anything runs', async () => {
  const { handlers } = await openHandlers();
  for (const wrong of [
    { ...batch, project: '../harbor-lights' },
    { ...batch, project: '.hidden' },
    { ...batch, project: '' },
    { ...batch, episode: '1' },
    { ...batch, episode: 1.5 },
    { ...batch, episode: -1 },
    { ...batch, batchId: 'BATCH_3' },
    { ...batch, batchId: 'BATCH_003/../BATCH_004' },
    { ...batch, unknown: true },
    { project: 'harbor-lights' },
    null,
  ]) {
    expect(handlers.getBatch.input.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  }
  const decision = { ...batch, version: 4 };
  expect(handlers.conformVersion.input.safeParse(decision).success).toBe(true);
  for (const wrong of [
    { ...decision, version: 0 },
    { ...decision, version: '4' },
    { ...decision, note: 7 },
    { ...decision, note: 'x'.repeat(4001) },
    { ...decision, expectedRevision: 'newest' },
  ]) {
    expect(handlers.conformVersion.input.safeParse(wrong).success, JSON.stringify(wrong).slice(0, 80)).toBe(false);
  }
  await expect(
    ask(handlers.writeCandidate, { ...batch, scene: { scene_id: 'BATCH_003', beats: [], big: 2 ** 60 } }),
  ).rejects.toMatchObject({ code: 'invalid', details: { jsonPath: '$.big' } });
});

test('a wait for a lock is told of, and stops when the person gives up', async () => {
  const { handlers, notices, scenes } = await openHandlers();
  // Another computer's: nobody here can tell whether its process is alive, so its folder is waited for.
  const owner = {
    app: 'Picture Lock',
    user: 'ben',
    host: 'ws-77',
    pid: 1,
    started: null,
    since: '2026-01-01T00:00:00Z',
  };
  await writeFile(join(scenes, 'ep_001_BATCH_003.versions.lock'), JSON.stringify(owner));
  await mkdir(join(scenes, 'ep_001_BATCH_003.versions.json.lock'));

  const waiting = ask(handlers.conformVersion, { ...batch, version: 4 }).catch((error: unknown) => error);
  await vi.waitFor(() => {
    expect(notices).toContainEqual(
      expect.objectContaining({ notice: 'lockAwaited', value: expect.objectContaining({ batch: ref, isOver: false }) }),
    );
  }, 5_000);
  expect(await ask(handlers.stopWaiting, { ...batch, batchId: 'BATCH_004' })).toEqual({ stopped: 0 });
  expect(await ask(handlers.stopWaiting, batch)).toEqual({ stopped: 1 });
  expect(await waiting).toMatchObject({ code: 'locked' });
  expect(notices.filter(({ notice }) => notice === 'lockAwaited').at(-1)?.value).toMatchObject({ isOver: true });
  expect((await ask(handlers.getBatch, batch)).activeVersion).toBe(3);
});

test('a lock is shown only while it is really held', async () => {
  const { handlers, scenes } = await openHandlers();
  const lock = join(scenes, 'ep_001_BATCH_003.versions.lock');
  const folder = join(scenes, 'ep_001_BATCH_003.versions.json.lock');
  const owner = {
    app: 'Picture Lock',
    user: 'ben',
    host: 'ws-77',
    pid: 1,
    started: null,
    since: '2026-01-01T00:00:00Z',
  };
  await writeFile(lock, JSON.stringify(owner));
  expect((await ask(handlers.getBatch, batch)).lock).toBeNull();
  await mkdir(folder);
  expect((await ask(handlers.getBatch, batch)).lock).toEqual({
    user: 'ben',
    host: 'ws-77',
    since: '2026-01-01T00:00:00Z',
    isThisHost: false,
  });
  await utimes(folder, new Date(0), new Date(0));
  expect((await ask(handlers.getBatch, batch)).lock).toBeNull();
  await rm(folder, { recursive: true });
  await mkdir(folder);
  const dead = spawn('true');
  await new Promise((resolve) => dead.once('exit', resolve));
  await writeFile(lock, JSON.stringify({ ...owner, host: 'ws-12', pid: dead.pid }));
  expect((await ask(handlers.getBatch, batch)).lock).toBeNull();
  await writeFile(lock, JSON.stringify({ ...owner, host: 'ws-12', pid: process.pid }));
  expect((await ask(handlers.getBatch, batch)).lock).toMatchObject({ user: 'ben', isThisHost: true });
});

test('without a workspace every request says what to do', async () => {
  const session = new WorkspaceSession({
    dataFolder: await makeFolder(),
    author: () => ({ user: 'anna', host: 'ws-12' }),
    notify: () => undefined,
  });
  const handlers = sceneHandlers(session);
  const wanted = { code: 'notFound', message: expect.stringContaining('Open the folder') };
  await expect(ask(handlers.listBatches, {})).rejects.toMatchObject(wanted);
  await expect(ask(handlers.getBatch, batch)).rejects.toMatchObject(wanted);
  await expect(ask(handlers.conformVersion, { ...batch, version: 1 })).rejects.toMatchObject(wanted);
  await expect(ask(handlers.verifyWorkspace, {})).rejects.toMatchObject(wanted);
  await session.close();
});

test('a write that was meant for the workspace before is refused, though this one has a batch that is the same', async () => {
  const { handlers, session, workspace } = await openHandlers();
  const { revision } = await ask(handlers.getBatch, batch);
  const copy = await copyWorkspaces();
  await session.open(copy);
  const before = await snapshot(copy);
  const meant = { ...batch, version: 4, expectedRevision: revision, workspace };
  const scene = await ask(handlers.readScene, { ...batch, version: 4 });
  const refused = { code: 'conflict', message: expect.stringContaining(`${copy} is`) };
  await expect(ask(handlers.conformVersion, meant)).rejects.toMatchObject(refused);
  await expect(ask(handlers.revertVersion, meant)).rejects.toMatchObject(refused);
  await expect(ask(handlers.markDerived, meant)).rejects.toMatchObject(refused);
  await expect(ask(handlers.writeCandidate, { ...batch, scene, workspace })).rejects.toMatchObject(refused);
  expect(await snapshot(copy)).toEqual(before);
  await ask(handlers.conformVersion, { ...meant, workspace: copy });
  expect(await ask(handlers.getBatch, batch)).toMatchObject({ activeVersion: 4 });
});
