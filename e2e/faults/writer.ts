/** A process that carries out the orders on its standard input with our own store, all its file calls in one thread that can be traced. */

import { appendFile, mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { thisProcess } from '../../electron/scenes/lock/processIdentity.ts';
import { batchFiles } from '../../electron/scenes/sceneFiles.ts';
import { SceneVersionStore } from '../../electron/scenes/store/sceneVersionStore.ts';
import type { RepairRequest } from '../../electron/scenes/store/storeOptions.ts';
import { FailureError } from '../../shared/failure.ts';
import { type BatchId, parseBatchId } from '../../shared/ids.ts';
import { allowTracing } from './allowTracing.ts';
import { brokenFiles } from './brokenFiles.ts';
import { faultScene } from './faultScene.ts';
import { nameTempsOf } from './foreseenTemps.ts';
import {
  type Account,
  orderSchema,
  type RunPlace,
  type WriterAnswer,
  type WriterChange,
  type WriterOrder,
  writerArgsSchema,
} from './messages.ts';

const { breaking, skewMs, account } = writerArgsSchema.parse(JSON.parse(process.argv[2] ?? ''));

if (skewMs !== 0) {
  globalThis.Date = new Proxy(Date, {
    construct: (target, args) =>
      args.length === 0 ? new target(target.now() + skewMs) : Reflect.construct(target, args),
    get: (target, key) => (key === 'now' ? () => target.now() + skewMs : Reflect.get(target, key)),
  });
}

const say = (answer: WriterAnswer): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);

/** One of its own per order, as a program has that was just started: nothing of an earlier run is known. */
const storeFor = (
  { id, place, host, timing, pause }: WriterOrder,
  onStep: (name: string) => void,
): SceneVersionStore => {
  let isPast = false;
  return new SceneVersionStore({
    scenesFolder: place.scenesFolder,
    dataFolder: place.dataFolder,
    episode: 1,
    author: () => ({ user: `writer-${process.pid}`, host }),
    lockTiming: timing === undefined ? undefined : given(timing),
    durableFiles: breaking === null ? undefined : brokenFiles(breaking),
    steps: async (name) => {
      onStep(name);
      if (pause === undefined || isPast || name !== pause.step) return;
      isPast = true;
      say({ id, kind: 'paused', step: name });
      if (pause.isBlocking) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause.ms);
      else await delay(pause.ms);
    },
  });
};

/** Only what is there: an option that is undefined would take the place of the usual one. */
const given = (timing: NonNullable<WriterOrder['timing']>): Record<string, number> =>
  Object.fromEntries(Object.entries(timing).flatMap(([key, ms]) => (ms === undefined ? [] : [[key, ms]])));

async function carryOut(order: WriterOrder): Promise<Omit<Extract<WriterAnswer, { kind: 'done' }>, 'id' | 'kind'>> {
  nameTempsOf(order.id);
  const begun = performance.now();
  let waitedMs: number | null = null;
  const store = storeFor(order, (name) => {
    if (name === 'folder held') waitedMs = performance.now() - begun;
  });
  const { change, place } = order;
  const batchId = parseBatchId(place.batchId);
  if (change.kind === 'append') {
    const scene = faultScene(batchId, change.duration);
    const { version, revision, problems } = await store.writeSceneCandidate(batchId, scene, {
      parentVersion: change.parentVersion,
    });
    return { version, revision, waitedMs, problems: problems.map(({ code, message }) => ({ code, message })) };
  }
  const { manifest, revision, problems } = await decide(store, batchId, change, order.note ?? null);
  const shown = problems.map(({ code, message }) => ({ code, message }));
  return { version: manifest?.active_version ?? null, revision, waitedMs, problems: shown };
}

function decide(
  store: SceneVersionStore,
  batchId: BatchId,
  change: Exclude<WriterChange, { kind: 'append' }>,
  note: string | null,
) {
  switch (change.kind) {
    case 'adoptOrphan':
      return confirmed(store, batchId, { repair: change.kind, version: change.version });
    case 'rebuildManifest':
    case 'closeLedger':
      return confirmed(store, batchId, { repair: change.kind });
    default:
      return store[change.kind](batchId, change.version, { note });
  }
}

/** As the app does it: what was shown is what is done. */
async function confirmed(store: SceneVersionStore, batchId: BatchId, repair: RepairRequest) {
  const { previewId } = await store.previewRepair(batchId, repair);
  return await store.repair(batchId, repair, { confirm: previewId });
}

async function take(order: WriterOrder): Promise<void> {
  const { id } = order;
  try {
    say({ id, kind: 'done', ...(await carryOut(order)) });
  } catch (error) {
    const failure = error instanceof FailureError ? error : null;
    const isOutcomeUnknown = JSON.stringify(failure?.details ?? {}).includes('"isOutcomeUnknown":true');
    const message = error instanceof Error ? error.message : String(error);
    say({ id, kind: 'failed', code: failure?.code ?? 'unexpected', message, isOutcomeUnknown });
  }
}

/** After all is loaded: that account need not be able to read this program. */
function become({ uid, gid, groups, umask }: Account): void {
  process.umask(umask);
  process.setgroups?.([...groups]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}

/** Loads all that is loaded on first use, so that afterwards only an operation's own calls are made. */
async function warmUp(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'picture-lock-warm-'));
  try {
    const place: RunPlace = {
      scenesFolder: join(folder, 'scenes'),
      dataFolder: join(folder, 'data'),
      batchId: 'BATCH_001',
    };
    await mkdir(place.scenesFolder);
    await writeFile(join(place.scenesFolder, 'ep_001_BATCH_001.json'), JSON.stringify(faultScene('BATCH_001', 1)));
    const order = { id: 0, place, host: 'warm' };
    await carryOut({ ...order, change: { kind: 'append', duration: 2, parentVersion: 1 } });
    await carryOut({ ...order, change: { kind: 'conform', version: 2 } });
    await carryOut({ ...order, change: { kind: 'markDerived', version: 2 } });
    await carryOut({ ...order, change: { kind: 'revert', version: 1 } });
    await carryOut({ ...order, change: { kind: 'append', duration: 3, parentVersion: 2 } });
    const { manifest, ledger } = batchFiles(place.scenesFolder, 1, parseBatchId(place.batchId));
    await writeFile(manifest, '{');
    await carryOut({ ...order, change: { kind: 'rebuildManifest' } });
    await writeFile(join(place.scenesFolder, 'ep_001_BATCH_001.v007.json'), JSON.stringify(faultScene('BATCH_001', 7)));
    await carryOut({ ...order, change: { kind: 'adoptOrphan', version: 7 } });
    await appendFile(ledger, '{');
    await carryOut({ ...order, change: { kind: 'closeLedger' } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

allowTracing();
await warmUp();
if (account !== undefined) become(account);
// Read by the pool's only thread, so that what it reads is its own name.
const self = await readlink('/proc/thread-self');
const { started } = await thisProcess();
say({ id: 0, kind: 'ready', poolThread: Number(self.split('/').at(-1)), started: started ?? '-' });
createInterface({ input: process.stdin })
  .on('line', (line) => void take(orderSchema.parse(JSON.parse(line))))
  .on('close', () => process.exit(0));
