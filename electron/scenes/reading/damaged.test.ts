import { chmod, lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Notice } from '../../../shared/contract.ts';
import type { BatchRef } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { highestBody, listingOf } from '../sceneFiles.ts';
import { copyWorkspaces, openSession, refOf, snapshot } from '../testing/testWorkspaces.ts';

const expectedSchema = z.record(
  z.string(),
  z.strictObject({
    problem: z.string().nullable(),
    version: z.number().optional(),
    json_path: z.string().optional(),
    writable: z.boolean().optional(),
    read_outside: z.literal(false).optional(),
    next_version: z.number().optional(),
    note: z.string().optional(),
  }),
);

const readExpected = async (workspace: string) =>
  Object.entries(expectedSchema.parse(JSON.parse(await readFile(join(workspace, 'damaged.expected.json'), 'utf8'))));

test('every damaged batch is reported as expected, exactly, and nothing is written', async () => {
  const workspace = await copyWorkspaces();
  const before = await snapshot(workspace);
  const { session, batches } = await openSession(workspace);
  const expected = await readExpected(workspace);
  expect(expected.length).toBe(20);

  for (const [batchId, wanted] of expected) {
    const ref = refOf('damaged', 1, batchId);
    const view = await session.getBatch(ref);
    const names = await readdir(join(workspace, 'damaged/ep_001/scenes'));
    const highest = Math.max(
      highestBody(listingOf(names, 1, ref.batchId).bodies),
      ...view.versions.map(({ version }) => version),
    );
    const found = {
      problems: view.problems.map(({ code, version, jsonPath }) => ({ code, version, jsonPath })),
      writable: view.isWritable,
      next: wanted.next_version === undefined ? undefined : highest + 1,
    };
    const jsonPath = wanted.json_path ?? found.problems[0]?.jsonPath;
    expect(found, batchId).toEqual({
      problems: wanted.problem === null ? [] : [{ code: wanted.problem, version: wanted.version, jsonPath }],
      writable: wanted.writable ?? true,
      next: wanted.next_version,
    });
    const severity = ['orphan_body', 'fingerprint_missing'].includes(wanted.problem ?? '') ? 'warning' : 'error';
    for (const problem of view.problems) expect(problem.severity, batchId).toBe(severity);
  }

  expect(batches.filter(({ project }) => project === 'damaged')).toHaveLength(20);
  expect(batches.filter(({ project }) => project === 'harbor-lights').length).toBeGreaterThan(0);
  await session.verifyWorkspace();
  expect(await snapshot(workspace)).toEqual(before);
});

/** As `damaged.expected.json` says it, for one batch. */
const asExpected = ([batchId, { problem, version, json_path }]: Awaited<ReturnType<typeof readExpected>>[number]) =>
  problem === null
    ? []
    : [{ batchId, code: problem, version, ...(json_path === undefined ? {} : { jsonPath: json_path }) }];

/** Paths inside a manifest are our own business, those inside a body are expected. */
const asFound = ({ batchId, code, version, jsonPath }: BatchRef & Problem) =>
  code === 'number_out_of_range' ? { batchId, code, version, jsonPath } : { batchId, code, version };

/** All that tells whether anything was touched: names, bytes, sizes, modes, and every time but that of reading. */
async function stampsOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const stamps = new Map<string, string>();
  const bytes = await snapshot(folder);
  for (const [path, content] of [...bytes, [folder, ''] as const]) {
    const { mode, size, mtimeNs, ctimeNs, ino } = await lstat(path, { bigint: true });
    stamps.set(path, `${mode} ${size} ${mtimeNs} ${ctimeNs} ${ino} ${content}`);
  }
  return stamps;
}

test('list, batch and verification tell the same, all of it, while everything is listed, opened, compared and verified and nothing is touched', async () => {
  const workspace = await copyWorkspaces();
  const before = await stampsOf(workspace);
  const expected = await readExpected(workspace);
  const wanted = expected.flatMap(asExpected);
  const { session, notices, batches } = await openSession(workspace);
  // What is told before the bodies are read may be less, and is never wrong.
  const early = batches.filter(({ project }) => project === 'damaged');
  for (const { batchId, problems, ...ref } of early) {
    const all = wanted.filter((one) => one.batchId === batchId);
    for (const problem of problems) expect(all).toContainEqual(asFound({ ...ref, batchId, ...problem }));
  }
  // The list, once it is checked.
  await vi.waitFor(() => expect(notices.some(isWholeCheck)).toBe(true), { timeout: 10_000 });
  const inList = (await session.listBatches()).filter(({ project }) => project === 'damaged');
  expect(inList.map(({ batchId, checked }) => [batchId, checked])).toEqual(expected.map(([id]) => [id, true]));
  expect(inList.flatMap(({ problems, ...ref }) => problems.map((one) => asFound({ ...ref, ...one })))).toEqual(wanted);
  // Each batch by itself, and every pair of its versions.
  const inBatch: ReturnType<typeof asFound>[] = [];
  for (const row of batches) {
    const ref = refOf(row.project, row.episode, row.batchId);
    const { problems, versions } = await session.getBatch(ref);
    if (row.project === 'damaged') inBatch.push(...problems.map((problem) => asFound({ ...ref, ...problem })));
    for (const { version } of versions) {
      await session.readScene(ref, version).catch(onlyDamaged);
      for (const other of versions) await session.compareVersions(ref, other.version, version).catch(onlyDamaged);
    }
  }
  expect(inBatch).toEqual(wanted);
  // And all anew.
  const verified = await session.verifyWorkspace();
  expect(verified.isComplete).toBe(true);
  expect(verified.problems.filter(({ project }) => project === 'damaged').map(asFound)).toEqual(wanted);
  expect(await stampsOf(workspace)).toEqual(before);
});

const isWholeCheck = ({ notice, value }: Notice): boolean =>
  notice === 'batchesChecked' && value.checked === value.total;

const onlyDamaged = (error: unknown): void => expect(error).toMatchObject({ code: 'damaged' });

test('a batch says which repair mends it, and no repair is offered that would be refused', async () => {
  const { session } = await openSession(await copyWorkspaces());
  const { problems } = await session.verifyWorkspace();
  const offered = problems.filter(({ project }) => project === 'damaged').filter(({ repair }) => repair !== undefined);
  expect(offered.map(({ batchId, repair }) => `${batchId} ${repair}`)).toEqual([
    'BATCH_001 rebuildManifest',
    'BATCH_002 rebuildManifest',
    'BATCH_008 rebuildManifest',
    'BATCH_012 adoptOrphan',
    'BATCH_020 rebuildManifest',
  ]);
  for (const { batchId, repair, version } of offered) {
    if (repair === undefined) continue;
    const asked = repair === 'adoptOrphan' ? { repair, version: version ?? 0 } : { repair };
    expect((await session.previewRepair(refOf('damaged', 1, batchId), asked)).preview.repair).toBe(repair);
  }
});

test('verifying tells how far it is, and answers what it found when it is stopped', async () => {
  let stopsAtOnce = true;
  const { session, notices } = await openSession(await copyWorkspaces(), ({ notice }) => {
    if (notice === 'verifyProgress' && stopsAtOnce) session.stopVerifying();
  });
  const { problems, isComplete } = await session.verifyWorkspace();
  stopsAtOnce = false;
  expect(isComplete).toBe(false);
  expect(problems.length).toBeGreaterThan(0);
  const whole = await session.verifyWorkspace();
  expect(whole.isComplete).toBe(true);
  for (const problem of problems) expect(whole.problems).toContainEqual(problem);
  const told = notices.flatMap((each) => (each.notice === 'verifyProgress' ? [each.value] : []));
  const { length: total } = await session.listBatches();
  const [stopped, finished, ...others] = told.filter(({ isOver }) => isOver);
  expect(stopped).toMatchObject({ total });
  expect(stopped?.checked).toBeGreaterThan(0);
  expect(stopped?.checked).toBeLessThan(total);
  expect(finished).toEqual({ checked: total, total, isOver: true });
  expect(others).toEqual([]);
  // What was not reached is read behind the list.
  await vi.waitFor(() => expect(notices.findLast(({ notice }) => notice === 'batchesChecked')).toSatisfy(isWholeCheck));
});

test('a verification that is stopped leaves what it did not reach as it was known', async () => {
  let stopsAtOnce = false;
  const { session, notices } = await openSession(await copyWorkspaces(), ({ notice }) => {
    if (notice === 'verifyProgress' && stopsAtOnce) session.stopVerifying();
  });
  await vi.waitFor(() => expect(notices.some(isWholeCheck)).toBe(true), { timeout: 10_000 });
  const before = await session.listBatches();
  stopsAtOnce = true;
  expect((await session.verifyWorkspace()).isComplete).toBe(false);
  expect(await session.listBatches()).toEqual(before);
});

test('verifying tells the same problems as looking at each batch', async () => {
  const workspace = await copyWorkspaces();
  const { session } = await openSession(workspace);
  const { problems } = await session.verifyWorkspace();
  const wanted = (await readExpected(workspace)).filter(([, { problem }]) => problem !== null);
  expect(problems.filter(({ project }) => project === 'damaged').map(({ batchId, code }) => [batchId, code])).toEqual(
    wanted.map(([batchId, { problem }]) => [batchId, problem]),
  );
});

test('what stands outside the scenes folder is never read, whether by path, link or folder', async () => {
  const workspace = await copyWorkspaces();
  // A body that is right in every way: were it read, nothing would be wrong with the version.
  const outside = join(workspace, 'outside.json');
  const flat = join(workspace, 'damaged/ep_001/scenes/ep_001_BATCH_017.v003.json');
  await writeFile(outside, await readFile(flat));
  await chmod(outside, 0o600);
  const { session } = await openSession(workspace);
  for (const [batchId, version] of [
    ['BATCH_003', 2],
    ['BATCH_014', 3],
    ['BATCH_017', 2],
  ] as const) {
    const ref = refOf('damaged', 1, batchId);
    const view = await session.getBatch(ref);
    const shown = view.versions.find((one) => one.version === version);
    expect(shown, batchId).toMatchObject({ isReadable: false, title: null, fingerprint: null, durationS: null });
    await expect(session.readScene(ref, version)).rejects.toMatchObject({ code: 'damaged' });
    await expect(session.compareVersions(ref, 1, version)).rejects.toMatchObject({ code: 'damaged' });
  }
});

test('where the manifest cannot be read the versions come from the bodies, and no orphan is reported', async () => {
  const { session } = await openSession(await copyWorkspaces());
  for (const batchId of ['BATCH_001', 'BATCH_002', 'BATCH_020']) {
    const view = await session.getBatch(refOf('damaged', 1, batchId));
    expect(view.manifest).toBeNull();
    expect(view.activeVersion).toBeNull();
    expect(view.versions.map(({ version, isRegistered, isReadable }) => [version, isRegistered, isReadable])).toEqual([
      [3, false, true],
      [2, false, true],
      [1, false, true],
    ]);
    const scene = await session.readScene(refOf('damaged', 1, batchId), 2);
    expect(scene.scene_id).toBe(batchId);
  }
});
