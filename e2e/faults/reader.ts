/** A process that reads a batch over and over while it is written, and says what no reader may ever see. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { readLedger } from '../../electron/scenes/ledger/ledger.ts';
import { parseManifest } from '../../electron/scenes/reading/manifest.ts';
import { batchFiles } from '../../electron/scenes/sceneFiles.ts';
import { parseBatchId } from '../../shared/ids.ts';
import { isScene } from '../../shared/scene.ts';
import { readerOrderSchema, type Watched } from './messages.ts';

/** Leaves the processors to those who write. */
const restMs = 1;
const most = 10;

let watched: Watched | null = null;
let round: Promise<void> = Promise.resolve();
let reads = 0;
let wrong: string[] = [];

const complain = (what: string): void => {
  if (wrong.length < most) wrong.push(what);
};

async function readOnce({ place: { scenesFolder, batchId: id }, begun }: Watched): Promise<void> {
  const batchId = parseBatchId(id);
  const files = batchFiles(scenesFolder, 1, batchId);
  const bytes = await readFile(files.manifest).catch(() => null);
  if (bytes === null && begun !== null) complain('for a moment the batch had no manifest');
  if (bytes !== null) {
    const { manifest, problems, revision } = parseManifest(bytes, batchId, basename(files.manifest));
    // What was damaged before the run is seen as it was, until it is another one.
    for (const { message } of revision === begun ? [] : problems) complain(`manifest: ${message}`);
    for (const { artifact, version } of manifest?.versions ?? []) {
      const text = await readFile(join(scenesFolder, artifact), 'utf8').catch(() => null);
      if (text === null) complain(`v${version} is registered and its body is not there`);
    }
  }
  for (const name of await readdir(scenesFolder).catch(() => [])) {
    if (!/^ep_001_.*(?:BATCH_\d+|\.v\d+)\.json$/.test(name)) continue;
    const text = await readFile(join(scenesFolder, name), 'utf8').catch(() => null);
    if (text !== null && !isWholeScene(text)) complain(`${name} was seen torn (${text.length} characters)`);
  }
  for (const { code, message } of (await readLedger(files.ledger)).problems) {
    // A line at work has no end yet; a broken chain is never a writer's.
    if (code === 'ledger_broken') complain(message);
  }
  reads += 1;
}

function isWholeScene(text: string): boolean {
  try {
    return isScene(JSON.parse(text));
  } catch {
    return false;
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const order = readerOrderSchema.parse(JSON.parse(line));
    watched = order.watch;
    void round.then(() => {
      process.stdout.write(`${JSON.stringify({ id: order.id, reads, wrong })}\n`);
      reads = 0;
      wrong = [];
    });
  })
  .on('close', () => process.exit(0));

for (;;) {
  if (watched !== null) {
    round = readOnce(watched).catch((error: unknown) => complain(String(error)));
    await round;
  }
  await delay(watched === null ? restMs * 10 : restMs);
}
