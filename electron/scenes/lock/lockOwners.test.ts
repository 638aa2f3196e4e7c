/** A lock folder that stands in the way: whose it is decides whether it is removed at once, waited for, or taken when stale. */
import { chmod, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeScene } from '../testing/testOrders.ts';
import { buildWriter, holdLock, Python } from '../testing/testProcesses.ts';
import { testBatch as batch, failureOf, makeStore } from '../testing/testStores.ts';
import { useFlockWorker } from './flockWait.ts';
import type { OwnerText } from './lockOwner.ts';
import { describeOwner, readLockOwner, unknownOwner } from './lockOwner.ts';
import { thisProcess } from './processIdentity.ts';

const deadPid = 4_194_300;

/** A folder and a text as a writer leaves them who was killed, or who is at work. */
async function leftBehind(owner: Partial<OwnerText> | string, ageMs = 0) {
  const made = await makeStore({ lockTiming: { deadlineMs: 500 } });
  for (const duration of [1, 2]) await made.store.writeSceneCandidate(batch, makeScene(batch, duration));
  const { files } = made;
  const since = new Date(Date.now() - ageMs);
  const text = {
    app: 'Picture Lock',
    user: 'ben',
    host: 'ws-12',
    pid: deadPid,
    started: '1',
    since: since.toISOString(),
  };
  await writeFile(files.lock, typeof owner === 'string' ? owner : JSON.stringify({ ...text, ...owner }));
  await mkdir(files.lockFolder);
  await utimes(files.lockFolder, since, since);
  return made;
}

const conformed = async ({ store }: Awaited<ReturnType<typeof leftBehind>>): Promise<number> => {
  const begun = performance.now();
  await store.conform(batch, 2);
  return performance.now() - begun;
};

it('of a dead process of this host is removed at once', async () => {
  const made = await leftBehind({});
  expect(await conformed(made)).toBeLessThan(400);
  expect(await readdir(made.scenesFolder)).not.toContain('ep_001_BATCH_001.versions.json.lock');
});

it('of a process whose pid was given away again is removed at once', async () => {
  expect(await conformed(await leftBehind({ pid: process.ppid, started: '1' }))).toBeLessThan(400);
});

it('of this very process is removed at once: an earlier release failed', async () => {
  const own = await thisProcess();
  expect(await conformed(await leftBehind({ pid: own.pid, started: own.started }))).toBeLessThan(400);
});

it('of ours whose time another hand changed while we held it is removed all the same', async () => {
  const made = await makeStore({
    lockTiming: { staleMs: 4_000, updateMs: 1_000, deadlineMs: 500 },
    steps: async (name) => {
      if (name !== 'ledger synced') return;
      const later = new Date(Date.now() + 60_000);
      await utimes(made.files.lockFolder, later, later);
      // proper-lockfile finds it out when it renews the time.
      await delay(1_300);
    },
  });
  for (const duration of [1, 2]) await made.store.writeSceneCandidate(batch, makeScene(batch, duration));
  expect(await readdir(made.scenesFolder)).not.toContain('ep_001_BATCH_001.versions.json.lock');
  expect((await made.store.conform(batch, 2)).manifest.active_version).toBe(2);
});

it('of a live process of this host is waited for, however old it is', async () => {
  const holder = new Python(holdLock, ['/dev/null']);
  await holder.heard('held');
  const made = await leftBehind({ pid: holder.process.pid ?? 0, started: null }, 60_000);
  const failure = await failureOf(made.store.conform(batch, 2));
  expect(failure.code).toBe('locked');
  expect((await stat(made.files.lockFolder)).isDirectory()).toBe(true);
});

it.each([
  ['another host', { host: 'ws-99' }],
  ['a text that cannot be read', 'half a te'],
] as const)('of %s is waited for while it is fresh, and taken once it is stale', async (_, owner) => {
  const fresh = await leftBehind(owner);
  const failure = await failureOf(fresh.store.conform(batch, 2));
  expect(failure.code).toBe('locked');
  if (typeof owner !== 'string') expect(failure.message).toContain('ben on ws-99 since ');
  expect(await readFile(fresh.files.lock, 'utf8')).toContain(typeof owner === 'string' ? owner : 'ws-99');
  expect(await conformed(await leftBehind(owner, 31_000))).toBeLessThan(400);
});

it('with a time in the future is not stale', async () => {
  const made = await leftBehind({ host: 'ws-99' }, -60_000);
  expect((await failureOf(made.store.conform(batch, 2))).code).toBe('locked');
});

it('of another user of this host is told with an age', async () => {
  const holder = new Python(holdLock, ['/dev/null']);
  await holder.heard('held');
  const made = await leftBehind({ pid: holder.process.pid ?? 0, started: null }, 12_000);
  const failure = await failureOf(made.store.conform(batch, 2));
  expect(failure.message).toMatch(/locked by ben on ws-12 for 1[23] s/);
  expect(failure.details).toMatchObject({ owner: { user: 'ben', host: 'ws-12', isThisHost: true } });
  expect(failure.details?.ageMs).toBeGreaterThan(11_000);
});

it('that is missing or stale makes the text beside it a dead one: the holder is the pipeline', async () => {
  const { files } = await leftBehind({ host: 'ws-99' }, 31_000);
  expect(await readLockOwner(files, 'ws-12')).toBeNull();
  expect(describeOwner(unknownOwner)).toBe('the pipeline');
});

it('is made beside a lock file that may only be read: that is flocked all the same and gets no text', async () => {
  useFlockWorker((await buildWriter()).flockWorker);
  let text = '';
  const made = await makeStore({
    lockTiming: { deadlineMs: 400 },
    steps: async (name) => {
      if (name === 'folder held') text = await readFile(made.files.lock, 'utf8');
    },
  });
  // Whoever is root may write whatever the mode says; a link is opened for reading alone by every account.
  await writeFile(join(made.scenesFolder, 'pipeline.lock'), 'the pipeline made this');
  await symlink('pipeline.lock', made.files.lock);
  for (const duration of [1, 2]) await made.store.writeSceneCandidate(batch, makeScene(batch, duration));
  expect(text).toBe('the pipeline made this');
  const holder = new Python(holdLock, [made.files.lock]);
  await holder.heard('held');
  expect((await failureOf(made.store.conform(batch, 2))).code).toBe('locked');
  holder.say('go');
  await made.store.conform(batch, 2);
});

it('belongs to a lock file that takes the group-write bit of its folder', async () => {
  const made = await makeStore();
  await chmod(made.scenesFolder, 0o775);
  await made.store.writeSceneCandidate(batch, makeScene(batch, 1));
  for (const name of [made.files.lock, made.files.ledger, made.files.flat]) {
    expect((await stat(name)).mode & 0o020).toBe(0o020);
  }
});

it.each([
  ['is removed where it still is ours', false],
  ['is left to whoever took it over', true],
] as const)('held longer than it stays fresh %s', async (_, isTakenOver) => {
  let isSlow = false;
  const made = await makeStore({
    lockTiming: { holdMs: 500, staleMs: 600, deadlineMs: 500 },
    steps: async (name) => {
      if (!isSlow || name !== 'temp synced') return;
      await delay(700);
      if (isTakenOver) await writeFile(made.files.lock, JSON.stringify(otherHost));
    },
  });
  const otherHost = { app: 'Picture Lock', user: 'ben', host: 'ws-99', pid: 7, started: null, since: '2026-11-21' };
  for (const duration of [1, 2]) await made.store.writeSceneCandidate(batch, makeScene(batch, duration));
  isSlow = true;
  expect((await failureOf(made.store.conform(batch, 2))).message).toContain('was held for more than 0.5 s');
  const left = isTakenOver ? ['ep_001_BATCH_001.versions.json.lock'] : [];
  expect((await readdir(made.scenesFolder)).filter((name) => name.endsWith('.json.lock'))).toEqual(left);
  expect(await readFile(made.files.lock, 'utf8')).toBe(isTakenOver ? JSON.stringify(otherHost) : '');
});

it('that another computer made in the same moment does not count as ours once we gave up', async () => {
  let isRace = false;
  const made = await makeStore({
    lockTiming: { deadlineMs: 300 },
    // Without flock, as on a share that is mounted without locks, somebody may come in between.
    steps: async (name) => {
      if (isRace && name === 'owner text written') await mkdir(made.files.lockFolder);
    },
  });
  for (const duration of [1, 2]) await made.store.writeSceneCandidate(batch, makeScene(batch, duration));
  isRace = true;
  expect((await failureOf(made.store.conform(batch, 2))).code).toBe('locked');
  isRace = false;
  expect(await readFile(made.files.lock, 'utf8')).toBe('');
  expect((await failureOf(made.store.conform(batch, 2))).code).toBe('locked');
  expect((await stat(made.files.lockFolder)).isDirectory()).toBe(true);
});
