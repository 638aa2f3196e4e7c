/** Clocks that are a minute wrong: of a lock folder that somebody left, of one that is held, and of whole processes, with flock and without. */
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { acknowledgedViolations, nextWriterViolations, type Told } from './acknowledged.ts';
import { lookAt } from './batchLook.ts';
import type { Breaking, EverydayChange, RunPlace } from './messages.ts';
import { Writer } from './processes.ts';
import { type Limits, newRow, type Row } from './report.ts';
import { filesOf, leaveLock, thisHost, threeVersions } from './scenarios.ts';
import { inSpreadOrder } from './spread.ts';
import { trace } from './tracing.ts';
import { removePlace, type WorkFolder } from './workFolder.ts';

const skewMs = 60_000;
/** Each round is a new batch. */
const rounds = 12;
const changesEach = 4;
const patient = { deadlineMs: 25_000 };
const conform: EverydayChange = { kind: 'conform', version: 3 };

interface Clocks {
  readonly work: WorkFolder;
  readonly row: Row;
  readonly writer: Writer;
}

export async function clocks(work: WorkFolder, breaking: Breaking | null, { until, seed }: Limits): Promise<Row> {
  const row = newRow('clocks that are ±60 s wrong');
  const writer = new Writer({ breaking, skewMs: 0 });
  const skewed = [skewMs, -skewMs].map((ms) => new Writer({ breaking, skewMs: ms }));
  try {
    await Promise.all([writer, ...skewed].map((each) => each.ready));
    const kinds = [
      () => foreignFolder({ work, row, writer }, -skewMs, 'done'),
      () => foreignFolder({ work, row, writer }, skewMs, 'failed'),
      () => heldFolder({ work, row, writer }, skewMs),
      () => heldFolder({ work, row, writer }, -skewMs),
      () => skewedProcesses(work, row, skewed, true),
      () => skewedProcesses(work, row, skewed, false),
    ];
    row.sites = kinds.length;
    const cases = Array.from({ length: rounds }, () => kinds).flat();
    row.cases = cases.length;
    for (const kind of inSpreadOrder(cases, seed)) {
      if (row.tried > 0 && performance.now() > until) return row;
      await kind();
      row.tried += 1;
    }
    return row;
  } finally {
    await Promise.all([writer, ...skewed].map((each) => each.end()));
  }
}

async function newBatch(work: WorkFolder): Promise<RunPlace> {
  const place = await work.newPlace();
  await threeVersions(place);
  return place;
}

async function finish(row: Row, place: RunPlace, told: readonly Told[], how: string): Promise<void> {
  row.runs += 1;
  const wrong = [...(await acknowledgedViolations(place, told)), ...(await nextWriterViolations(place))];
  row.violations.push(...wrong.map((what) => `${how}: ${what}`));
  await removePlace(place);
}

/** Another host's folder: a minute old it is stale, a minute in the future it is held. */
async function foreignFolder({ work, row, writer }: Clocks, offMs: number, expected: 'done' | 'failed'): Promise<void> {
  const place = await newBatch(work);
  await leaveLock(place, 'ws-99', -offMs);
  const before = await lookAt(place);
  // Long enough for a busy computer where it is to be let in; a folder that it cannot take stays for good.
  const deadlineMs = expected === 'done' ? 5_000 : 400;
  const outcome = await writer.order({ place, host: thisHost, change: conform, timing: { deadlineMs } });
  const how = `another host's lock folder, its time ${offMs / 1000} s off`;
  const kind = outcome === null || outcome === 'hangs' ? 'no answer' : outcome.kind;
  if (kind !== expected) row.violations.push(`${how}: ${kind} where ${expected} was right`);
  if (expected === 'done') return await finish(row, place, [{ change: conform, outcome }], how);
  row.runs += 1;
  if (outcome !== null && outcome !== 'hangs' && outcome.kind === 'failed' && outcome.code !== 'locked') {
    row.violations.push(`${how}: refused as ${outcome.code}, not as locked`);
  }
  const after = await lookAt(place);
  if (after.parsed?.revision !== before.parsed?.revision) row.violations.push(`${how}: written beside a held lock`);
  await removePlace(place);
}

/** The server's clock jumps while the folder is held, and another writer of this host comes. */
async function heldFolder({ work, row, writer }: Clocks, offMs: number): Promise<void> {
  const place = await newBatch(work);
  const other = new Writer({ breaking: null, skewMs: 0 });
  await other.ready;
  const change: EverydayChange = { kind: 'append', duration: 77, parentVersion: 2 };
  const { lockFolder } = filesOf(place);
  const second: Promise<Told>[] = [];
  const outcome = await writer.order(
    {
      place,
      host: thisHost,
      change: conform,
      pause: { step: 'temp synced', ms: 1_500, isBlocking: false },
      timing: { staleMs: 2_000, updateMs: 1_000, holdMs: 1_900 },
    },
    () => {
      const time = new Date(Date.now() + offMs);
      const shifted = utimes(lockFolder, time, time).catch(async () => await mkdir(lockFolder));
      const timing = { staleMs: 2_000, updateMs: 1_000, holdMs: 1_900 };
      const ordered = shifted.then(() => other.order({ place, host: thisHost, change, timing }));
      second.push(ordered.then((answer) => ({ change, outcome: answer })));
    },
  );
  const told = [{ change: conform, outcome }, ...(await Promise.all(second))];
  await other.end();
  await finish(row, place, told, `a held lock folder whose time jumps by ${offMs / 1000} s`);
}

/** Two hosts' worth of disagreement on one batch: under the flock that both take, or with nothing but the folder between them. */
async function skewedProcesses(
  work: WorkFolder,
  row: Row,
  skewed: readonly Writer[],
  hasFlock: boolean,
): Promise<void> {
  const place = await newBatch(work);
  const log = (pid: number): string => join(work.path, `clocks-${pid}.log`);
  const without = { isMain: true, always: 'flock:error=EOPNOTSUPP' };
  const tracings = hasFlock ? [] : await Promise.all(skewed.map(({ pid }) => trace(pid, log(pid), without)));
  const how = `two processes 120 s apart${hasFlock ? '' : ', no flock'}`;
  const told = await Promise.all(
    skewed.map(async (writer, index) => {
      const mine: Told[] = [];
      for (let number = 0; number < changesEach; number += 1) {
        const change: EverydayChange = { kind: 'append', duration: 100 * (index + 1) + number, parentVersion: 3 };
        mine.push({ change, outcome: await writer.order({ place, host: `ws-${index}`, change, timing: patient }) });
      }
      return mine;
    }),
  );
  for (const { outcome } of told.flat()) {
    if (outcome !== null && outcome !== 'hangs' && outcome.kind === 'failed') {
      row.violations.push(`${how}: refused: ${outcome.message}`);
    }
  }
  await Promise.all(tracings.map((tracing) => tracing.stop()));
  await finish(row, place, told.flat(), how);
}
