import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { BatchRow } from '../../../shared/contract.ts';
import { isProjectName } from '../../../shared/ids.ts';
import { buildReadingWorker, writeWorker } from '../testing/testReadingWorker.ts';
import { copyWorkspaces, makeFolder } from '../testing/testWorkspaces.ts';
import { listEpisode, partOfOrder, partsOf } from '../workspace/listedEpisode.ts';
import { checkPart } from '../workspace/partCheck.ts';
import { readRows } from '../workspace/rowReading.ts';
import { type LocatedBatch, listEpisodes, openWorkspaceFolder } from '../workspace/workspace.ts';
import { readBatch } from './batchReader.ts';
import type { Assembled } from './batchView.ts';
import { BodyCache } from './bodyCache.ts';
import type { RowsOrder } from './readingOrders.ts';
import { chooseReadingWorker, ReadingThreads } from './readingThreads.ts';

let built: URL;
beforeAll(async () => {
  built = await buildReadingWorker();
}, 60_000);
afterEach(() => chooseReadingWorker(built));

function startThreads(url = built) {
  chooseReadingWorker(url);
  const warnings: string[] = [];
  const threads = new ReadingThreads((message) => warnings.push(message));
  onTestFinished(() => threads.close());
  return { threads, warnings };
}

function asOrder({ project, ...rest }: Omit<RowsOrder, 'project'> & { readonly project: string }): RowsOrder {
  if (!isProjectName(project)) throw new Error(`${project} is no project's name`);
  return { ...rest, project };
}

const fail = (): never => {
  throw new Error('nobody should have been asked');
};

/** The workspaces of the tests, with everything odd that a name may lead to besides. */
async function oddWorkspace(): Promise<string> {
  const workspace = await copyWorkspaces();
  const scenes = join(workspace, 'harbor-lights/ep_001/scenes');
  const manifest = (batch: string) => join(scenes, `ep_001_${batch}.versions.json`);
  await rename(manifest('BATCH_003'), join(workspace, 'outside.versions.json'));
  await symlink(join(workspace, 'outside.versions.json'), manifest('BATCH_003'));
  await rename(manifest('BATCH_004'), join(scenes, 'inside.json'));
  await symlink('inside.json', manifest('BATCH_004'));
  await rm(manifest('BATCH_006'), { force: true });
  execFileSync('mkfifo', [manifest('BATCH_006')]);
  await rm(manifest('BATCH_007'), { force: true });
  await mkdir(manifest('BATCH_007'));
  await chmod(join(scenes, 'ep_001_BATCH_008.json'), 0o000).catch(() => undefined);
  await writeFile(join(scenes, 'ep_001_BATCH_901.versions.json'), Buffer.from([0x7b, 0xff, 0x7d]));
  await writeFile(join(scenes, 'ep_001_BATCH_902.versions.json'), '');
  return workspace;
}

async function listed(workspace: string) {
  const episodes = await listEpisodes(await openWorkspaceFolder(workspace));
  return Promise.all(episodes.map((episode) => listEpisode(episode, 1, fail)));
}

/** As `readRows` does it for few batches: by ourselves. */
async function rowsByOurselves(workspace: string): Promise<ReadonlyMap<string, BatchRow | null>> {
  const { threads } = startThreads();
  const rows = new Map<string, BatchRow | null>();
  await readRows({
    episodes: await listEpisodes(await openWorkspaceFolder(workspace)),
    threads,
    begun: 1,
    knownSignature: () => null,
    onRow: ({ scenesFolder, ref }, { row }) => rows.set(`${scenesFolder}/${ref.batchId}`, row),
    warn: fail,
  });
  return rows;
}

test('a thread gives the same rows as reading by ourselves, and leaves everything unusual to it', async () => {
  const workspace = await oddWorkspace();
  const expected = await rowsByOurselves(workspace);
  const { threads, warnings } = startThreads();
  const plain: string[] = [];
  const unusual: string[] = [];
  for (const part of (await listed(workspace)).flatMap((episode) => partsOf(episode, 7))) {
    const rows = await threads.rows({ kind: 'rows', ...partOfOrder(part), known: part.batches.map(() => null) });
    for (const [index, { scenesFolder, ref }] of part.batches.entries()) {
      const read = rows?.[index] ?? null;
      (read === null ? unusual : plain).push(`${ref.project}/${ref.episode}/${ref.batchId}`);
      if (read !== null) expect(read.row, ref.batchId).toEqual(expected.get(`${scenesFolder}/${ref.batchId}`));
    }
  }
  expect(warnings).toEqual([]);
  for (const batch of ['BATCH_003', 'BATCH_004', 'BATCH_006', 'BATCH_007', 'BATCH_901', 'BATCH_902']) {
    expect(unusual).toContain(`harbor-lights/1/${batch}`);
  }
  expect(unusual).toContain('damaged/1/BATCH_001');
  expect(plain).toContain('harbor-lights/1/BATCH_002');
  expect(plain.length).toBeGreaterThan(15);
});

test('a thread finds the same in bodies, manifests and ledgers as looking by ourselves', async () => {
  const workspace = await oddWorkspace();
  const { threads } = startThreads();
  const bodies = new BodyCache();
  const found: { located: LocatedBatch; assembled: Assembled }[] = [];
  for (const part of (await listed(workspace)).flatMap((episode) => partsOf(episode, 7))) {
    // Twice: the second time the thread is told what is known, and says that it is the same.
    for (let time = 0; time < 2; time += 1) {
      await checkPart(part, {
        threads,
        bodies,
        readByOurselves: () => Promise.resolve(),
        onChecked: (located, { source, assembled }) => {
          expect(source.listing).toEqual(located.listing);
          found.push({ located, assembled });
        },
      });
    }
  }
  for (const { located, assembled } of found) {
    const { versions, problems, characters } = await readBatch(located, new BodyCache());
    expect(assembled, located.ref.batchId).toEqual({ versions, problems, characters });
  }
  expect(found.length).toBeGreaterThan(50);
});

test('a row whose manifest is the known one is not read again', async () => {
  const workspace = await copyWorkspaces();
  const { threads } = startThreads();
  const episode = (await listed(workspace)).find(({ project }) => project === 'harbor-lights');
  const part = episode && partsOf(episode, 100)[0];
  if (!part) throw new Error('The tests have no such workspace.');
  const order = { kind: 'rows', ...partOfOrder(part) } as const;
  const first = await threads.rows({ ...order, known: part.batches.map(() => null) });
  const known = part.batches.map((_, index) => first?.[index]?.signature ?? null);
  const again = await threads.rows({ ...order, known });
  expect(again?.map((read) => read?.row)).toEqual(part.batches.map(() => null));
  expect(again?.map((read) => read?.signature)).toEqual(known);
});

test('where a thread cannot be started, the caller reads by itself and is told once', async () => {
  const { threads, warnings } = startThreads(new URL('file:///no/such/worker.js'));
  const order = { kind: 'rows', project: 'film', episode: 1, scenesFolder: '/nowhere', names: '', known: [] } as const;
  const answers = await Promise.all(Array.from({ length: 20 }, () => threads.rows(asOrder(order))));
  expect(answers).toEqual(Array.from({ length: 20 }, () => null));
  expect(await threads.rows(asOrder(order))).toBeNull();
  expect(new Set(warnings).size).toBe(1);
});

test('a thread that dies at its work gives that order up, and another carries on', async () => {
  const script = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, order }) => {
      if (order.names === 'die') process.exit(3);
      parentPort.postMessage({ id, answer: '[]', openingMs: 0 });
    });`;
  const { threads, warnings } = startThreads(await writeWorker(await makeFolder(), script));
  const order = { kind: 'rows', project: 'film', episode: 1, scenesFolder: '/nowhere', known: [] } as const;
  expect(await threads.rows(asOrder({ ...order, names: '' }))).toEqual([]);
  const answers = await Promise.all(
    ['', 'die', '', '', 'die', ''].map((names) => threads.rows(asOrder({ ...order, names }))),
  );
  expect(answers.filter((answer) => answer === null).length).toBeGreaterThanOrEqual(2);
  await vi.waitFor(async () => expect(await threads.rows(asOrder({ ...order, names: '' }))).toEqual([]));
  expect(warnings.length).toBe(2);
});

test('closing gives up what is under way, and a later order starts threads again', async () => {
  const script = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, order }) => {
      if (order.names !== 'wait') parentPort.postMessage({ id, answer: '[]', openingMs: 0 });
    });`;
  const { threads } = startThreads(await writeWorker(await makeFolder(), script));
  const order = { kind: 'rows', project: 'film', episode: 1, scenesFolder: '/nowhere', known: [] } as const;
  const waiting = Array.from({ length: 9 }, () => threads.rows(asOrder({ ...order, names: 'wait' })));
  threads.close();
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => null));
  expect(await threads.rows(asOrder({ ...order, names: '' }))).toEqual([]);
});

test('slow openings bring more threads: a network drive is waited for', async () => {
  const folder = await makeFolder();
  const script = `
    import { parentPort, threadId } from 'node:worker_threads';
    import { writeFileSync } from 'node:fs';
    parentPort.on('message', ({ id }) => {
      writeFileSync(${JSON.stringify(folder)} + '/thread-' + threadId, '');
      setTimeout(() => parentPort.postMessage({ id, answer: '[]', openingMs: 4 }), 5);
    });`;
  const { threads } = startThreads(await writeWorker(folder, script));
  const before = threads.backgroundWidth;
  const order = { kind: 'rows', project: 'film', episode: 1, scenesFolder: '/nowhere', names: '', known: [] } as const;
  await Promise.all(Array.from({ length: 200 }, () => threads.rows(asOrder(order))));
  const started = (await readdir(folder)).filter((name) => name.startsWith('thread-')).length;
  expect(started).toBeGreaterThan(4);
  expect(threads.backgroundWidth).toBeGreaterThan(before);
});
