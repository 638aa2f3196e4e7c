import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
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
