import { appendFile, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batchKey } from '../../../shared/ids.ts';
import { copyWorkspaces, openSession, refOf } from '../testing/testWorkspaces.ts';

const ref = refOf('harbor-lights', 1, 'BATCH_003');

/** The manifest of BATCH_003, changed as text, and what the app then shows of it. */
async function viewWith(
  change: (manifest: string) => string,
  prepare: (scenes: string) => Promise<void> = async () => {},
) {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const path = join(scenes, 'ep_001_BATCH_003.versions.json');
  await writeFile(path, change(await readFile(path, 'utf8')));
  await prepare(scenes);
  const { session, batches } = await openSession(workspace);
  const view = await session.getBatch(ref);
  const row = batches.find((one) => batchKey(one) === batchKey(ref));
  return { session, view, row, brief: view.problems.map(({ code, severity, version }) => [code, severity, version]) };
}

const editBody = (name: string, edit: (text: string) => string) => async (scenes: string) => {
  const path = join(scenes, name);
  await writeFile(path, edit(await readFile(path, 'utf8')));
};

const asIs = (text: string) => text;

test('a body that was changed is an error, but a warning where the flat body was registered as it stood', async () => {
  const flat = await viewWith(
    asIs,
    editBody('ep_001_BATCH_003.json', (text) => text.replace('FISH MARKET', 'FISH SHOP')),
  );
  expect(flat.brief, 'the title is no part of the structure').toEqual([]);
  const edit = (text: string) => text.replace('8.19', '8.2');
  const legacy = await viewWith(asIs, editBody('ep_001_BATCH_003.json', edit));
  expect(legacy.brief).toEqual([['fingerprint_mismatch', 'warning', 1]]);
  const candidate = await viewWith(
    asIs,
    editBody('ep_001_BATCH_003.v004.json', (text) => text.replace('"lens_mm": ', '"lens_mm": 1')),
  );
  expect(candidate.brief).toEqual([['fingerprint_mismatch', 'error', 4]]);
});

test("another algorithm's fingerprint is never called wrong", async () => {
  const { brief, view } = await viewWith((text) => text.replaceAll('"sf1:', '"sf9:'));
  expect(brief).toEqual([]);
  expect(view.versions[0]?.recordedFingerprint).toMatch(/^sf9:/);
  expect(view.versions[0]?.fingerprint).toMatch(/^sf1:/);
});

test('of several things wrong with a version the first in order is told', async () => {
  const both = await viewWith(
    asIs,
    editBody('ep_001_BATCH_003.v004.json', (text) =>
      text
        .replace('"scene_id": "BATCH_003"', '"scene_id": "BATCH_004"')
        .replace('"lens_mm": ', '"lens_mm": 9007199254740993, "x": '),
    ),
  );
  expect(both.brief).toEqual([['number_out_of_range', 'error', 4]]);
  const wrongScene = await viewWith(
    asIs,
    editBody('ep_001_BATCH_003.v004.json', (text) => text.replace('"BATCH_003"', '"BATCH_004"')),
  );
  expect(wrongScene.brief).toEqual([['scene_id_mismatch', 'error', 4]]);
});

test('a beat_id that stands twice is a warning beside whatever else is wrong', async () => {
  const { brief, view } = await viewWith(
    asIs,
    editBody('ep_001_BATCH_003.v004.json', (text) => text.replace('"B002"', '"B001"')),
  );
  expect(brief).toEqual([
    ['fingerprint_mismatch', 'error', 4],
    ['duplicate_beat_id', 'warning', 4],
  ]);
  expect(view.versions[0]?.problem?.code).toBe('fingerprint_mismatch');
});

test("an older manifest's entries read as candidates with an open gate, reshoots, without a fingerprint", async () => {
  const { view, row, brief } = await viewWith(() =>
    JSON.stringify({
      schema_version: 1,
      batch_id: 'BATCH_003',
      active_version: 3,
      versions: [1, 2, 3, 4].map((version) => ({
        version,
        artifact: version === 1 ? 'ep_001_BATCH_003.json' : `ep_001_BATCH_003.v00${version}.json`,
      })),
    }),
  );
  expect(view.isWritable).toBe(true);
  expect(view.versions[0]).toMatchObject({
    version: 4,
    state: 'candidate',
    downstream: 'derived',
    kind: 'reshoot',
    source: null,
    parentVersion: null,
    createdAt: null,
    recordedFingerprint: null,
    shotCount: 8,
    isRegistered: true,
    isActive: false,
  });
  expect(brief).toEqual([1, 2, 3, 4].map((version) => ['fingerprint_missing', 'warning', version]));
  expect(row).toMatchObject({ gate: 'open', newestCandidate: 4, needsReview: true });
});

test('while the manifest cannot be read the ledger says what was recorded', async () => {
  const recorded = `sf1:${'0'.repeat(64)}`;
  const line = {
    seq: 1,
    at: '2026-01-01T00:00:00.000Z',
    by: { user: 'anna', host: 'ws-12' },
    action: 'append',
    from: 3,
    to: 4,
    fingerprint: recorded,
    revision: 'a'.repeat(64),
    note: null,
    entries: [{ version: 4, artifact: 'ep_001_BATCH_003.v004.json', structure_fingerprint: recorded }],
    prev: null,
  };
  const { view, brief, row } = await viewWith(
    (text) => text.slice(0, 400),
    (scenes) => appendFile(join(scenes, 'ep_001_BATCH_003.decisions.jsonl'), `${JSON.stringify(line)}\n`),
  );
  expect(brief).toEqual([
    ['manifest_unreadable', 'error', undefined],
    ['fingerprint_mismatch', 'error', 4],
  ]);
  expect(view.versions[0]).toMatchObject({ version: 4, recordedFingerprint: recorded, isRegistered: false });
  expect(row).toMatchObject({ activeVersion: null, gate: null, needsReview: false });
});

test('while the manifest cannot be read a flat body that was changed is a warning still: its record is provisional', async () => {
  const entry = {
    version: 1,
    artifact: 'ep_001_BATCH_003.json',
    source: 'legacy_flat',
    structure_fingerprint: 'sf1:0',
  };
  const by = { user: 'anna', host: 'ws-12' };
  const head = { seq: 1, at: '2026-11-21T00:00:00.000Z', by, action: 'register', from: null, to: 1, note: null };
  const line = { ...head, fingerprint: 'sf1:0', revision: 'a'.repeat(64), entries: [entry], prev: null };
  const { brief } = await viewWith(
    (text) => text.slice(0, 400),
    (scenes) => writeFile(join(scenes, 'ep_001_BATCH_003.decisions.jsonl'), `${JSON.stringify(line)}\n`),
  );
  expect(brief).toContainEqual(['fingerprint_mismatch', 'warning', 1]);
});

test('a flat batch is one version, active, approved and derived, and reading it writes nothing', async () => {
  const { view, brief } = await viewWith(asIs, async (scenes) => {
    for (const name of ['versions.json', 'v002.json', 'v003.json', 'v004.json'])
      await rm(join(scenes, `ep_001_BATCH_003.${name}`));
  });
  expect(brief).toEqual([]);
  expect(view).toMatchObject({
    manifest: null,
    revision: 'absent',
    activeVersion: 1,
    isWritable: true,
    lastApproved: 1,
  });
  expect(view.versions).toMatchObject([{ version: 1, state: 'approved', downstream: 'derived', isActive: true }]);
});

test('bodies beside a flat one without a manifest are orphans', async () => {
  const { brief, row } = await viewWith(asIs, (scenes) => rm(join(scenes, 'ep_001_BATCH_003.versions.json')));
  expect(brief).toEqual([2, 3, 4].map((version) => ['orphan_body', 'warning', version]));
  expect(row).toMatchObject({ activeVersion: 1, newestCandidate: null, needsReview: false });
});

test('a torn ledger and a ledger that leads out of the folder are told, and nothing else fails', async () => {
  const torn = await viewWith(asIs, (scenes) =>
    writeFile(join(scenes, 'ep_001_BATCH_003.decisions.jsonl'), '{"seq": 1, "at'),
  );
  expect(torn.brief).toEqual([['ledger_torn', 'warning', undefined]]);
  expect(torn.view.versions).toHaveLength(4);
  const linked = await viewWith(asIs, (scenes) =>
    symlink('../../../outside.json', join(scenes, 'ep_001_BATCH_003.decisions.jsonl')),
  );
  expect(linked.brief).toEqual([['ledger_unreadable', 'error', undefined]]);
  expect(linked.view.versions).toHaveLength(4);
});
