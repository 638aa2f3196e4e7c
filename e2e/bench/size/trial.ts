/** One trial in a process of its own, started as the app is started: nothing is compiled, cached or running yet. Prints one line of JSON. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { WorkspaceSession } from '../../../electron/scenes/workspace/workspaceSession.ts';
import type { Notice } from '../../../shared/contract.ts';
import { manifestsIn, readManifestsAtOnce, readManifestsInTurn } from './manifestReading.ts';

export const listedSchema = z.object({
  firstRows: z.number(),
  wholeList: z.number(),
  relisting: z.number(),
  rows: z.number(),
  titles: z.number(),
  longestPause: z.number(),
});
export const checkedSchema = z.object({
  took: z.number(),
  longestPause: z.number(),
  pause99: z.number(),
  bytes: z.number(),
});
export const readSchema = z.object({ took: z.number() });

/** Between two turns of the loop that nothing holds up. */
const resolution = 2;

function watchPauses() {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  return {
    longest: (): number => Math.max(0, delays.max / 1e6 - resolution),
    share: (percent: number): number => Math.max(0, delays.percentile(percent) / 1e6 - resolution),
    stop: (): boolean => delays.disable(),
  };
}

function openSession(dataFolder: string, notify: (notice: Notice) => void): WorkspaceSession {
  return new WorkspaceSession({ dataFolder, author: () => ({ user: 'bench', host: 'bench' }), notify });
}

async function listing(workspace: string, dataFolder: string): Promise<z.infer<typeof listedSchema>> {
  let firstRows = Number.NaN;
  const pauses = watchPauses();
  const begun = performance.now();
  const session = openSession(dataFolder, ({ notice }) => {
    if (notice === 'batchesListed' && Number.isNaN(firstRows)) firstRows = performance.now() - begun;
  });
  const { batches } = await session.open(workspace);
  const wholeList = performance.now() - begun;
  const longestPause = pauses.longest();
  const again = performance.now();
  await session.listBatches();
  const relisting = performance.now() - again;
  pauses.stop();
  await session.close();
  const titles = batches.filter(({ title }) => title !== null).length;
  return { firstRows, wholeList, relisting, rows: batches.length, titles, longestPause };
}

async function checking(workspace: string, dataFolder: string): Promise<z.infer<typeof checkedSchema>> {
  const isChecked = resolvers();
  const session = openSession(dataFolder, (notice) => {
    if (notice.notice === 'batchesChecked' && notice.value.checked === notice.value.total) isChecked.resolve();
  });
  await session.open(workspace);
  const pauses = watchPauses();
  const begun = performance.now();
  await isChecked.promise;
  const took = performance.now() - begun;
  // What was found is written before a session has closed.
  await session.close();
  pauses.stop();
  return {
    took,
    longestPause: pauses.longest(),
    pause99: pauses.share(99),
    bytes: process.memoryUsage.rss(),
  };
}

function resolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function reading(read: (paths: readonly string[]) => unknown, workspace: string) {
  const paths = manifestsIn(workspace);
  const begun = performance.now();
  await read(paths);
  return { took: performance.now() - begun };
}

const trials: Readonly<Record<string, (workspace: string, dataFolder: string) => Promise<object>>> = {
  listing,
  checking,
  readAtOnce: (workspace) => reading(readManifestsAtOnce, workspace),
  readInTurn: (workspace) => reading(readManifestsInTurn, workspace),
};

export async function runTrial([name = '', workspace = '', dataFolder = '']: readonly string[]): Promise<void> {
  const trial = trials[name];
  if (trial === undefined) throw new Error(`There is no trial "${name}".`);
  process.stdout.write(`${JSON.stringify(await trial(workspace, dataFolder))}\n`);
}
