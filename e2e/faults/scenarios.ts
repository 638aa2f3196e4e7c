/** The operations that are tried, each with the batch that it begins on. Another operation of the store is one entry more here. */
import { appendFile, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { newTempName } from '../../electron/scenes/disk/tempFiles.ts';
import { keepPendingLines } from '../../electron/scenes/ledger/pendingLines.ts';
import { batchFiles } from '../../electron/scenes/sceneFiles.ts';
import { SceneVersionStore } from '../../electron/scenes/store/sceneVersionStore.ts';
import { parseBatchId } from '../../shared/ids.ts';
import { faultScene } from './faultScene.ts';
import type { RunPlace, WriterChange } from './messages.ts';

export interface Scenario {
  readonly name: string;
  readonly change: WriterChange;
  /** The number that an append gets. */
  readonly newVersion?: number;
  /** Makes the batch; `place.scenesFolder` is there but empty. */
  readonly prepare: (place: RunPlace) => Promise<void>;
}

export const thisHost = hostname();
/** Above what Linux gives to processes unless it is told otherwise, so that nobody has it. */
const deadPid = 4_194_303;
export const changedDuration = 50;

export const storeOf = ({ scenesFolder, dataFolder }: RunPlace): SceneVersionStore =>
  new SceneVersionStore({ scenesFolder, dataFolder, episode: 1, author: () => ({ user: 'anna', host: thisHost }) });

export const filesOf = ({ scenesFolder, batchId }: RunPlace) => batchFiles(scenesFolder, 1, parseBatchId(batchId));

/** v1 flat, v2 active and not derived, v3 a candidate, and the body of a writer that crashed once. */
export async function threeVersions(place: RunPlace): Promise<void> {
  const store = storeOf(place);
  const batchId = parseBatchId(place.batchId);
  for (const [version, parentVersion] of [
    [1, null],
    [2, 1],
    [3, 2],
  ] as const) {
    await store.writeSceneCandidate(batchId, faultScene(batchId, version), { parentVersion });
  }
  await store.conform(batchId, 2, { note: 'acknowledged' });
  await writeFile(
    join(place.scenesFolder, `ep_001_${batchId}.v007.json`),
    JSON.stringify(faultScene(batchId, orphan), null, 2),
  );
}

/** What a writer leaves that was killed an hour and more ago. */
async function leaveOldTemp({ scenesFolder, batchId }: RunPlace): Promise<void> {
  const name = await newTempName(`ep_001_${batchId}.versions.json`);
  const path = join(scenesFolder, name.replace(`-${process.pid}-`, `-${deadPid}-`));
  await writeFile(path, '{"half": ');
  const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await utimes(path, old, old);
}

/** A lock folder and the text beside it of a process of `host` that has no such pid. */
export async function leaveLock(place: RunPlace, host: string, ageMs: number): Promise<void> {
  const { lock, lockFolder } = filesOf(place);
  await mkdir(lockFolder);
  const since = new Date(Date.now() - ageMs);
  const owner = { app: 'Picture Lock', user: 'jonas', host, pid: deadPid, started: '1', since: since.toISOString() };
  await writeFile(lock, `${JSON.stringify(owner)}\n`);
  await utimes(lockFolder, since, since);
}

/** A decision that stands and whose line could not be written. */
async function leaveWaitingLine(place: RunPlace): Promise<void> {
  const { ledger } = filesOf(place);
  const store = storeOf(place);
  const { revision } = await store.revert(parseBatchId(place.batchId), 1);
  const text = await readFile(ledger, 'utf8');
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  await writeFile(ledger, text.slice(0, end));
  const { seq: _, prev: __, ...line } = JSON.parse(text.slice(end));
  await keepPendingLines(place.dataFolder, ledger, [{ ...line, revision }]);
}

/** The version of the body that no entry names. */
export const orphan = 7;

/** Cut off, as an older program leaves it that wrote in place. */
async function damageManifest(place: RunPlace): Promise<void> {
  const { manifest } = filesOf(place);
  const text = await readFile(manifest, 'utf8');
  await writeFile(manifest, text.slice(0, text.length >> 1));
}

const append = { kind: 'append', duration: changedDuration, parentVersion: 3 } as const;

export const scenarios: readonly Scenario[] = [
  {
    name: 'append A: the first body, in a new episode',
    change: { ...append, parentVersion: null },
    newVersion: 1,
    prepare: ({ scenesFolder }) => rm(dirname(scenesFolder), { recursive: true }),
  },
  {
    name: 'append B: a flat body is registered',
    change: { ...append, parentVersion: 1 },
    newVersion: 2,
    prepare: ({ scenesFolder, batchId }) =>
      writeFile(join(scenesFolder, `ep_001_${batchId}.json`), JSON.stringify(faultScene(batchId, 1), null, 2)),
  },
  {
    name: 'append C: one version more',
    change: append,
    newVersion: 8,
    prepare: async (place) => {
      await threeVersions(place);
      await leaveOldTemp(place);
    },
  },
  { name: 'conform', change: { kind: 'conform', version: 3 }, prepare: threeVersions },
  { name: 'revert', change: { kind: 'revert', version: 1 }, prepare: threeVersions },
  { name: 'markDerived', change: { kind: 'markDerived', version: 2 }, prepare: threeVersions },
  {
    name: 'conform over a killed writer’s lock',
    change: { kind: 'conform', version: 3 },
    prepare: async (place) => {
      await threeVersions(place);
      await leaveLock(place, thisHost, 1_000);
    },
  },
  {
    name: 'conform while a ledger line waits',
    change: { kind: 'conform', version: 3 },
    prepare: async (place) => {
      await threeVersions(place);
      await leaveWaitingLine(place);
    },
  },
  { name: 'adoptOrphan', change: { kind: 'adoptOrphan', version: orphan }, prepare: threeVersions },
  {
    name: 'rebuildManifest',
    change: { kind: 'rebuildManifest' },
    prepare: async (place) => {
      await threeVersions(place);
      await damageManifest(place);
    },
  },
  {
    name: 'closeLedger',
    change: { kind: 'closeLedger' },
    prepare: async (place) => {
      await threeVersions(place);
      await appendFile(filesOf(place).ledger, '{"seq":5,"at":"2026-11-2');
    },
  },
];
