/** What the store's operations do to a batch, and what they refuse before they have touched anything. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExact, stringifyExact } from '../../../shared/exactJson.ts';
import { absentRevision, isRevision, parseBatchId, type Revision } from '../../../shared/ids.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { readLedger } from '../ledger/ledger.ts';
import { batchFiles } from '../sceneFiles.ts';
import { makeScene } from '../testing/testOrders.ts';
import { testBatch as batch, failureOf, makeStore } from '../testing/testStores.ts';
import { copyWorkspaces, makeFolder, openSession, refOf, snapshot } from '../testing/testWorkspaces.ts';
import { SceneVersionStore } from './sceneVersionStore.ts';

const readJson = async (path: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(path, 'utf8'));

async function withVersions(count: number) {
  const made = await makeStore();
  for (let version = 1; version <= count; version += 1) {
    await made.store.writeSceneCandidate(batch, makeScene(batch, version), {
      parentVersion: version > 1 ? version - 1 : null,
    });
  }
  return made;
}

/** A copy of the tests' workspaces, with a store over the scenes of one project. */
async function overCopy(project: string) {
  const workspaces = await copyWorkspaces();
  const scenesFolder = join(workspaces, project, 'ep_001', 'scenes');
  const made = await makeStore({ scenesFolder });
  return { ...made, scenesFolder, filesOf: (id: string) => batchFiles(scenesFolder, 1, parseBatchId(id)) };
}

describe('the first bodies of a batch', () => {
  it('A: the first candidate becomes the flat body, version 1, without a manifest', async () => {
    const { store, files } = await makeStore();
    expect(await store.writeSceneCandidate(batch, makeScene(batch, 1))).toEqual({
      version: 1,
      revision: absentRevision,
      appended: true,
      problems: [],
    });
    expect(await readFile(files.flat, 'utf8')).toBe(`${JSON.stringify(makeScene(batch, 1), null, 2)}\n`);
    expect(await readdir(files.scenesFolder)).not.toContain('ep_001_BATCH_001.versions.json');
  });

  it('A: makes the episode and its scenes folder in a project that exists, and only there', async () => {
    const { project, author, dataFolder } = await makeStore();
    const inside = join(project, 'ep_002', 'scenes');
    const store = new SceneVersionStore({ scenesFolder: inside, episode: 2, author, dataFolder });
    await store.writeSceneCandidate(batch, makeScene(batch, 1));
    expect(await readdir(inside)).toContain('ep_002_BATCH_001.json');
    const outside = join(project, '..', 'nowhere', 'ep_001', 'scenes');
    const other = new SceneVersionStore({ scenesFolder: outside, episode: 1, author, dataFolder });
    expect((await failureOf(other.writeSceneCandidate(batch, makeScene(batch, 1)))).code).toBe('notFound');
    await expect(stat(join(project, '..', 'nowhere'))).rejects.toThrow();
  });

  it('B: the second registers the flat body where it stands, as an approved and derived v1, and moves no pointer', async () => {
    const { store, files } = await withVersions(1);
    const flat = await stat(files.flat);
    const written = await store.writeSceneCandidate(batch, makeScene(batch, 2), { parentVersion: 1, kind: 'pickup' });
    expect(written.version).toBe(2);
    expect((await stat(files.flat)).ino).toBe(flat.ino);
    const text = await readFile(files.manifest, 'utf8');
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(JSON.parse(text)).toMatchObject({
      schema_version: 1,
      batch_id: 'BATCH_001',
      active_version: 1,
      versions: [
        {
          version: 1,
          artifact: 'ep_001_BATCH_001.json',
          state: 'approved',
          downstream: 'derived',
          kind: 'reshoot',
          source: 'legacy_flat',
          parent_version: null,
          shot_count: 1,
        },
        {
          version: 2,
          artifact: 'ep_001_BATCH_001.v002.json',
          state: 'candidate',
          downstream: 'not_derived',
          kind: 'pickup',
          source: 'rederive',
          parent_version: 1,
          shot_count: 1,
        },
      ],
    });
  });

  it.each(['{"scene_id": "BATCH_001"}', 'no json', '{"scene_id": "BATCH_009", "beats": []}'])(
    'B: refuses a flat body that cannot be read (%s) and leaves no lock file',
    async (text) => {
      const { store, files } = await makeStore();
      await writeFile(files.flat, text);
      expect((await failureOf(store.writeSceneCandidate(batch, makeScene(batch, 1)))).code).toBe('damaged');
      expect(await readdir(files.scenesFolder)).toEqual(['ep_001_BATCH_001.json']);
    },
  );

  it('numbers above every body on disk, of any width, and never overwrites one', async () => {
    const { store, files } = await withVersions(2);
    await writeFile(join(files.scenesFolder, 'ep_001_BATCH_001.v0041.json'), 'an orphan');
    expect((await store.writeSceneCandidate(batch, makeScene(batch, 3))).version).toBe(42);
    const damaged = await overCopy('damaged');
    const next = parseBatchId('BATCH_013');
    expect((await damaged.store.writeSceneCandidate(next, makeScene('BATCH_013', 1))).version).toBe(1001);
    expect(await readdir(damaged.scenesFolder)).toContain('ep_001_BATCH_013.v1001.json');
  });
});

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

it('never gives a candidate the number that a lost pointer names: it would be active without a conform', async () => {
  const { store, files } = await withVersions(2);
  const manifest = await readJson(files.manifest);
  await writeFile(files.manifest, JSON.stringify({ ...manifest, active_version: 3 }));
  expect((await store.writeSceneCandidate(batch, makeScene(batch, 3))).version).toBe(4);
  expect(await readJson(files.manifest)).toMatchObject({ active_version: 3, versions: [{}, {}, { version: 4 }] });
});

describe('a candidate that is refused', () => {
  const refused: readonly [string, unknown, Record<string, unknown>, string][] = [
    ['another scene_id', makeScene('BATCH_002', 1), {}, '$.scene_id'],
    ['no beats', { scene_id: 'BATCH_001' }, {}, '$.beats'],
    ['an unknown kind', makeScene(batch, 1), { kind: 'remake' }, ''],
    ['an unknown state', makeScene(batch, 1), { state: 'final' }, ''],
    [
      'an integer that cannot be held',
      parseExact('{"scene_id": "BATCH_001", "beats": [{"n": 9007199254740993}]}'),
      {},
      '$.beats[0].n',
    ],
    ['a lone surrogate', { scene_id: 'BATCH_001', beats: [{ text: '\ud800' }] }, {}, '$.beats[0].text'],
    ['a nesting that could not be read back', { scene_id: 'BATCH_001', beats: [], deep: nested(500) }, {}, ''],
    ['a parent that is no version', makeScene(batch, 1), { parentVersion: 0.5 }, ''],
  ];
  it.each(refused)(
    'is invalid for %s, and nothing is written, no lock file either',
    async (_, scene, options, jsonPath) => {
      const { store, scenesFolder } = await makeStore();
      // @ts-expect-error what a caller without types may hand over
      const failure = await failureOf(store.writeSceneCandidate(batch, scene, options));
      expect(failure.code).toBe('invalid');
      if (jsonPath !== '') expect(failure.details).toMatchObject({ jsonPath });
      expect(await readdir(scenesFolder)).toEqual([]);
    },
  );

  it('is a conflict where something no listing shows stands in the place of its body', async () => {
    const { store, files, scenesFolder } = await makeStore({
      steps: async (name) => {
        if (name === 'temp synced' && isArmed)
          await writeFile(join(files.scenesFolder, 'ep_001_BATCH_001.v003.json'), 'a stranger').catch(() => undefined);
      },
    });
    let isArmed = false;
    for (const duration of [1, 2]) await store.writeSceneCandidate(batch, makeScene(batch, duration));
    const before = await readFile(files.manifest, 'utf8');
    isArmed = true;
    expect((await failureOf(store.writeSceneCandidate(batch, makeScene(batch, 3)))).code).toBe('conflict');
    expect(await readFile(files.manifest, 'utf8')).toBe(before);
    expect(await readFile(join(scenesFolder, 'ep_001_BATCH_001.v003.json'), 'utf8')).toBe('a stranger');
  });
});

describe('dedup', () => {
  it('returns the first equal version instead of appending, and leaves no ledger line', async () => {
    const { store, files } = await withVersions(3);
    const before = await snapshot(files.scenesFolder);
    expect(await store.writeSceneCandidate(batch, makeScene(batch, 2), { dedup: true })).toMatchObject({
      version: 2,
      appended: false,
    });
    expect(await snapshot(files.scenesFolder)).toEqual(before);
  });

  it('appends where the title differs, although the structure is equal', async () => {
    const { store } = await withVersions(3);
    const scene = { ...makeScene(batch, 2), title: 'Pier at dusk' };
    expect(await store.writeSceneCandidate(batch, scene, { dedup: true })).toMatchObject({
      version: 4,
      appended: true,
    });
  });

  it('appends where the body was changed after it was recorded', async () => {
    const { store, scenesFolder } = await withVersions(3);
    await writeFile(join(scenesFolder, 'ep_001_BATCH_001.v002.json'), JSON.stringify(makeScene(batch, 77)));
    expect(await store.writeSceneCandidate(batch, makeScene(batch, 2), { dedup: true })).toMatchObject({ version: 4 });
  });

  it('registers a flat body that it repeats, and appends nothing', async () => {
    const { store, files } = await withVersions(1);
    const written = await store.writeSceneCandidate(batch, makeScene(batch, 1), { dedup: true });
    expect(written).toMatchObject({ version: 1, appended: false });
    expect(await readJson(files.manifest)).toMatchObject({ active_version: 1, versions: [{ version: 1 }] });
    const { lines } = await readLedger(files.ledger);
    expect(lines.map(({ action }) => action)).toEqual(['append', 'register']);
  });

  it('is off unless asked for', async () => {
    const { store } = await withVersions(2);
    expect(await store.writeSceneCandidate(batch, makeScene(batch, 2))).toMatchObject({ version: 3, appended: true });
  });
});

describe('conform and revert', () => {
  it('conform moves the pointer and approves; revert moves the pointer alone', async () => {
    const { store, files } = await withVersions(3);
    const { manifest, revision } = await store.conform(batch, 3, { note: 'the better light' });
    expect(manifest).toMatchObject({
      active_version: 3,
      versions: [{}, { state: 'candidate' }, { state: 'approved', downstream: 'not_derived' }],
    });
    expect(isRevision(revision)).toBe(true);
    const reverted = await store.revert(batch, 2);
    expect(reverted.manifest).toMatchObject({
      active_version: 2,
      versions: [{}, { state: 'candidate' }, { state: 'approved' }],
    });
    expect(await readJson(files.manifest)).toEqual(reverted.manifest);
  });

  it('changes nothing where the version is active and approved already', async () => {
    const { store, files } = await withVersions(3);
    await store.conform(batch, 3);
    const before = await snapshot(files.scenesFolder);
    expect((await store.conform(batch, 3, { note: 'again' })).manifest.active_version).toBe(3);
    expect((await store.revert(batch, 3)).manifest.active_version).toBe(3);
    expect(await snapshot(files.scenesFolder)).toEqual(before);
  });

  it.each(['conform', 'revert'] as const)(
    '%s: notFound without a manifest and for an unregistered version, and no lock file',
    async (action) => {
      const { store, scenesFolder } = await makeStore();
      expect((await failureOf(store[action](batch, 1))).code).toBe('notFound');
      expect(await readdir(scenesFolder)).toEqual([]);
      const copy = await overCopy('harbor-lights');
      const before = await snapshot(copy.scenesFolder);
      expect((await failureOf(copy.store[action](parseBatchId('BATCH_003'), 99))).code).toBe('notFound');
      expect(await snapshot(copy.scenesFolder)).toEqual(before);
    },
  );

  const damaged: readonly [string, number][] = [
    ['BATCH_001', 1],
    ['BATCH_002', 1],
    ['BATCH_003', 2],
    ['BATCH_004', 2],
    ['BATCH_005', 3],
    ['BATCH_008', 1],
    ['BATCH_009', 3],
    ['BATCH_010', 1],
    ['BATCH_014', 3],
    ['BATCH_015', 2],
    ['BATCH_017', 2],
    ['BATCH_020', 1],
  ];
  it.each(damaged)('refuses %s v%i as damaged and writes nothing, no lock file either', async (id, version) => {
    const { store, scenesFolder } = await overCopy('damaged');
    const before = await snapshot(scenesFolder);
    for (const action of ['conform', 'revert'] as const) {
      expect((await failureOf(store[action](parseBatchId(id), version))).code).toBe('damaged');
    }
    expect(await snapshot(scenesFolder)).toEqual(before);
  });

  it('mends a pointer to a version that is not there', async () => {
    const { store } = await overCopy('damaged');
    expect((await store.conform(parseBatchId('BATCH_007'), 2)).manifest.active_version).toBe(2);
  });

  it('does not refuse a body that was changed after it was recorded', async () => {
    const { store } = await overCopy('damaged');
    expect((await store.conform(parseBatchId('BATCH_006'), 2)).manifest.active_version).toBe(2);
  });

  it('changes only what changes: unknown fields, numbers, order and layout stay as they are', async () => {
    const { store, files } = await withVersions(2);
    const text = (await readFile(files.manifest, 'utf8'))
      .replace('"schema_version": 1,', '"zeta": [1.0, 1e400, 0.1234567890123456789],\n  "schema_version": 1,')
      .replace('"state": "candidate",', '"odd": {"b": 1, "a": 12345678901234567890},\n      "state": "candidate",');
    await writeFile(files.manifest, `\ufeff${text}`);
    await store.conform(batch, 2);
    const expected = text
      .replace('"active_version": 1', '"active_version": 2')
      .replace('"state": "candidate"', '"state": "approved"');
    expect(await readFile(files.manifest, 'utf8')).toBe(`\ufeff${expected}`);
    await store.writeSceneCandidate(batch, makeScene(batch, 3));
    const appended = await readFile(files.manifest, 'utf8');
    expect(appended.startsWith(`\ufeff${expected.slice(0, expected.lastIndexOf('}\n  ]'))}`)).toBe(true);
    expect(appended.endsWith('    }\n  ]\n}\n')).toBe(true);
  });

  it('writes to a manifest of an older pipeline, which has only what is needed', async () => {
    const { store, files } = await makeStore();
    await writeFile(files.flat, JSON.stringify(makeScene(batch, 1)));
    await writeFile(
      files.manifest,
      '{"schema_version":1,"batch_id":"BATCH_001","active_version":1,"versions":[{"version":1,"artifact":"ep_001_BATCH_001.json"}]}',
    );
    expect((await store.conform(batch, 1)).manifest.versions[0]).toMatchObject({ state: 'approved' });
    expect((await store.writeSceneCandidate(batch, makeScene(batch, 2))).version).toBe(2);
    expect((await store.markDerived(batch, 1)).manifest?.versions[0]).toMatchObject({ downstream: 'derived' });
  });
});

describe('expectedRevision', () => {
  const operations = {
    writeSceneCandidate: (store: SceneVersionStore, expectedRevision: Revision) =>
      store.writeSceneCandidate(batch, makeScene(batch, 9), { expectedRevision }),
    conform: (store: SceneVersionStore, expectedRevision: Revision) => store.conform(batch, 3, { expectedRevision }),
    revert: (store: SceneVersionStore, expectedRevision: Revision) => store.revert(batch, 3, { expectedRevision }),
    markDerived: (store: SceneVersionStore, expectedRevision: Revision) =>
      store.markDerived(batch, 2, { expectedRevision }),
  };
  it.each(Object.keys(operations) as (keyof typeof operations)[])(
    '%s: a mismatch is a conflict that carries the batch as it is now',
    async (name) => {
      const { store, files, author, dataFolder } = await withVersions(3);
      const { revision } = await store.conform(batch, 3);
      const other = new SceneVersionStore({ scenesFolder: files.scenesFolder, episode: 1, author, dataFolder });
      const now = await other.conform(batch, 2, { note: 'in between' });
      const before = await snapshot(files.scenesFolder);
      const failure = await failureOf(operations[name](store, revision));
      expect(failure.code).toBe('conflict');
      expect(failure.details).toMatchObject({ manifest: now.manifest, revision: now.revision });
      expect(failure.details?.ledger).toEqual((await readLedger(files.ledger)).lines);
      expect(await snapshot(files.scenesFolder)).toEqual(before);
      await operations[name](store, now.revision);
    },
  );

  it('notices a manifest that changed between the first look and the lock', async () => {
    const { files, author, dataFolder, store } = await withVersions(3);
    const { revision } = await store.conform(batch, 3);
    let isDone = false;
    const late = new SceneVersionStore({
      scenesFolder: files.scenesFolder,
      episode: 1,
      author,
      dataFolder,
      steps: async (name) => {
        if (name !== 'folder held' || isDone) return;
        isDone = true;
        await writeFile(
          files.manifest,
          (await readFile(files.manifest, 'utf8')).replace('"active_version": 3', '"active_version": 1'),
        );
      },
    });
    expect((await failureOf(late.conform(batch, 2, { expectedRevision: revision }))).code).toBe('conflict');
    expect(await readJson(files.manifest)).toMatchObject({ active_version: 1 });
    // Without an expectation it is made again for what stands there now.
    isDone = false;
    expect((await late.conform(batch, 2)).manifest.active_version).toBe(2);
    expect((await readdir(files.scenesFolder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('is absent for a batch without a manifest', async () => {
    const { store } = await withVersions(1);
    await store.writeSceneCandidate(batch, makeScene(batch, 2), { expectedRevision: absentRevision });
    expect(
      (await failureOf(store.writeSceneCandidate(batch, makeScene(batch, 3), { expectedRevision: absentRevision })))
        .code,
    ).toBe('conflict');
  });
});

describe('markDerived', () => {
  it('opens the gate of the active version, once', async () => {
    const { store, files } = await withVersions(2);
    await store.conform(batch, 2);
    expect((await store.markDerived(batch, 2)).manifest?.versions[1]).toMatchObject({ downstream: 'derived' });
    const before = await snapshot(files.scenesFolder);
    await store.markDerived(batch, 2);
    expect(await snapshot(files.scenesFolder)).toEqual(before);
  });

  it('looks for the version first, and then whether it is active', async () => {
    const { store } = await withVersions(2);
    expect((await failureOf(store.markDerived(batch, 9))).code).toBe('notFound');
    expect((await failureOf(store.markDerived(batch, 2))).code).toBe('conflict');
  });

  it('answers a flat batch, and none, with nothing and writes nothing', async () => {
    const { store, scenesFolder } = await makeStore();
    expect(await store.markDerived(batch, 1)).toEqual({ manifest: null, revision: absentRevision, problems: [] });
    expect(await readdir(scenesFolder)).toEqual([]);
  });
});

describe('what is written', () => {
  it('keeps the text of numbers that a double does not hold, and key order, in a body', async () => {
    const { store, scenesFolder } = await withVersions(2);
    const text =
      '{"z": 12345678901234567890, "scene_id": "BATCH_001", "a": 0.1234567890123456789, "beats": [{"été": "日本"}]}';
    const scene = parseExact(text);
    if (!isJsonObject(scene)) throw new Error('no scene');
    await store.writeSceneCandidate(batch, scene);
    const written = await readFile(join(scenesFolder, 'ep_001_BATCH_001.v003.json'), 'utf8');
    expect(written).toBe(`${stringifyExact(scene, 2)}\n`);
    expect(written).toContain('"z": 12345678901234567890');
    expect(written).toContain('"été": "日本"');
  });

  it('can nest as deep as can be read back', async () => {
    const { store } = await withVersions(2);
    const scene = parseExact(JSON.stringify({ ...makeScene(batch, 3), deep: nested(499) }));
    const { version } = await store.writeSceneCandidate(batch, scene);
    expect((await store.conform(batch, version)).manifest.active_version).toBe(3);
  });

  it('leaves no body behind whose manifest could not be written', async () => {
    const { scenesFolder, author, dataFolder, files } = await withVersions(2);
    const before = await snapshot(scenesFolder);
    const store = new SceneVersionStore({
      scenesFolder,
      episode: 1,
      author,
      dataFolder,
      lockTiming: { holdMs: 150 },
      steps: async (name) => {
        if (name === 'temp unlinked') await new Promise((resolve) => setTimeout(resolve, 200));
      },
    });
    const failure = await failureOf(store.writeSceneCandidate(batch, makeScene(batch, 3)));
    expect(failure).toMatchObject({ code: 'locked', details: { reason: 'lost' } });
    expect(await snapshot(scenesFolder)).toEqual(before);
    expect(await readdir(scenesFolder)).not.toContain(files.lockFolder);
  });

  it('never writes through a lock file or a ledger that is a link', async () => {
    const { store, files } = await withVersions(2);
    const elsewhere = await makeFolder();
    await writeFile(join(elsewhere, 'precious'), 'precious');
    await rm(files.lock);
    await symlink(join(elsewhere, 'precious'), files.lock);
    await store.conform(batch, 2);
    expect(await readFile(join(elsewhere, 'precious'), 'utf8')).toBe('precious');
    await rm(files.ledger);
    await symlink(join(elsewhere, 'precious'), files.ledger);
    expect((await failureOf(store.revert(batch, 1))).code).toBe('io');
    expect(await readFile(join(elsewhere, 'precious'), 'utf8')).toBe('precious');
    expect(await readJson(files.manifest)).toMatchObject({ active_version: 2 });
  });

  it('never waits for a named pipe that stands in place of a ledger, a lock file or a manifest', async () => {
    const { store, files, scenesFolder, project } = await withVersions(2);
    const pipe = async (path: string): Promise<void> => {
      await rm(path, { force: true });
      execFileSync('mkfifo', [path]);
    };
    await pipe(files.ledger);
    const before = await snapshot(scenesFolder);
    expect((await failureOf(store.conform(batch, 2))).code).toBe('io');
    expect((await failureOf(store.conform(batch, 2, { expectedRevision: absentRevision }))).code).toBe('conflict');
    expect(await snapshot(scenesFolder)).toEqual(before);
    await rm(files.ledger);
    await pipe(files.lock);
    await store.conform(batch, 2);
    await mkdir(files.lockFolder);
    const { session } = await openSession(project);
    const view = await session.getBatch(refOf('harbor', 1, batch));
    expect(view).toMatchObject({ activeVersion: 2, lock: { user: null } });
    await pipe(files.manifest);
    expect((await failureOf(store.conform(batch, 1))).code).toBe('damaged');
  });

  it('tells a conflict nothing of what a ledger that is a link leads to', async () => {
    const { store, files } = await withVersions(2);
    const elsewhere = join(await makeFolder(), 'ledger');
    await rename(files.ledger, elsewhere);
    await symlink(elsewhere, files.ledger);
    const failure = await failureOf(store.conform(batch, 2, { expectedRevision: absentRevision }));
    expect(failure).toMatchObject({ code: 'conflict', details: { ledger: [] } });
  });

  it('works on real pipeline output', async () => {
    const { store, scenesFolder, filesOf } = await overCopy('harbor-lights');
    const id = parseBatchId('BATCH_003');
    const before = await readFile(filesOf('BATCH_003').manifest, 'utf8');
    await cp(scenesFolder, `${scenesFolder}-before`, { recursive: true });
    await mkdir(join(scenesFolder, 'unrelated'), { recursive: true });
    const { manifest } = await store.conform(id, 2);
    await store.revert(id, JSON.parse(before).active_version);
    expect(manifest.active_version).toBe(2);
    expect(await readFile(filesOf('BATCH_003').manifest, 'utf8').then((text) => text.split('\n').length)).toBe(
      before.split('\n').length,
    );
  });
});
