/** Our process is killed between every two steps of a write; what it leaves must harm nobody. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { absentRevision, parseBatchId } from '../../../shared/ids.ts';
import { readLedger } from '../ledger/ledger.ts';
import { parseManifest } from '../reading/manifest.ts';
import { batchFiles } from '../sceneFiles.ts';
import { makeScene } from '../testing/testOrders.ts';
import { type BuiltWriter, buildWriter, type Order, Writer } from '../testing/testProcesses.ts';
import { makeProject } from '../testing/testStores.ts';
import { SceneVersionStore } from './sceneVersionStore.ts';

const batch = parseBatchId('BATCH_001');
let built: BuiltWriter;
beforeAll(async () => {
  built = await buildWriter();
});

const orphan = '{"schema_version": 1, "scene_id": "BATCH_001", "beats": [], "title": "what a crashed writer left"}\n';

/** Some versions that were acknowledged, and a body that no entry names. */
async function makeBatch(versions: number) {
  const place = await makeProject();
  const store = new SceneVersionStore({ ...place, episode: 1, author: () => ({ user: 'anna', host: 'ws-12' }) });
  for (let version = 1; version <= versions; version += 1) {
    await store.writeSceneCandidate(batch, makeScene(batch, version), {
      parentVersion: version > 1 ? version - 1 : null,
    });
  }
  if (versions > 1) await store.conform(batch, 2, { note: 'acknowledged' });
  await writeFile(join(place.scenesFolder, 'ep_001_BATCH_001.v007.json'), orphan);
  return { ...place, store, files: batchFiles(place.scenesFolder, 1, batch) };
}

type Batch = Awaited<ReturnType<typeof makeBatch>>;

async function readBodies({ scenesFolder }: Batch): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(scenesFolder)).filter((name) => /^ep_001_BATCH_001(\.v\d+)?\.json$/.test(name));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(scenesFolder, name), 'utf8')] as const)),
  );
}

async function readWhole({ files }: Batch) {
  const bytes = await readFile(files.manifest).catch(() => null);
  return bytes === null ? null : parseManifest(bytes, batch, 'the manifest');
}

/** One round; false once the write was through before the kill. */
async function killAt(step: number, versions: number, order: Order): Promise<{ wasKilled: boolean; nextMs: number }> {
  const place = await makeBatch(versions);
  const before = await readWhole(place);
  const toldBefore = (await readLedger(place.files.ledger)).lines;
  const writer = new Writer({ built, ...place, killAt: step });
  const answer = await writer.order(order);
  if (answer === null) expect(await writer.ended).toEqual({ code: null, signal: 'SIGKILL' });

  const left = await readWhole(place);
  const bodies = await readBodies(place);
  // Whole, and either as it was or as it was to become.
  expect(left?.problems ?? []).toEqual([]);
  expect(left?.isWritable ?? true).toBe(true);
  const acknowledged = before?.manifest?.versions ?? [];
  expect(left?.manifest?.versions.slice(0, acknowledged.length).map(({ version }) => version) ?? []).toEqual(
    acknowledged.map(({ version }) => version),
  );
  if (order.kind === 'append' && before?.manifest) expect(left?.manifest?.active_version).toBe(2);
  for (const { artifact } of left?.manifest?.versions ?? []) expect(bodies.has(artifact)).toBe(true);

  const begun = performance.now();
  const next = await place.store.writeSceneCandidate(batch, makeScene(batch, 99));
  const nextMs = performance.now() - begun;
  expect(nextMs).toBeLessThan(1000);
  expect(next.problems).toEqual([]);

  const after = await readWhole(place);
  const bodiesAfter = await readBodies(place);
  for (const [name, text] of bodies) expect(bodiesAfter.get(name)).toBe(text);
  expect(bodiesAfter.get('ep_001_BATCH_001.v007.json')).toBe(orphan);
  expect(bodiesAfter.size).toBe(bodies.size + 1);
  expect(after?.manifest?.versions.map(({ version }) => version) ?? []).toHaveLength(
    (left?.manifest?.versions.length ?? 0) + (after === null ? 0 : left === null ? 2 : 1),
  );
  // What was decided before is told for ever, and what was done without a line is told as seen.
  const ledger = await readLedger(place.files.ledger);
  expect(ledger.problems.filter(({ code }) => code !== 'ledger_torn')).toEqual([]);
  expect(ledger.lines.slice(0, toldBefore.length)).toEqual(toldBefore);
  expect(ledger.lines.at(-1)?.revision).toBe(after?.revision ?? absentRevision);
  if (left !== null && left.revision !== before?.revision) {
    expect(ledger.lines.some(({ revision }) => revision === left.revision)).toBe(true);
  }
  if (answer?.kind === 'done' && order.kind === 'conform') expect(after?.manifest?.active_version).toBe(order.version);
  return { wasKilled: answer === null, nextMs };
}

/** Most of a round is the start of a process. */
const roundsAtOnce = 4;

const cases: readonly { readonly title: string; readonly versions: number; readonly order: Order }[] = [
  { title: 'an append', versions: 3, order: { kind: 'append', batchId: batch, duration: 50 } },
  { title: 'a conform', versions: 3, order: { kind: 'conform', batchId: batch, version: 3 } },
  {
    title: 'the first append, which makes the manifest',
    versions: 1,
    order: { kind: 'append', batchId: batch, duration: 50 },
  },
  { title: 'the first body of a batch', versions: 0, order: { kind: 'append', batchId: batch, duration: 50 } },
];

it.each(cases)(
  'leaves a whole manifest and lets the next writer in within 1 s, killed between any two steps of $title',
  async ({ title, versions, order }) => {
    let steps = 0;
    let slowest = 0;
    for (let isThrough = false; !isThrough; ) {
      const next = Array.from({ length: roundsAtOnce }, (_, at) => killAt(steps + at + 1, versions, order));
      for (const { wasKilled, nextMs } of await Promise.all(next)) {
        slowest = Math.max(slowest, nextMs);
        if (wasKilled) steps += 1;
        else isThrough = true;
      }
    }
    console.log(
      `${title}: killed after each of ${steps} steps; the next writer was through in ${slowest.toFixed(0)} ms at most`,
    );
    expect(steps).toBeGreaterThan(12);
  },
  120_000,
);
