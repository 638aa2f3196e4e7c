/** Disks that take only a part of what is written: a limit on the size of files that strikes at every length, and a file system of 64 KB. */
import { execFile } from 'node:child_process';
import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lookAt, revisionOf } from './batchLook.ts';
import type { Breaking, RunPlace } from './messages.ts';
import { Reader, Writer } from './processes.ts';
import { type Limits, newRow, type Row } from './report.ts';
import { checkRun } from './runChecks.ts';
import { type Scenario, scenarios, thisHost } from './scenarios.ts';
import { inSpreadOrder } from './spread.ts';
import { removePlace, type WorkFolder } from './workFolder.ts';

const run = promisify(execFile);
const smallDisk = 64 * 1024;
const page = 4_096;
/** From nothing at all to more than the largest file of a run. */
const lengths = Array.from({ length: 80 }, (_, index) => index * 101);

interface ShortWriteOptions extends Limits {
  readonly work: WorkFolder;
  readonly breaking: Breaking | null;
}

export async function shortWrites(
  work: WorkFolder,
  breaking: Breaking | null,
  limits: Limits,
): Promise<readonly Row[]> {
  const options = { work, breaking, ...limits };
  const reader = new Reader();
  try {
    return [await underLimit(options, reader), await onSmallDisk(options, reader)];
  } finally {
    await reader.end();
  }
}

interface Trial {
  readonly scenario: Scenario;
  readonly place: RunPlace;
  readonly how: string;
  readonly strike: () => Promise<void>;
  readonly heal: () => Promise<void>;
}

async function attempt(writer: Writer, reader: Reader, row: Row, trial: Trial): Promise<void> {
  const { scenario, place, how, strike, heal } = trial;
  const before = await lookAt(place);
  await reader.watch({ place, begun: revisionOf(before) });
  await strike();
  const outcome = await writer.order({ place, host: thisHost, change: scenario.change });
  await heal();
  const seen = await reader.watch(null);
  // A limit is an answer of the disk's, not an end: Node ignores the signal that comes with it.
  const died = outcome === null ? ['died: the writer was ended by the limit where it should have answered io'] : [];
  const wrong = await checkRun({ scenario, place, before, outcome, hit: null });
  row.runs += 1;
  row.tried += 1;
  row.reads += seen.reads;
  row.violations.push(
    ...[...died, ...wrong, ...seen.wrong.map((w) => `reader: ${w}`)].map((what) => `${how}: ${what}`),
  );
}

/** The kernel writes as much as fits and refuses the rest, for one process alone. */
async function underLimit({ work, breaking, until, seed }: ShortWriteOptions, reader: Reader): Promise<Row> {
  const row = newRow('short writes: a limit on the size of a file (RLIMIT_FSIZE)');
  const jobs = scenarios.flatMap((scenario) => lengths.map((limit) => ({ scenario, limit })));
  row.sites = row.cases = jobs.length;
  let writer = new Writer({ breaking, skewMs: 0 });
  const half = performance.now() + (until - performance.now()) / 2;
  for (const { scenario, limit } of inSpreadOrder(jobs, seed)) {
    if (row.tried > 0 && performance.now() > half) break;
    if (writer.hasEnded) writer = new Writer({ breaking, skewMs: 0 });
    await writer.ready;
    const place = await work.newPlace();
    await scenario.prepare(place);
    const setLimit = async (to: number | 'unlimited'): Promise<void> => {
      if (!writer.hasEnded) await run('prlimit', ['--pid', String(writer.pid), `--fsize=${to}:unlimited`]);
    };
    const how = `${scenario.name}, no file longer than ${limit} bytes`;
    await attempt(writer, reader, row, {
      scenario,
      place,
      how,
      strike: () => setLimit(limit),
      heal: () => setLimit('unlimited'),
    });
    await removePlace(place);
  }
  await writer.end();
  return row;
}

/** Only root mounts; elsewhere the limit has to do. */
async function onSmallDisk({ work, breaking, until, seed }: ShortWriteOptions, reader: Reader): Promise<Row> {
  const row = newRow('short writes: a file system of 64 KB (tmpfs)');
  const disk = join(work.path, 'small-disk');
  await mkdir(disk);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${smallDisk}`, 'picture-lock-faults', disk]);
    work.mounted.add(disk);
  } catch {
    row.impossible = 'Only root may mount.';
    return row;
  }
  const writer = new Writer({ breaking, skewMs: 0 });
  try {
    await writer.ready;
    const pages = Array.from({ length: smallDisk / page }, (_, free) => free);
    const jobs = scenarios.flatMap((scenario) => pages.map((free) => ({ scenario, free })));
    row.sites = row.cases = jobs.length;
    for (const { scenario, free } of inSpreadOrder(jobs, seed)) {
      if (row.tried > 0 && performance.now() > until) break;
      const place = await work.newPlace(disk);
      await scenario.prepare(place);
      const ballast = join(disk, 'ballast');
      const how = `${scenario.name}, ${free} pages free of ${smallDisk / page}`;
      await attempt(writer, reader, row, {
        scenario,
        place,
        how,
        strike: () => fill(disk, ballast, free * page),
        heal: () => unlink(ballast),
      });
      await removePlace(place);
    }
  } finally {
    await writer.end();
    await run('umount', [disk]);
    work.mounted.delete(disk);
  }
  return row;
}

/** Leaves `free` bytes, or as many as there are. */
async function fill(disk: string, ballast: string, free: number): Promise<void> {
  const { stdout } = await run('stat', ['--file-system', '--format', '%a %S', disk]);
  const [blocks = 0, size = 0] = stdout.trim().split(' ').map(Number);
  await writeFile(ballast, Buffer.alloc(Math.max(0, blocks * size - free)));
}
