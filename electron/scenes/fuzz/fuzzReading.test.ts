/** Random batches among sound ones: reading never throws but what a person may be told, shows the others as they are, and writes nothing. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { BatchRow } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { parseBatchId } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { makeScene } from '../testing/testOrders.ts';
import { refOf } from '../testing/testWorkspaces.ts';
import { WorkspaceSession } from '../workspace/workspaceSession.ts';
import { batchId, type FuzzedFiles, fuzzedFiles } from './fuzzedBatch.ts';
import { fuzzRuns, fuzzTimeout } from './fuzzRuns.ts';
import { changedNames, type FuzzWorld, storeOver, withWorld } from './fuzzWorld.ts';

const ref = refOf('harbor', 1, batchId);
const neighbours = ['BATCH_002', 'BATCH_003'].map((id) => refOf('harbor', 1, id));

/** A flat batch and one with a manifest and a ledger. */
let sound: ReadonlyMap<string, Buffer> = new Map();
let soundRows: readonly BatchRow[] = [];

const rowsOfNeighbours = (rows: readonly BatchRow[]) =>
  rows.filter((row) => row.batchId !== batchId).map(({ checked: _checked, characters: _characters, ...row }) => row);

beforeAll(async () => {
  await withWorld(new Map(), async (world) => {
    const store = storeOver(world);
    for (const { batchId: id } of neighbours) await store.writeSceneCandidate(id, makeScene(id, 1));
    const last = parseBatchId('BATCH_003');
    await store.writeSceneCandidate(last, makeScene(last, 2));
    await store.closing();
    sound = await world.files();
    soundRows = await withSession(world, (session) => session.listBatches());
  });
});

async function withSession<Value>(
  world: FuzzWorld,
  use: (session: WorkspaceSession) => Promise<Value>,
): Promise<Value> {
  const session = new WorkspaceSession({
    dataFolder: world.dataFolder,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    notify: () => undefined,
  });
  try {
    await session.open(world.workspace);
    return await use(session);
  } finally {
    await session.close();
  }
}

/** Damage is told as `damaged`, what is not there as `notFound`; nothing else can be wrong with reading. */
async function readOrRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    expect(['damaged', 'notFound'], error.message).toContain(error.code);
  }
}

const isTold = ({ code, message, severity }: Problem): boolean =>
  code.length > 0 && /^\S.*[.…]$/s.test(message) && ['error', 'warning'].includes(severity);

async function readAll(files: FuzzedFiles): Promise<void> {
  await withWorld(new Map([...sound, ...files]), async (world) => {
    const before = await world.files();
    await withSession(world, async (session) => {
      const rows = await session.listBatches();
      expect(rowsOfNeighbours(rows)).toEqual(rowsOfNeighbours(soundRows));
      const own = rows.filter((row) => row.batchId === batchId);
      expect(own).toHaveLength(
        [...files.keys()].some((name) => /^ep_001_BATCH_001\.(?:v\d+\.)?(?:versions\.)?json$/.test(name)) ? 1 : 0,
      );
      if (own.length > 0) await readBatch(session);
      const { problems } = await session.verifyWorkspace();
      expect(problems.filter((each) => each.batchId !== batchId)).toEqual([]);
      expect(problems.every(isTold)).toBe(true);
    });
    expect(changedNames(before, await world.files())).toEqual([]);
  });
}

async function readBatch(session: WorkspaceSession): Promise<void> {
  const batch = await session.getBatch(ref);
  expect(batch.problems.every(isTold)).toBe(true);
  expect(batch.versions.filter(({ isActive }) => isActive).length).toBeLessThanOrEqual(1);
  // What is shown crosses to the page as plain data, in both of its forms.
  expect(JSON.stringify(structuredClone(batch))).toBe(JSON.stringify(batch));
  const versions = batch.versions.map(({ version }) => version).slice(0, 3);
  for (const version of [...versions, 999_999]) {
    await readOrRefused(session.readScene(ref, version));
    await readOrRefused(session.compareVersions(ref, versions[0] ?? 1, version));
  }
}

test(
  'whatever stands in a batch, it is told of, the others are shown as they are, and nothing is written',
  async () => {
    await fc.assert(fc.asyncProperty(fuzzedFiles, readAll), fuzzRuns(60));
  },
  fuzzTimeout(60),
);
