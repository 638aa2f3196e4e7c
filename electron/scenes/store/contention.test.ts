/** One batch, written at once by the pipeline and by two processes of ours. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseBatchId } from '../../../shared/ids.ts';
import { parseLedger } from '../ledger/ledger.ts';
import { parseManifest } from '../reading/manifest.ts';
import { batchFiles } from '../sceneFiles.ts';
import { makeScene, type WriterAnswer } from '../testing/testOrders.ts';
import { buildWriter, Python, Writer, writeAlong } from '../testing/testProcesses.ts';
import { makeProject } from '../testing/testStores.ts';
import { SceneVersionStore } from './sceneVersionStore.ts';

const seconds = 10;

it('loses no version and gives none away twice while a pipeline in Python and two of our processes write for 10 s', async () => {
  const built = await buildWriter();
  const { scenesFolder, dataFolder } = await makeProject();
  const batch = parseBatchId('BATCH_001');
  const files = batchFiles(scenesFolder, 1, batch);
  const store = new SceneVersionStore({
    scenesFolder,
    episode: 1,
    dataFolder,
    author: () => ({ user: 'a', host: 'h' }),
  });
  await store.writeSceneCandidate(batch, makeScene(batch, 1));
  await store.writeSceneCandidate(batch, makeScene(batch, 2));

  const writers = [new Writer({ built, scenesFolder, dataFolder }), new Writer({ built, scenesFolder, dataFolder })];
  await Promise.all(writers.map((writer) => writer.heard(({ kind }) => kind === 'ready')));
  const end = Date.now() + seconds * 1000;
  const pipeline = new Python(writeAlong, [scenesFolder, batch, String(seconds)]);
  const refused: WriterAnswer[] = [];
  const appended: number[] = [];
  let conforms = 0;
  const writeOn = async (writer: Writer, salt: number): Promise<void> => {
    for (let count = 0; Date.now() < end; count += 1) {
      const answer = await writer.order({ kind: 'append', batchId: batch, duration: salt + count });
      if (answer?.kind === 'done' && answer.version !== null) {
        appended.push(answer.version);
        const conformed = await writer.order({ kind: 'conform', batchId: batch, version: answer.version });
        if (conformed?.kind === 'done') conforms += 1;
        else if (conformed !== null) refused.push(conformed);
      } else if (answer !== null) refused.push(answer);
    }
  };
  await Promise.all([writeOn(writers[0] ?? never(), 1000), writeOn(writers[1] ?? never(), 500_000), pipeline.ended]);

  const written = pipeline.lines.map((line) => Number(line.replace('wrote ', '')));
  const { manifest, isWritable } = parseManifest(await readFile(files.manifest), batch, 'manifest');
  const registered = manifest?.versions.map(({ version }) => version) ?? [];
  const ledger = parseLedger(await readFile(files.ledger), 'ledger');
  const told = ledger.lines.flatMap(({ action, entries }) =>
    action === 'append' || action === 'register' || action === 'observed' ? (entries?.map((e) => e.version) ?? []) : [],
  );
  console.log(
    `in ${seconds} s: pipeline ${written.length}, ours ${appended.length} appends and ${conforms} conforms, ` +
      `${refused.length} refused; ${registered.length} versions, ${ledger.lines.length} ledger lines, ` +
      `${ledger.lines.filter(({ action }) => action === 'observed').length} of them observed`,
  );

  expect(pipeline.errors).toBe('');
  expect(refused).toEqual([]);
  expect(isWritable).toBe(true);
  expect(registered).toHaveLength(new Set(registered).size);
  expect([...registered].sort((a, b) => a - b)).toEqual([1, 2, ...written, ...appended].sort((a, b) => a - b));
  // Every one of them wrote, and the pipeline was not starved.
  expect(Math.min(written.length, appended.length, conforms)).toBeGreaterThan(10);
  const names = await readdir(scenesFolder);
  expect(names.filter((name) => /\.v\d+\.json$/.test(name))).toHaveLength(registered.length - 1);
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  for (const { version, artifact } of manifest?.versions ?? []) {
    const body: unknown = JSON.parse(await readFile(join(scenesFolder, artifact), 'utf8'));
    const isPipelines = written.includes(version);
    expect(body).toMatchObject({ title: isPipelines ? 'py' : 'Pier at dawn' });
  }
  // The last few of the pipeline's may come after our last line; all else is told.
  expect(ledger.problems).toEqual([]);
  const lastTold = Math.max(...told);
  expect(registered.filter((version) => version <= lastTold && !told.includes(version))).toEqual([]);
}, 60_000);

function never(): never {
  throw new Error('two writers were started');
}
