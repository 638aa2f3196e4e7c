/** Adopting an orphan: what is registered, what stays as it was, and what is refused before anything is touched. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintScene } from '../../../shared/fingerprint.ts';
import { parseBatchId } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { readLedger } from '../ledger/ledger.ts';
import { sha256 } from '../reading/sceneBody.ts';
import { batchFiles } from '../sceneFiles.ts';
import { makeScene } from '../testing/testOrders.ts';
import { testBatch as batch, failureOf, makeStore } from '../testing/testStores.ts';
import { copyWorkspaces, openSession, refOf, snapshot } from '../testing/testWorkspaces.ts';

const orphanName = 'ep_001_BATCH_001.v007.json';
const orphanText = `${JSON.stringify(makeScene(batch, 7))}\n`;

async function withOrphan(versions: number, text = orphanText, name = orphanName) {
  const made = await makeStore();
  for (let version = 1; version <= versions; version += 1) {
    await made.store.writeSceneCandidate(batch, makeScene(batch, version), {
      parentVersion: version > 1 ? version - 1 : null,
    });
  }
  if (versions > 1) await made.store.conform(batch, 2);
  await writeFile(join(made.scenesFolder, name), text);
  const readManifest = async () => JSON.parse(await readFile(made.files.manifest, 'utf8'));
  return { ...made, readManifest };
}

it('registers the body as a candidate under its own number, and moves no pointer', async () => {
  const { store, files, readManifest, scenesFolder } = await withOrphan(3);
  const before = await readManifest();
  const asked = await store.previewRepair(batch, { repair: 'adoptOrphan', version: 7 });
  const fingerprint = fingerprintScene(makeScene(batch, 7), sha256);
  expect(asked.preview).toEqual({
    repair: 'adoptOrphan',
    version: 7,
    artifact: orphanName,
    fingerprint,
    shotCount: 1,
    title: 'Pier at dawn',
  });
  const done = await store.adoptOrphan(batch, 7, { confirm: asked.previewId, note: 'found by Lena' });
  expect(done.problems).toEqual([]);
  const after = await readManifest();
  expect(after).toEqual({ ...before, versions: [...before.versions, after.versions[3]] });
  expect(after.active_version).toBe(2);
  expect(after.versions[3]).toEqual({
    version: 7,
    artifact: orphanName,
    state: 'candidate',
    downstream: 'not_derived',
    kind: 'reshoot',
    source: 'adopted_orphan',
    parent_version: null,
    structure_fingerprint: fingerprint,
    shot_count: 1,
    created_at: expect.stringMatching(/Z$/),
  });
  expect(await readFile(join(scenesFolder, orphanName), 'utf8')).toBe(orphanText);
  const ledger = await readLedger(files.ledger);
  expect(ledger.problems).toEqual([]);
  expect(ledger.lines.at(-1)).toMatchObject({
    action: 'repair',
    from: 2,
    to: 2,
    note: 'found by Lena',
    revision: done.revision,
    fingerprint: before.versions[1].structure_fingerprint,
    entries: [after.versions[3]],
  });
  // The next writer counts on, and the adopted one can be conformed.
  expect((await store.writeSceneCandidate(batch, makeScene(batch, 8))).version).toBe(8);
  expect((await store.conform(batch, 7)).manifest.active_version).toBe(7);
  expect((await readLedger(files.ledger)).lines.filter(({ action }) => action === 'observed')).toEqual([]);
});

it('registers the flat body first where there is no manifest yet', async () => {
  const { store, files, readManifest } = await withOrphan(1);
  await store.adoptOrphan(batch, 7);
  expect(await readManifest()).toMatchObject({
    batch_id: 'BATCH_001',
    active_version: 1,
    versions: [
      { version: 1, state: 'approved', downstream: 'derived', source: 'legacy_flat' },
      { version: 7, state: 'candidate', downstream: 'not_derived', source: 'adopted_orphan' },
    ],
  });
  const { lines } = await readLedger(files.ledger);
  expect(lines.map(({ action, to }) => [action, to])).toEqual([
    ['append', 1],
    ['register', 1],
    ['repair', 1],
  ]);
});

it('takes the usual name where two bodies have the number, and keeps that of the only one', async () => {
  const { store, scenesFolder, readManifest } = await withOrphan(2, orphanText, 'ep_001_BATCH_001.v7.json');
  await writeFile(join(scenesFolder, 'ep_001_BATCH_001.v12.json'), JSON.stringify(makeScene(batch, 12)));
  await writeFile(join(scenesFolder, 'ep_001_BATCH_001.v012.json'), JSON.stringify(makeScene(batch, 13)));
  await store.adoptOrphan(batch, 7);
  await store.adoptOrphan(batch, 12);
  const artifacts = (await readManifest()).versions.map(({ artifact }: { artifact: string }) => artifact);
  expect(artifacts.slice(2)).toEqual(['ep_001_BATCH_001.v7.json', 'ep_001_BATCH_001.v012.json']);
});

const unfit = JSON.stringify(makeScene(batch, 7)).replace('"duration_s":7', '"duration_s":9007199254740993');

it.each([
  ['another scene’s', JSON.stringify(makeScene('BATCH_009', 7)), 'BATCH_009'],
  ['no JSON', '{"scene_id": ', orphanName],
  ['no scene', '{"scene_id": "BATCH_001"}', orphanName],
  ['holding a number that no double holds', unfit, '$.beats[0].shot.duration_s'],
])('refuses a body that is %s, and touches nothing', async (_, text, named) => {
  const { store, scenesFolder } = await withOrphan(2, text);
  const before = await snapshot(scenesFolder);
  const failures = [
    await failureOf(store.previewRepair(batch, { repair: 'adoptOrphan', version: 7 })),
    await failureOf(store.adoptOrphan(batch, 7)),
  ];
  for (const { code, message } of failures) {
    expect(code).toBe('damaged');
    expect(message).toContain(named);
  }
  expect(await snapshot(scenesFolder)).toEqual(before);
});

it.each([
  ['that is registered', 2, 'registered already'],
  ['that is not there', 5, 'no body v5'],
])('refuses a number %s', async (_, version, said) => {
  const { store, scenesFolder } = await withOrphan(3);
  const before = await snapshot(scenesFolder);
  const failure = await failureOf(store.adoptOrphan(batch, version));
  expect(failure).toMatchObject({ code: 'notFound' });
  expect(failure.message).toContain(said);
  expect(await snapshot(scenesFolder)).toEqual(before);
});

it('refuses where the manifest cannot be written, and where nothing says what is active', async () => {
  const damaged = await withOrphan(2);
  await writeFile(damaged.files.manifest, '{"schema_version": 1');
  expect((await failureOf(damaged.store.adoptOrphan(batch, 7))).code).toBe('damaged');
  const alone = await withOrphan(0);
  expect((await failureOf(alone.store.adoptOrphan(batch, 7))).code).toBe('damaged');
  expect(await readdir(alone.scenesFolder)).toEqual([orphanName]);
});

it('refuses to make a candidate active that a lost pointer names', async () => {
  const { store, files } = await withOrphan(2);
  const text = await readFile(files.manifest, 'utf8');
  await writeFile(files.manifest, text.replace('"active_version": 2', '"active_version": 7'));
  const failure = await failureOf(store.adoptOrphan(batch, 7));
  expect(failure.code).toBe('damaged');
  expect(failure.message).toContain('without a conform');
  await store.conform(batch, 1);
  expect((await store.adoptOrphan(batch, 7)).manifest?.active_version).toBe(1);
});

it('adopts the orphan of the damaged workspace, and every other byte there stays as it was', async () => {
  const scenesFolder = join(await copyWorkspaces(), 'damaged', 'ep_001', 'scenes');
  const { store } = await makeStore({ scenesFolder });
  const id = parseBatchId('BATCH_012');
  const { manifest } = batchFiles(scenesFolder, 1, id);
  const before = await snapshot(scenesFolder);
  const text = await readFile(manifest, 'utf8');
  await store.adoptOrphan(id, 7);
  const after = await snapshot(scenesFolder);
  const changed = [...after].filter(([path, bytes]) => before.get(path) !== bytes).map(([path]) => path);
  expect(changed.map((path) => path.slice(scenesFolder.length + 1)).sort()).toEqual([
    'ep_001_BATCH_012.decisions.jsonl',
    'ep_001_BATCH_012.versions.json',
    'ep_001_BATCH_012.versions.lock',
  ]);
  // Only the new entry came in.
  const now = await readFile(manifest, 'utf8');
  const added = now.length - text.length;
  const at = [...text].findIndex((character, index) => character !== now[index]);
  expect(text.slice(0, at) + text.slice(at)).toBe(now.slice(0, at) + now.slice(at + added));
  expect((await readLedger(batchFiles(scenesFolder, 1, id).ledger)).lines.map(({ action }) => action)).toEqual([
    'observed',
    'repair',
  ]);
});

it('offers the adoption, first and later, at the body that would be adopted', async () => {
  const { scenesFolder, project } = await withOrphan(2);
  await writeFile(join(scenesFolder, 'ep_001_BATCH_001.v0007.json'), '{"torn');
  const { batches, session } = await openSession(project);
  const offered = (problems: readonly Problem[]) =>
    problems.filter(({ repair }) => repair === 'adoptOrphan').map(({ file }) => file);
  expect(batches.map(({ problems }) => offered(problems))).toEqual([[orphanName]]);
  const { problems, versions } = await session.getBatch(refOf('harbor', 1, batch));
  expect(offered(problems)).toEqual([orphanName]);
  expect(versions.find(({ version }) => version === 7)).toMatchObject({ artifact: orphanName, isReadable: true });
});
