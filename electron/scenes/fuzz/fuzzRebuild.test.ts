/** Manifests rebuilt from whatever a ledger and a folder hold: what comes out can be written, is told as it is, and nothing is lost for it. */
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { FailureError } from '../../../shared/failure.ts';
import { parseBatchId } from '../../../shared/ids.ts';
import { ledgerActions } from '../../../shared/ledger.ts';
import { BodyCache } from '../reading/bodyCache.ts';
import { parseManifest } from '../reading/manifest.ts';
import { makeScene } from '../testing/testOrders.ts';
import { batchId, prefix } from './fuzzedBatch.ts';
import { anyDamage } from './fuzzedJson.ts';
import { fuzzRuns, fuzzTimeout, runUntil } from './fuzzRuns.ts';
import { changedNames, type FuzzWorld, storeOver, withWorld } from './fuzzWorld.ts';

const batch = parseBatchId(batchId);
const manifestFile = `${prefix}.versions.json`;
const ledgerFile = `${prefix}.decisions.jsonl`;

/** Three versions, a few decisions, and the body of a neighbour. */
let sound: ReadonlyMap<string, Buffer> = new Map();

beforeAll(async () => {
  await withWorld(new Map(), async (world) => {
    const store = storeOver(world);
    for (const version of [1, 2, 3]) await store.writeSceneCandidate(batch, makeScene(batch, version));
    await store.conform(batch, 2, { note: 'Zwei' });
    await store.markDerived(batch, 2);
    await store.writeSceneCandidate(parseBatchId('BATCH_002'), makeScene('BATCH_002', 1));
    await store.closing();
    sound = await world.files();
  });
});

const version = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 8 }), weight: 8 },
  fc.constantFrom(0, -1, 1.5, 2 ** 53 - 1, 2 ** 53, 1e300, '3', null),
);
const artifact = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 8 }).map((number) => `${prefix}.v00${number}.json`), weight: 6 },
  fc.constantFrom(
    '../x',
    '../../../../etc/hostname',
    '/etc/hostname',
    '',
    '.',
    'a\u0000b',
    'n'.repeat(300),
    manifestFile,
  ),
  fc.constantFrom(ledgerFile, 'ep_001_BATCH_002.json', 'ep_001_BATCH_002.v002.json', `${prefix}.json`, '__proto__'),
);
const entry = fc.record(
  {
    version,
    artifact,
    state: fc.constantFrom('approved', 'candidate', 'other', 7, null),
    downstream: fc.constantFrom('derived', 'not_derived', null, 'no'),
    structure_fingerprint: fc.constantFrom('sf1:00', null, 3),
    ['__proto__']: fc.jsonValue(),
    unknown: fc.jsonValue(),
  },
  { requiredKeys: ['version', 'artifact'] },
);
const deep = `${'['.repeat(600)}${']'.repeat(600)}`;

const line = fc
  .record(
    {
      seq: fc.oneof(fc.nat(9), fc.constantFrom(-1, 1e300)),
      action: fc.constantFrom(...ledgerActions),
      from: fc.constantFrom(null, 1, 2),
      to: fc.oneof(fc.constantFrom(null, 1, 2, 3, 99, -4, 2 ** 53), fc.integer({ min: 1, max: 8 })),
      entries: fc.array(entry, { maxLength: 4 }),
    },
    { requiredKeys: ['seq', 'action', 'from', 'to'] },
  )
  .map((fields) => ({
    at: '2026-11-21T10:00:00.000Z',
    by: { user: 'eva', host: 'ws-3' },
    fingerprint: null,
    revision: 'absent',
    note: null,
    prev: null,
    ...fields,
  }));

const lineText = fc.oneof(
  { arbitrary: line.map((made) => JSON.stringify(made)), weight: 8 },
  fc.constantFrom('', 'no line', '{"seq": 1', `{"deep": ${deep}}`),
  line
    .map((made) => JSON.stringify({ ...made, entries: [{ version: 2, artifact: `${prefix}.v002.json` }] }))
    .map((text) => text.replace('"entries":[{', `"entries":[{"deep":${deep},`)),
);

const bodies = fc.array(
  fc.tuple(
    fc.constantFrom('v003', 'v0003', 'v004', 'v00000005', 'v9007199254740991', 'v9007199254740993', 'v000', 'v1000'),
    fc.oneof({ arbitrary: fc.constant(batchId), weight: 4 }, fc.constantFrom('BATCH_002', 'torn')),
  ),
  { maxLength: 4 },
);

const damagedManifest = fc.oneof(
  fc.tuple(anyDamage, fc.boolean()).map(
    ([damage, isTwice]) =>
      (bytes: Buffer) =>
        damage(isTwice ? damage(bytes) : bytes),
  ),
  fc.constantFrom(
    (bytes: Buffer) => Buffer.from(bytes.toString().replace('"BATCH_001"', '"BATCH_002"')),
    (bytes: Buffer) =>
      Buffer.from(`${bytes.toString().replace('"versions"', '"x": 0.10, "__proto__": {"a": 1}, "versions"')}}`),
    (bytes: Buffer) => Buffer.from(bytes.toString().replace('"state"', '"state": 7, "was"')),
    (bytes: Buffer) => Buffer.from(bytes.toString().replace('"version": 2', '"version": 3')),
  ),
);

let rebuilt = 0;

async function requireWhole(
  { scenesFolder }: FuzzWorld,
  damaged: Buffer,
  after: ReadonlyMap<string, Buffer>,
  keptAs: string,
) {
  const { manifest, isWritable, problems } = parseManifest(
    after.get(manifestFile) ?? Buffer.alloc(0),
    batch,
    manifestFile,
  );
  expect(problems).toEqual([]);
  expect(isWritable).toBe(true);
  expect(after.get(keptAs)).toEqual(damaged);
  const active = manifest?.versions.find((each) => each.version === manifest.active_version);
  const look = await new BodyCache().look(scenesFolder, active?.artifact ?? '');
  expect(look).toMatchObject({ kind: 'facts', facts: { sceneId: batchId } });
  return manifest;
}

test(
  'a rebuilt manifest can be written, points to a sound body, and loses no file and no line',
  async () => {
    const cases = fc.tuple(damagedManifest, fc.array(lineText, { maxLength: 8 }), fc.boolean(), bodies);
    const check = () =>
      fc.assert(
        fc.asyncProperty(cases, async ([damage, lines, isOwnLedger, extra]) => {
          const files = new Map(sound);
          const damaged = damage(sound.get(manifestFile) ?? Buffer.alloc(0));
          files.set(manifestFile, damaged);
          const own = isOwnLedger ? (sound.get(ledgerFile)?.toString() ?? '') : '';
          files.set(ledgerFile, Buffer.from(`${own}${lines.join('\n')}`));
          for (const [ending, id] of extra) {
            files.set(
              `${prefix}.${ending}.json`,
              Buffer.from(id === 'torn' ? '{"scene' : JSON.stringify(makeScene(id, 3))),
            );
          }
          await withWorld(files, async (world) => {
            const store = storeOver(world);
            try {
              const { preview, previewId } = await store.previewRepair(batch, { repair: 'rebuildManifest' });
              if (preview.repair !== 'rebuildManifest') throw new Error('another repair was previewed');
              expect(changedNames(files, await world.files())).toEqual([]);
              await store.rebuildManifest(batch, { confirm: previewId });
              const after = await world.files();
              const manifest = await requireWhole(world, damaged, after, preview.keptAs);
              expect(manifest?.active_version).toBe(preview.activeVersion);
              expect(manifest?.versions.map((each) => [each.version, each.artifact]).reverse()).toEqual(
                preview.versions.map((each) => [each.version, each.artifact]),
              );
              const ledger = files.get(ledgerFile) ?? Buffer.alloc(0);
              expect(after.get(ledgerFile)?.subarray(0, ledger.length)).toEqual(ledger);
              expect([...changedNames(files, after)].sort()).toEqual([ledgerFile, manifestFile, preview.keptAs].sort());
              rebuilt += 1;
              // The next decision goes on from there.
              await store.conform(batch, preview.activeVersion);
            } catch (error) {
              if (!(error instanceof FailureError)) throw error;
              expect(['damaged', 'notFound'], error.message).toContain(error.code);
              expect(changedNames(files, await world.files()), join(world.scenesFolder, error.message)).toEqual([]);
            } finally {
              await store.closing();
            }
          });
        }),
        fuzzRuns(50),
      );
    await runUntil(() => rebuilt > 10, check);
    expect(rebuilt).toBeGreaterThan(10);
  },
  fuzzTimeout(50),
);
