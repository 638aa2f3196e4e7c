/** Our process is killed between every two steps of a repair, and the pipeline writes before, between and after: nothing is lost and the batch is never without a manifest. */
import { appendFile, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readLedger } from '../ledger/ledger.ts';
import { useFlockWorker } from '../lock/flockWait.ts';
import { parseManifest } from '../reading/manifest.ts';
import type { RepairRequest } from '../store/storeOptions.ts';
import { makeScene } from '../testing/testOrders.ts';
import { type BuiltWriter, buildWriter, holdLock, Python, Writer, writeAlong } from '../testing/testProcesses.ts';
import { testBatch as batch, failureOf, makeStore } from '../testing/testStores.ts';

let built: BuiltWriter;
beforeAll(async () => {
  built = await buildWriter();
  useFlockWorker(built.flockWorker);
});

const damagedText = '{"schema_version": 1, "batch_id": "BATCH_001", "active_version": 3, "versions": [{"ver';
const tornText = '{"seq":6,"at":"2026';
const orphanName = 'ep_001_BATCH_001.v007.json';

/** v1 to v3, v2 active; what the repair is for. */
async function makeDamaged(repair: RepairRequest['repair'], onWaiting: () => void = () => undefined) {
  const made = await makeStore({ onWaiting });
  const { store, scenesFolder, files } = made;
  for (let version = 1; version <= 3; version += 1) {
    await store.writeSceneCandidate(batch, makeScene(batch, version), {
      parentVersion: version > 1 ? version - 1 : null,
    });
  }
  await store.conform(batch, 2);
  const whole = await readFile(files.manifest, 'utf8');
  await writeFile(join(scenesFolder, orphanName), JSON.stringify(makeScene(batch, 7)));
  if (repair === 'rebuildManifest') await writeFile(files.manifest, damagedText);
  if (repair === 'closeLedger') await appendFile(files.ledger, tornText);
  return { ...made, whole };
}

type Damaged = Awaited<ReturnType<typeof makeDamaged>>;

const readManifest = async ({ files }: Damaged) => parseManifest(await readFile(files.manifest), batch, 'the manifest');

const keptNames = async ({ scenesFolder }: Damaged) =>
  (await readdir(scenesFolder)).filter((name) => name.includes('.damaged-'));

/** Reads the manifest's bytes as long as it is asked to; a moment without one is an error of the test. */
function watchManifest({ files }: Damaged) {
  const seen = new Set<string>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) seen.add(await readFile(files.manifest, 'utf8'));
  })();
  return async () => {
    isOver = true;
    await watching;
    return seen;
  };
}

async function killAt(step: number, request: RepairRequest): Promise<boolean> {
  const made = await makeDamaged(request.repair);
  const told = (await readLedger(made.files.ledger)).lines;
  const before = await readFile(made.files.manifest, 'utf8');
  const stopWatching = watchManifest(made);
  const writer = new Writer({ built, ...made, killAt: step });
  const answer = await writer.order({ kind: 'repair', batchId: batch, repair: request });
  if (answer === null) expect(await writer.ended).toEqual({ code: null, signal: 'SIGKILL' });
  const seen = await stopWatching();

  const left = await readFile(made.files.manifest, 'utf8');
  seen.delete(before);
  seen.delete(left);
  // Nobody saw anything but the one before and the one after.
  expect([...seen]).toEqual([]);
  if (request.repair === 'rebuildManifest') {
    const kept = await keptNames(made);
    for (const name of kept) expect(await readFile(join(made.scenesFolder, name), 'utf8')).toBe(damagedText);
    if (left !== before) {
      expect(kept).toHaveLength(1);
      expect(left).toContain('"version": 7');
    }
  }

  // Where it was not done, it can be done again; where it was, there is nothing left to do.
  const begun = performance.now();
  const again = await made.store.repair(batch, request).catch((error: unknown) => error);
  const nextMs = performance.now() - begun;
  expect(nextMs).toBeLessThan(1000);
  if (again instanceof Error) expect(again).toMatchObject({ code: 'notFound' });
  await made.store.conform(batch, 3);
  const { manifest, problems } = await readManifest(made);
  expect(problems).toEqual([]);
  expect(manifest?.active_version).toBe(3);
  expect(manifest?.versions.map(({ version }) => version)).toEqual(
    request.repair === 'closeLedger' ? [1, 2, 3] : [1, 2, 3, 7],
  );
  const ledger = await readLedger(made.files.ledger);
  expect(ledger.problems.filter(({ code }) => code !== 'ledger_torn')).toEqual([]);
  expect(ledger.problems.filter(({ repair }) => repair !== undefined)).toEqual([]);
  expect(ledger.lines.slice(0, told.length)).toEqual(told);
  // Told once as a repair, or, where we died before the line, as found outside the ledger.
  const repairs = ledger.lines.filter(({ action }) => action === 'repair').length;
  const observed = ledger.lines.filter(({ action }) => action === 'observed').length;
  expect(repairs).toBeLessThanOrEqual(1);
  expect(repairs + observed).toBeGreaterThanOrEqual(1);
  return answer === null;
}

/** Most of a round is the start of a process. */
const roundsAtOnce = 4;

it.each<RepairRequest>([
  { repair: 'adoptOrphan', version: 7 },
  { repair: 'rebuildManifest' },
  { repair: 'closeLedger' },
])(
  'loses nothing and lets the next one finish, killed between any two steps of $repair',
  async (request) => {
    let steps = 0;
    for (let isThrough = false; !isThrough; ) {
      const next = Array.from({ length: roundsAtOnce }, (_, at) => killAt(steps + at + 1, request));
      for (const wasKilled of await Promise.all(next)) {
        if (wasKilled) steps += 1;
        else isThrough = true;
      }
    }
    console.log(`${request.repair}: killed after each of ${steps} steps`);
    expect(steps).toBeGreaterThan(6);
  },
  120_000,
);

/** As the pipeline writes: nobody sees half of it. */
async function putInPlace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** What the repair was shown for is changed while it waits, so that only a look under the lock can tell. */
async function failsAfterChange(request: RepairRequest, change: (made: Damaged) => Promise<void>) {
  let isWaiting: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    isWaiting = resolve;
  });
  const made = await makeDamaged(request.repair, () => isWaiting());
  const { previewId } = await made.store.previewRepair(batch, request);
  const pipeline = new Python(holdLock, [made.files.lock]);
  await pipeline.heard('held');
  const repairing = failureOf(made.store.repair(batch, request, { confirm: previewId }));
  await waiting;
  await change(made);
  pipeline.say('');
  return { made, failure: await repairing };
}

it('asks again where the pipeline registered another version while the repair waited for its lock', async () => {
  const { made, failure } = await failsAfterChange({ repair: 'adoptOrphan', version: 7 }, async ({ whole, files }) => {
    const manifest = JSON.parse(whole);
    manifest.versions.push({ version: 4, artifact: 'ep_001_BATCH_001.v004.json' });
    await putInPlace(files.manifest, JSON.stringify(manifest));
  });
  expect(failure.code).toBe('conflict');
  expect(failure.details).toMatchObject({ preview: { repair: 'adoptOrphan', version: 7 } });
  expect(JSON.parse(await readFile(made.files.manifest, 'utf8')).versions).toHaveLength(4);
});

it('finds nothing left to rebuild where the pipeline put the manifest back while the repair waited', async () => {
  const { made, failure } = await failsAfterChange({ repair: 'rebuildManifest' }, async ({ whole, files }) => {
    await putInPlace(files.manifest, whole);
  });
  expect(failure.code).toBe('notFound');
  expect(await readFile(made.files.manifest, 'utf8')).toBe(made.whole);
  expect(await keptNames(made)).toEqual([]);
});

it.each<RepairRequest>([
  { repair: 'adoptOrphan', version: 7 },
  { repair: 'rebuildManifest' },
  { repair: 'closeLedger' },
])('leaves a batch that the pipeline goes on with, and goes on after the pipeline: $repair', async (request) => {
  const made = await makeDamaged(request.repair);
  await made.store.repair(batch, request);
  const pipeline = new Python(writeAlong, [made.scenesFolder, batch, '0.2']);
  expect(await pipeline.ended, pipeline.errors).toEqual({ code: 0, signal: null });
  expect(pipeline.lines.length).toBeGreaterThan(0);
  const { manifest, problems } = await readManifest(made);
  expect(problems).toEqual([]);
  // Above the orphan, adopted or not, and nothing of before is gone.
  const versions = manifest?.versions.map(({ version }) => version) ?? [];
  expect(versions.slice(0, 3)).toEqual([1, 2, 3]);
  expect(versions.at(-1)).toBe(7 + pipeline.lines.length);
  expect(manifest?.active_version).toBe(2);
  expect((await made.store.conform(batch, 8)).problems).toEqual([]);
  const ledger = await readLedger(made.files.ledger);
  expect(ledger.problems.filter(({ code }) => code !== 'ledger_torn')).toEqual([]);
});
