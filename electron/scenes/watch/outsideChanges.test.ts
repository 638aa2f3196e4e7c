import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { batchFiles } from '../sceneFiles.ts';
import { buildWriter, holdLock, Python, Writer, writeAlong } from '../testing/testProcesses.ts';
import { openWatched } from '../testing/testWatching.ts';
import { copyWorkspaces, makeFolder, refOf } from '../testing/testWorkspaces.ts';

const built = await buildWriter();
const key = 'harbor-lights/ep_001/BATCH_003';
const ref = refOf('harbor-lights', 1, 'BATCH_003');

async function openCopy() {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const watched = await openWatched(workspace);
  return { ...watched, workspace, scenes, files: batchFiles(scenes, 1, ref.batchId) };
}

/** Another workstation: a process of its own with the app's own store. */
async function otherWorkstation(scenesFolder: string): Promise<Writer> {
  const writer = new Writer({ built, scenesFolder, dataFolder: await makeFolder() });
  await writer.heard(({ kind }) => kind === 'ready');
  return writer;
}

test('a conform by another process is told with its row and the ledger line that says who decided', async () => {
  const { changeOf, scenes, session } = await openCopy();
  await session.getBatch(ref);
  const other = await otherWorkstation(scenes);
  await other.order({ kind: 'conform', batchId: 'BATCH_003', version: 4 });
  const change = await changeOf(key);
  expect(change.row).toMatchObject({ activeVersion: 4, newestCandidate: null, needsReview: false });
  expect(change.lines.map(({ action, to }) => [action, to])).toContainEqual(['conform', 4]);
  expect(change.lines.at(-1)?.by.user).toBe(`writer-${other.process.pid}`);
});

test('who conformed a batch that nobody has opened here is told too', async () => {
  const { changeOf, scenes } = await openCopy();
  const other = await otherWorkstation(scenes);
  await other.order({ kind: 'conform', batchId: 'BATCH_003', version: 4 });
  expect((await changeOf(key)).lines).toMatchObject([{ action: 'conform', to: 4 }]);
});

test('a candidate that the pipeline appends is told once, without a ledger line and without an orphan in between', async () => {
  const { changeOf, changes, scenes, session } = await openCopy();
  await session.getBatch(ref);
  const pipeline = new Python(writeAlong, [scenes, 'BATCH_003', '0.0001']);
  await pipeline.ended;
  expect(pipeline.errors).toBe('');
  const change = await changeOf(key);
  expect(change.row).toMatchObject({ activeVersion: 3, newestCandidate: 5, problems: expect.any(Array) });
  expect(change.lines).toEqual([]);
  const told = changes().flatMap(({ row }) => row?.problems ?? []);
  expect(told.map(({ code }) => code)).not.toContain('orphan_body');
});

test('a body that no manifest names yet is told as an orphan only when it stays one', async () => {
  const { changeOf, changes, scenes, files } = await openCopy();
  const begun = Date.now();
  const body = await readFile(join(scenes, 'ep_001_BATCH_003.v004.json'), 'utf8');
  await writeFile(join(scenes, 'ep_001_BATCH_003.v005.json'), body);
  const change = await changeOf(key);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(400);
  expect(change.row?.problems.map(({ code }) => code)).toContain('orphan_body');
  // Its manifest comes after all.
  const manifest = JSON.parse(await readFile(files.manifest, 'utf8'));
  manifest.versions.push({ version: 5, artifact: 'ep_001_BATCH_003.v005.json' });
  await writeFile(`${scenes}/.temp`, JSON.stringify(manifest));
  await rename(`${scenes}/.temp`, files.manifest);
  const mended = await changeOf(key, ({ row }) => row?.newestCandidate === 5);
  expect(mended.row?.problems.map(({ code }) => code)).not.toContain('orphan_body');
  expect(changes()).toHaveLength(2);
});

test('a body that is changed in place is told, and the opened batch shows that it is not what was recorded', async () => {
  const { changeOf, scenes, session, checked } = await openCopy();
  await checked();
  await session.getBatch(ref);
  const body = join(scenes, 'ep_001_BATCH_003.v004.json');
  const text = await readFile(body, 'utf8');
  await writeFile(body, text.replace('"duration_s": ', '"duration_s": 1'));
  const change = await changeOf(key);
  expect(change.row?.problems).toMatchObject([{ code: 'fingerprint_mismatch', version: 4 }]);
  const { problems } = await session.getBatch(ref);
  expect(problems.map(({ code }) => code)).toContain('fingerprint_mismatch');
});

test('a body whose size, time and inode are as before is read anew when the system tells of it', async () => {
  const { changeOf, scenes, session, checked } = await openCopy();
  const body = join(scenes, 'ep_001_BATCH_003.v004.json');
  const wholeSecond = new Date('2026-01-02T03:04:05Z');
  await utimes(body, wholeSecond, wholeSecond);
  await checked();
  await session.getBatch(ref);
  const text = await readFile(body, 'utf8');
  await writeFile(body, text.replace('Mara', 'Mira'));
  await utimes(body, wholeSecond, wholeSecond);
  const change = await changeOf(key, ({ row }) => (row?.problems.length ?? 0) > 0);
  expect(change.row?.problems).toMatchObject([{ code: 'fingerprint_mismatch', version: 4 }]);
});

test('who holds the lock of an opened batch is told once it lasts, and that it is free again', async () => {
  const { session, notices, files, changes } = await openCopy();
  await session.getBatch(ref);
  const seen = () => notices.flatMap((each) => (each.notice === 'lockSeen' ? [each.value.owner] : []));
  // Text first, then the folder, as a workstation of ours takes it.
  const text = { app: 'Picture Lock', user: 'Lena Fischer', host: 'edit-02', pid: 1, started: null };
  await writeFile(files.lock, JSON.stringify({ ...text, since: new Date().toISOString() }));
  await mkdir(files.lockFolder);
  await vi.waitFor(() => expect(seen()).toMatchObject([{ user: 'Lena Fischer', host: 'edit-02' }]), 5_000);
  await rmdir(files.lockFolder);
  await vi.waitFor(() => expect(seen()).toHaveLength(2), 5_000);
  expect(seen()[1]).toBeNull();
  expect(changes()).toEqual([]);
});

test('a batch whose files are gone is told as gone', async () => {
  const { changeOf, scenes, session } = await openCopy();
  await rm(join(scenes, 'ep_001_BATCH_005.json'));
  expect(await changeOf('harbor-lights/ep_001/BATCH_005')).toMatchObject({ row: null, lines: [] });
  const rows = await session.listBatches();
  expect(rows.filter(({ batchId, episode }) => batchId === 'BATCH_005' && episode === 1)).toHaveLength(1);
});

test('a manifest that is renamed away leaves what its bodies tell', async () => {
  const { changeOf, files } = await openCopy();
  await rename(files.manifest, `${files.manifest}.away`);
  const change = await changeOf(key);
  expect(change.row?.problems.map(({ code }) => code)).toContain('orphan_body');
});

test('temp files, lock files, a touched file and a file of another kind raise nothing', async () => {
  const { changes, scenes, files, session, changeOf, checked } = await openCopy();
  await checked();
  await session.getBatch(refOf('harbor-lights', 1, 'BATCH_004'));
  await writeFile(join(scenes, '.ep_001_BATCH_003.v005.json.tmp'), '{}');
  await writeFile(join(scenes, 'notes.txt'), 'to do');
  await writeFile(join(scenes, 'ep_002_BATCH_003.json'), '{}');
  await writeFile(files.lock, '');
  const pipeline = new Python(holdLock, [files.lock]);
  await pipeline.heard('held');
  pipeline.say('');
  await pipeline.ended;
  const manifest = await readFile(files.manifest);
  await writeFile(files.manifest, manifest);
  // Something that is told, so that the rest surely was looked at.
  await rm(join(scenes, 'ep_001_BATCH_005.json'));
  await changeOf('harbor-lights/ep_001/BATCH_005');
  expect(changes()).toHaveLength(1);
});

test('what this host writes is not told as somebody else’s', async () => {
  const { session, notices, changes, changeOf, scenes } = await openCopy();
  await session.getBatch(ref);
  await session.conformVersion(ref, 4, { note: 'Locked' });
  await session.revertVersion(ref, 3, {});
  await rm(join(scenes, 'ep_001_BATCH_005.json'));
  await changeOf('harbor-lights/ep_001/BATCH_005');
  expect(changes()).toHaveLength(1);
  const own = notices.flatMap((each) => (each.notice === 'batchChanged' ? [each.value] : []));
  expect(own).toMatchObject([
    { batchId: 'BATCH_003', row: { activeVersion: 4 } },
    { batchId: 'BATCH_003', row: { activeVersion: 3 } },
  ]);
});

test('what others write while this host waits for the lock is told before its own write', async () => {
  const { session, changeOf, scenes, files, notices } = await openCopy();
  await session.getBatch(ref);
  await mkdir(files.lockFolder);
  const conforming = session.conformVersion(ref, 4, {});
  await vi.waitFor(() => expect(notices.some(({ notice }) => notice === 'lockAwaited')).toBe(true), 5_000);
  const manifest = JSON.parse(await readFile(files.manifest, 'utf8'));
  await writeFile(`${scenes}/.temp`, JSON.stringify({ ...manifest, active_version: 2 }));
  await rename(`${scenes}/.temp`, files.manifest);
  expect((await changeOf(key)).row).toMatchObject({ activeVersion: 2 });
  await rmdir(files.lockFolder);
  expect((await conforming).manifest?.active_version).toBe(4);
});

test('200 batches changed at once are all told, each once', async () => {
  const workspace = await makeFolder();
  const scenes = join(workspace, 'film/ep_001/scenes');
  await fillFolder(scenes, 200);
  const { changedKeys, changeOf, checked } = await openWatched(workspace);
  await checked();
  await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      const path = join(scenes, `ep_001_BATCH_${String(at + 1).padStart(3, '0')}.json`);
      await writeFile(`${scenes}/.temp-${at}`, (await readFile(path, 'utf8')).replace('Scene', 'Another scene'));
      await rename(`${scenes}/.temp-${at}`, path);
    }),
  );
  await vi.waitFor(() => expect(new Set(changedKeys()).size).toBe(200), { timeout: 10_000 });
  expect(changedKeys()).toHaveLength(200);
  expect((await changeOf('film/ep_001/BATCH_200')).row?.title).toBe('Another scene 200');
});

test('a ledger line that follows its manifest late is told along with it', async () => {
  const { changeOf, changes, session, files, scenes } = await openCopy();
  await session.conformVersion(ref, 4, {});
  await session.getBatch(ref);
  const ledger = await readFile(files.ledger, 'utf8');
  const manifest = JSON.parse(await readFile(files.manifest, 'utf8'));
  // As a writer of ours does it: lock folder, manifest, and the line only after a slow disk.
  await mkdir(files.lockFolder);
  const text = `${JSON.stringify({ ...manifest, active_version: 2 }, null, 2)}\n`;
  await writeFile(`${scenes}/.temp`, text);
  await rename(`${scenes}/.temp`, files.manifest);
  // Long enough that it was looked at; another batch tells when.
  await rm(join(scenes, 'ep_001_BATCH_005.json'));
  await changeOf('harbor-lights/ep_001/BATCH_005');
  expect(changes()).toHaveLength(1);
  const sha = (data: string) => createHash('sha256').update(data).digest('hex');
  const before = ledger.trimEnd().split('\n');
  const line = {
    ...JSON.parse(before.at(-1) ?? ''),
    seq: before.length + 1,
    action: 'revert',
    by: { user: 'Lena Fischer', host: 'edit-02' },
    from: 4,
    to: 2,
    revision: sha(text),
    prev: sha(before.at(-1) ?? ''),
  };
  await appendFile(files.ledger, `${JSON.stringify(line)}\n`);
  await rmdir(files.lockFolder);
  const change = await changeOf(key);
  expect(change.lines).toMatchObject([{ action: 'revert', by: { user: 'Lena Fischer', host: 'edit-02' } }]);
});

/** Flat batches, of which each listing is one file. */
async function fillFolder(scenesFolder: string, batches: number): Promise<void> {
  await mkdir(scenesFolder, { recursive: true });
  for (let at = 1; at <= batches; at += 1) {
    const id = `BATCH_${String(at).padStart(3, '0')}`;
    const body = { schema_version: 1, scene_id: id, episode: 1, title: `Scene ${at}`, beats: [] };
    await writeFile(join(scenesFolder, `ep_001_${id}.json`), `${JSON.stringify(body, null, 2)}\n`);
  }
}
