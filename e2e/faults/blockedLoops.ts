/** A writer whose whole process stands still for three times `stale` in the middle of a write, while another one comes. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { acknowledgedViolations, type Told } from './acknowledged.ts';
import type { Breaking, EverydayChange } from './messages.ts';
import { type Outcome, Writer } from './processes.ts';
import { type Limits, newRow, type Row } from './report.ts';
import { threeVersions } from './scenarios.ts';
import { inSpreadOrder } from './spread.ts';
import { trace } from './tracing.ts';
import { removePlace, type WorkFolder } from './workFolder.ts';

/** proper-lockfile takes no less than 2 s as stale; the time to hold keeps its distance from it, as the usual timing does. */
const staleMs = 2_000;
const timing = { staleMs, updateMs: 1_000, holdMs: 1_300, deadlineMs: 6 * staleMs };
const blockedMs = 3 * staleMs;
const steps = [
  'flock held',
  'folder held',
  'ledger opened',
  'temp opened',
  'temp synced',
  'renamed',
  'folder synced',
  'ledger written',
];
/** Standing still costs no processor. */
const atOnce = 8;
const tries = 3;

interface Case {
  readonly step: string;
  /** As on a share that has no flock: then the folder alone keeps the two apart. */
  readonly hasFlock: boolean;
  readonly change: EverydayChange;
}

export async function blockedLoops(work: WorkFolder, breaking: Breaking | null, { until, seed }: Limits): Promise<Row> {
  const row = newRow('an event loop that stands still for three times stale');
  const changes: readonly EverydayChange[] = [
    { kind: 'conform', version: 3 },
    { kind: 'append', duration: 61, parentVersion: 3 },
  ];
  const cases = inSpreadOrder(
    steps.flatMap((step) =>
      [true, false].flatMap((hasFlock) => changes.map((change): Case => ({ step, hasFlock, change }))),
    ),
    seed,
  );
  row.sites = row.cases = cases.length;
  for (let at = 0; at < cases.length && (at === 0 || performance.now() + blockedMs < until); at += atOnce) {
    await Promise.all(cases.slice(at, at + atOnce).map((one) => blockedOnce(work, breaking, one, row)));
  }
  return row;
}

/** On a busy computer its own write may take longer than it may hold the lock: nothing was written then, and it comes again. */
async function persist(order: () => Promise<Outcome>): Promise<Outcome> {
  for (let count = 1; ; count += 1) {
    const outcome = await order();
    const mayTry = outcome !== null && outcome !== 'hangs' && outcome.kind === 'failed' && outcome.code === 'locked';
    if (!mayTry || count === tries) return outcome;
  }
}

async function blockedOnce(work: WorkFolder, breaking: Breaking | null, one: Case, row: Row): Promise<void> {
  const { step, hasFlock, change } = one;
  const place = await work.newPlace();
  await threeVersions(place);
  const [first, second] = [new Writer({ breaking, skewMs: 0 }), new Writer({ breaking, skewMs: 0 })];
  await Promise.all([first.ready, second.ready]);
  const tracings = hasFlock
    ? []
    : await Promise.all(
        [first, second].map((writer) =>
          trace(writer.pid, join(work.path, `flock-${writer.pid}.log`), {
            isMain: true,
            always: 'flock:error=EOPNOTSUPP',
          }),
        ),
      );
  const paused = new AbortController();
  // Another host's writer where no flock tells them apart: a live process of this host is never taken over.
  const ordering = first.order(
    { place, host: 'ws-1', change, timing, pause: { step, ms: blockedMs, isBlocking: true } },
    () => paused.abort(),
  );
  await Promise.race([delay(blockedMs, undefined, { signal: paused.signal }).catch(() => undefined), ordering]);
  const other: EverydayChange = { kind: 'append', duration: 62, parentVersion: 2 };
  const outcomes: readonly [Outcome, Outcome] = await Promise.all([
    ordering,
    persist(() => second.order({ place, host: 'ws-2', change: other, timing })),
  ]);
  await Promise.all(tracings.map((tracing) => tracing.stop()));
  await Promise.all([first.end(), second.end()]);
  const told: readonly Told[] = [
    { change, outcome: outcomes[0] },
    { change: other, outcome: outcomes[1] },
  ];
  // Without flock the second one may have come and gone while the first, its change made, had not told the ledger yet.
  const wrong = [...(await acknowledgedViolations(place, told, { brokenChain: !hasFlock, temps: !hasFlock }))];
  if (outcomes[1] === null || outcomes[1] === 'hangs' || outcomes[1].kind === 'failed') {
    wrong.push(
      `refused: the second writer: ${outcomes[1] !== null && outcomes[1] !== 'hangs' ? outcomes[1].kind === 'failed' && outcomes[1].message : 'no answer'}`,
    );
  }
  row.runs += 1;
  row.tried += 1;
  const how = `${change.kind}, still at "${step}"${hasFlock ? '' : ', no flock'}`;
  row.violations.push(...wrong.map((what) => `${how}: ${what}`));
  await removePlace(place);
}
