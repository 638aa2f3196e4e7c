import { appendFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { BatchRow, Notice } from '../../../shared/contract.ts';
import { batchKey } from '../../../shared/ids.ts';
import { makeScene } from '../testing/testOrders.ts';
import { copyWorkspaces, makeFolder, openSession, refOf } from '../testing/testWorkspaces.ts';
import { WorkspaceSession } from './workspaceSession.ts';

const rowOf = (rows: readonly BatchRow[], key: string): BatchRow => {
  const row = rows.find((one) => batchKey(one) === key);
  if (row === undefined) throw new Error(`${key} is not in the list`);
  return row;
};

const checkedRows = (notices: readonly Notice[]): readonly BatchRow[] =>
  notices.flatMap((notice) => (notice.notice === 'batchesChecked' ? notice.value.batches : []));

const lastProgress = (notices: readonly Notice[]) => {
  const last = notices.filter((notice) => notice.notice === 'batchesChecked').at(-1);
  return last?.notice === 'batchesChecked' ? last.value : null;
};

const untilChecked = (notices: readonly Notice[], total: number) =>
  vi.waitFor(() => expect(lastProgress(notices)).toMatchObject({ checked: total, total }), 10_000);

test('a row tells the active version, the newest candidate above it, the gate and the title of the body', async () => {
  const { batches } = await openSession(await copyWorkspaces());
  expect(rowOf(batches, 'harbor-lights/ep_001/BATCH_003')).toMatchObject({
    title: 'INT. FISH MARKET – DAWN',
    activeVersion: 3,
    newestCandidate: 4,
    gate: 'open',
    needsReview: true,
    problems: [],
    checked: false,
  });
  const flat = rowOf(batches, 'harbor-lights/ep_001/BATCH_005');
  expect(flat).toMatchObject({ activeVersion: 1, newestCandidate: null, gate: 'open', needsReview: false });
  expect(flat.title).not.toBeNull();
  expect(rowOf(batches, 'damaged/ep_001/BATCH_001')).toMatchObject({ activeVersion: null, gate: null, title: null });
  expect(rowOf(batches, 'damaged/ep_001/BATCH_007')).toMatchObject({ activeVersion: 42, gate: null });
});

test('a candidate above the active version needs no review where a later version was approved', async () => {
  const { batches } = await openSession(await copyWorkspaces());
  const row = rowOf(batches, 'harbor-lights/ep_002/BATCH_009');
  expect(row).toMatchObject({ activeVersion: 1, newestCandidate: 4, needsReview: false });
});

test('what the pipeline wrote since shows in the next listing', async () => {
  const workspace = await copyWorkspaces();
  const { session } = await openSession(workspace);
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const path = join(scenes, 'ep_001_BATCH_003.versions.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"active_version": 3', '"active_version": 2'));
  await writeFile(join(scenes, 'ep_001_BATCH_004.v017.json'), '{}');
  await rm(join(scenes, 'ep_001_BATCH_005.json'));
  const rows = await session.listBatches();
  expect(rowOf(rows, 'harbor-lights/ep_001/BATCH_003')).toMatchObject({ activeVersion: 2, gate: 'closed' });
  expect(rowOf(rows, 'harbor-lights/ep_001/BATCH_004').problems).toMatchObject([{ code: 'orphan_body', version: 17 }]);
  expect(rows.map(batchKey)).not.toContain('harbor-lights/ep_001/BATCH_005');
});

test('the check, which goes by an older listing, takes back nothing that was written since', async () => {
  const { session, notices, batches } = await openSession(await copyWorkspaces());
  const flat = refOf('harbor-lights', 1, 'BATCH_005');
  // The check gives way to whoever waits for a batch, and so comes to this one after the write.
  await session.getBatch(flat);
  const { version } = await session.writeCandidate(flat, makeScene('BATCH_005', 2), {});
  await untilChecked(notices, batches.length);
  const told = notices.flatMap((notice) => {
    if (notice.notice === 'batchesChecked') return notice.value.batches;
    return notice.notice === 'batchChanged' ? (notice.value.row ?? []) : [];
  });
  expect(told.findLast((row) => batchKey(row) === batchKey(flat))).toMatchObject({ newestCandidate: version });
});

test('what the listing alone shows is in the first rows: manifests, orphans, bodies that are missing', async () => {
  const { batches } = await openSession(await copyWorkspaces());
  const codesOf = (batchId: string) => rowOf(batches, `damaged/ep_001/${batchId}`).problems.map(({ code }) => code);
  expect(codesOf('BATCH_001')).toEqual(['manifest_unreadable']);
  expect(codesOf('BATCH_003')).toEqual(['artifact_outside_scenes_folder']);
  expect(codesOf('BATCH_004')).toEqual(['body_missing']);
  expect(codesOf('BATCH_012')).toEqual(['orphan_body']);
  expect(codesOf('BATCH_006')).toEqual([]);
});

test('the check in the background brings characters and the problems inside bodies, and keeps what it found', async () => {
  const workspace = await copyWorkspaces();
  const { session, notices, dataFolder, batches } = await openSession(workspace);
  await untilChecked(notices, batches.length);
  const row = rowOf(checkedRows(notices), 'harbor-lights/ep_001/BATCH_003');
  expect(row.checked).toBe(true);
  expect(row.characters).toContain('INES');
  const damaged = rowOf(checkedRows(notices), 'damaged/ep_001/BATCH_006');
  expect(damaged.problems.map(({ code }) => code)).toEqual(['fingerprint_mismatch']);

  const again = await session.listBatches();
  expect(rowOf(again, 'harbor-lights/ep_001/BATCH_003')).toEqual(row);
  await session.close();
  expect(await readdir(join(dataFolder, 'checks'))).toHaveLength(1);
});

test('a second run reads no body that did not change, and sees one that did', async () => {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const same = join(scenes, 'ep_001_BATCH_003.v004.json');
  const wholeSecond = new Date('2026-01-02T03:04:05Z');
  await utimes(same, wholeSecond, wholeSecond);
  const first = await openSession(workspace);
  await untilChecked(first.notices, first.batches.length);
  await first.session.close();
  await vi.waitFor(async () => expect(await readdir(join(first.dataFolder, 'checks'))).toHaveLength(1));

  // The same size, inode and time: only reading it shows that it is no JSON any more.
  await writeFile(same, 'x'.repeat((await stat(same)).size));
  await utimes(same, wholeSecond, wholeSecond);
  const changed = join(scenes, 'ep_001_BATCH_004.json');
  await appendFile(changed, 'not JSON');

  const notices: Notice[] = [];
  const session = new WorkspaceSession({
    dataFolder: first.dataFolder,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    notify: (notice) => notices.push(notice),
  });
  const { batches } = await session.open(workspace);
  await untilChecked(notices, batches.length);
  const problems = (key: string) => rowOf(checkedRows(notices), key).problems.map(({ code }) => code);
  expect(problems('harbor-lights/ep_001/BATCH_004')).toContain('body_unreadable');
  expect(problems('harbor-lights/ep_001/BATCH_003')).toEqual([]);
  const { problems: verified } = await session.verifyWorkspace();
  expect(
    verified.filter(({ batchId, project }) => batchId === 'BATCH_003' && project === 'harbor-lights'),
  ).toMatchObject([{ code: 'body_unreadable', version: 4 }]);
  await session.close();
});

test('early rows come while a large workspace is still being listed', async () => {
  const workspace = await makeFolder();
  const scenes = join(workspace, 'film/ep_001/scenes');
  await mkdir(scenes, { recursive: true });
  const body = (id: string) => JSON.stringify({ schema_version: 1, scene_id: id, title: `Scene ${id}`, beats: [] });
  for (let at = 1; at <= 300; at += 1) {
    const id = `BATCH_${String(at).padStart(3, '0')}`;
    await writeFile(join(scenes, `ep_001_${id}.json`), body(id));
  }
  const { notices, batches } = await openSession(workspace);
  const early = notices.filter(({ notice }) => notice === 'batchesListed');
  expect(early).toHaveLength(1);
  expect(batches).toHaveLength(300);
  expect(batches.map(({ batchId }) => batchId)).toEqual([...batches.map(({ batchId }) => batchId)].sort());
  expect(batches[0]).toMatchObject({ title: 'Scene BATCH_001', activeVersion: 1, checked: false });
});

test('a file that cannot be read is a problem of its own batch only', async () => {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const manifest = join(scenes, 'ep_001_BATCH_003.versions.json');
  await rm(manifest);
  await mkdir(manifest);
  const body = join(scenes, 'ep_001_BATCH_004.v002.json');
  await rm(body);
  await mkdir(body);
  const { session, batches } = await openSession(workspace);
  expect(rowOf(batches, 'harbor-lights/ep_001/BATCH_003').problems).toMatchObject([{ code: 'manifest_unreadable' }]);
  const { problems: found } = await session.verifyWorkspace();
  expect(found.filter(({ project }) => project === 'harbor-lights')).toMatchObject([
    { batchId: 'BATCH_003', code: 'manifest_unreadable' },
    { batchId: 'BATCH_004', code: 'body_unreadable', version: 2 },
  ]);
});
