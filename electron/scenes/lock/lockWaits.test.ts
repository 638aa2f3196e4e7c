/** Waiting for a lock that the pipeline holds: who is told what, what goes on meanwhile, and how a wait ends. */
import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { FailureError } from '../../../shared/failure.ts';
import { type BatchId, parseBatchId } from '../../../shared/ids.ts';
import { batchFiles } from '../sceneFiles.ts';
import { SceneVersionStore } from '../store/sceneVersionStore.ts';
import type { StoreOptions } from '../store/storeOptions.ts';
import { makeScene } from '../testing/testOrders.ts';
import { type BuiltWriter, buildWriter, holdLock, Python, Writer } from '../testing/testProcesses.ts';
import { makeProject } from '../testing/testStores.ts';
import { blockedWaits, useFlockWorker } from './flockWait.ts';
import type { Waiting } from './lockWait.ts';
import { thisProcess } from './processIdentity.ts';

const batch = parseBatchId('BATCH_001');
let built: BuiltWriter;
beforeAll(async () => {
  built = await buildWriter();
  useFlockWorker(built.flockWorker);
});

async function makeBatch(options: Partial<StoreOptions> = {}, batchId: BatchId = batch) {
  const place = await makeProject();
  const store = new SceneVersionStore({
    ...place,
    episode: 1,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    ...options,
  });
  for (const duration of [1, 2]) await store.writeSceneCandidate(batchId, makeScene(batchId, duration));
  return { ...place, store, files: batchFiles(place.scenesFolder, 1, batchId) };
}

async function hold(lockFile: string): Promise<Python> {
  const holder = new Python(holdLock, [lockFile]);
  await holder.heard('held');
  return holder;
}

const failureOf = async (work: Promise<unknown>): Promise<FailureError> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof FailureError) return error;
  throw new Error(`no failure but ${String(error)}`);
};

it('gives up at the deadline, names the pipeline and writes nothing', async () => {
  const { store, files } = await makeBatch({ lockTiming: { deadlineMs: 400 } });
  const before = await readFile(files.manifest, 'utf8');
  await hold(files.lock);
  const failure = await failureOf(store.conform(batch, 2));
  expect(failure.code).toBe('locked');
  expect(failure.message).toContain('the pipeline');
  expect(failure.details).toMatchObject({ reason: 'deadline', owner: { user: null, isThisHost: false } });
  expect(await readFile(files.manifest, 'utf8')).toBe(before);
});

it('releases at once what is granted after the deadline', async () => {
  const { store, files } = await makeBatch({ lockTiming: { deadlineMs: 400 } });
  const holder = await hold(files.lock);
  await failureOf(store.conform(batch, 2));
  expect(blockedWaits()).toBe(1);
  holder.say('go');
  await holder.ended;
  const begun = performance.now();
  await store.conform(batch, 2);
  expect(performance.now() - begun).toBeLessThan(400);
  await expect.poll(blockedWaits).toBe(0);
});

it('goes in as soon as the pipeline lets go, and tells the person meanwhile, the last time with isOver', async () => {
  const told: Waiting[] = [];
  const { store, files } = await makeBatch({
    onWaiting: (_, waiting) => told.push(waiting),
    lockTiming: { tellAfterMs: 30, tellEveryMs: 50 },
  });
  const holder = await hold(files.lock);
  // On a slow disk the writes that made the batch may have waited for a moment too.
  told.length = 0;
  const conformed = store.conform(batch, 2);
  await expect.poll(() => told.length).toBeGreaterThan(2);
  holder.say('go');
  expect((await conformed).manifest.active_version).toBe(2);
  expect(told.map(({ isOver }) => isOver)).toEqual([...told.slice(1).map(() => false), true]);
});

it('stops waiting when the signal fires, and a signal has no effect on a write that has its lock', async () => {
  const { store, files } = await makeBatch();
  const holder = await hold(files.lock);
  const stop = new AbortController();
  const conformed = failureOf(store.conform(batch, 2, { signal: stop.signal }));
  await expect.poll(blockedWaits).toBe(1);
  const begun = performance.now();
  stop.abort();
  const failure = await conformed;
  expect(performance.now() - begun).toBeLessThan(200);
  expect(failure).toMatchObject({ code: 'locked', details: { reason: 'stopped' } });
  holder.say('go');
  await holder.ended;

  const late = new AbortController();
  const through = new SceneVersionStore({
    scenesFolder: files.scenesFolder,
    episode: 1,
    dataFolder: '/nowhere',
    author: () => ({ user: 'anna', host: 'ws-12' }),
    steps: (name) => {
      if (name === 'folder held') late.abort();
    },
  });
  expect((await through.conform(batch, 2, { signal: late.signal })).manifest.active_version).toBe(2);
});

it('reads files while eight waits are blocked: none of them stands in the pool that file operations need', async () => {
  const { store, files, scenesFolder } = await makeBatch();
  const others = Array.from({ length: 8 }, (_, at) => parseBatchId(`BATCH_10${at}`));
  for (const other of others) {
    for (const duration of [1, 2]) await store.writeSceneCandidate(other, makeScene(other, duration));
  }
  const holders = await Promise.all(others.map((other) => hold(batchFiles(scenesFolder, 1, other).lock)));
  const waiting = others.map((other) => store.conform(other, 2));
  await expect.poll(blockedWaits).toBe(8);
  const begun = performance.now();
  for (let count = 0; count < 20; count += 1) await readFile(files.manifest);
  await readdir(scenesFolder);
  expect(performance.now() - begun).toBeLessThan(500);
  for (const holder of holders) holder.say('go');
  expect(await Promise.all(waiting)).toHaveLength(8);
});

it('ends within 1 s of being told to quit while it waits, with the code 0, and leaves the batch to the holder', async () => {
  const { files, scenesFolder, dataFolder } = await makeBatch();
  const before = await readFile(files.manifest, 'utf8');
  await hold(files.lock);
  const writer = new Writer({ built, scenesFolder, dataFolder });
  void writer.order({ kind: 'conform', batchId: batch, version: 2 });
  await writer.heard(({ kind }) => kind === 'waiting');
  const begun = performance.now();
  writer.say('quit');
  const ending = await writer.ended;
  const took = performance.now() - begun;
  console.log(`ended ${took.toFixed(0)} ms after being told to quit`);
  expect(took).toBeLessThan(1000);
  expect(ending).toEqual({ code: 0, signal: null });
  expect(await readFile(files.manifest, 'utf8')).toBe(before);
});

it('lets operations of one process on one batch queue, each on what the one before left', async () => {
  const { store, files } = await makeBatch();
  const versions = await Promise.all(
    Array.from({ length: 6 }, (_, at) => store.writeSceneCandidate(batch, makeScene(batch, 10 + at))),
  );
  expect(versions.map(({ version }) => version)).toEqual([3, 4, 5, 6, 7, 8]);
  expect(JSON.parse(await readFile(files.manifest, 'utf8'))).toMatchObject({ versions: { length: 8 } });
});

it('resolves whenIdle after the writes under way, and closing() gives up the waits and refuses what comes after', async () => {
  const { store, files } = await makeBatch();
  const writing = store.writeSceneCandidate(batch, makeScene(batch, 3));
  await store.whenIdle();
  expect(await writing).toMatchObject({ version: 3 });
  const holder = await hold(files.lock);
  onTestFinished(() => holder.say('go'));
  const waiting = failureOf(store.conform(batch, 2));
  await expect.poll(blockedWaits).toBe(1);
  await store.closing();
  expect(await waiting).toMatchObject({ code: 'locked', details: { reason: 'closing' } });
  expect(await failureOf(store.conform(batch, 3))).toMatchObject({ code: 'locked', details: { reason: 'closing' } });
});

it('writes who holds the lock while it is held, and clears it after', async () => {
  const place = await makeProject();
  const files = batchFiles(place.scenesFolder, 1, batch);
  const texts: string[] = [];
  const store = new SceneVersionStore({
    ...place,
    episode: 1,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    steps: async (name) => {
      if (name === 'folder held') texts.push(await readFile(files.lock, 'utf8'));
    },
  });
  await store.writeSceneCandidate(batch, makeScene(batch, 1));
  const own = await thisProcess();
  expect(JSON.parse(texts[0] ?? '')).toEqual({
    app: 'Picture Lock',
    user: 'anna',
    host: 'ws-12',
    pid: process.pid,
    started: own.started,
    since: expect.stringMatching(/Z$/),
  });
  expect(await readFile(files.lock, 'utf8')).toBe('');
  expect(store.hasFlock).toBe(true);
});
