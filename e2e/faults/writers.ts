/** Eight processes that write four batches at once for a while, half of them ours, half the pipeline's in Python under flock alone: nothing is lost, and how long ours wait. */
import { parseBatchId } from '../../shared/ids.ts';
import { type BatchLook, fingerprintOf, lookAt, standingViolations } from './batchLook.ts';
import { faultScene } from './faultScene.ts';
import type { Breaking, RunPlace, WriterOutcome } from './messages.ts';
import { pipeline } from './pipeline.ts';
import { Python, Writer } from './processes.ts';
import { type Limits, newRow, type Row } from './report.ts';
import { thisHost, threeVersions } from './scenarios.ts';
import type { WorkFolder } from './workFolder.ts';

const wholeSeconds = 20;
const fewestSeconds = 4;
const ofEach = 4;
const batches = ['BATCH_001', 'BATCH_002', 'BATCH_003', 'BATCH_004'];
/** What `threeVersions` makes, and the body that no entry names. */
const begun = [1, 2, 3];

interface Acknowledged {
  readonly batchId: string;
  readonly version: number;
  readonly kind: 'append' | 'conform';
  /** Of ours: what its body and its ledger line are known by. */
  readonly ours: { readonly duration: number; readonly revision: string; readonly isTold: boolean } | null;
}

export async function writers(work: WorkFolder, breaking: Breaking | null, { until, seed }: Limits): Promise<Row> {
  const row = newRow('eight writers, four of them in Python, on four batches, for so many seconds');
  row.sites = 2 * ofEach;
  row.cases = wholeSeconds;
  const { scenesFolder, dataFolder } = await work.newPlace();
  const places = batches.map((batchId): RunPlace => ({ scenesFolder, dataFolder, batchId }));
  for (const place of places) await threeVersions(place);
  const ours = Array.from({ length: ofEach }, () => new Writer({ breaking, skewMs: 0 }));
  const theirs: Python[] = [];
  try {
    await Promise.all(ours.map((writer) => writer.ready));
    const left = (until - performance.now()) / 1_000;
    const seconds = Math.round(Math.min(wholeSeconds, Math.max(fewestSeconds, left)));
    for (let index = 0; index < ofEach; index += 1) {
      const args = [scenesFolder, batches.join(), String(seconds), String(seed + index)];
      theirs.push(new Python(pipeline, args));
    }
    const end = performance.now() + seconds * 1_000;
    const [told, ...ends] = await Promise.all([
      Promise.all(ours.map((writer, index) => writeAlong(writer, places, index, end))),
      ...theirs.map((python) => python.ended()),
    ]);
    if (ends.includes(false)) row.violations.push('a writer in Python ended with an error');
    row.tried = seconds;
    const mine = told.flat();
    const heard = theirs.flatMap(({ lines }) => lines.map(parseLine));
    const done = mine.flatMap(({ acknowledged }) => (acknowledged === null ? [] : [acknowledged]));
    row.runs = mine.length + heard.length;
    row.violations.push(...refusals(mine));
    for (const place of places) {
      const all = [...done, ...heard].filter(({ batchId }) => batchId === place.batchId);
      const wrong = accountViolations(await lookAt(place), all);
      row.violations.push(...wrong.map((what) => `${place.batchId}: ${what}`));
    }
    row.notes.push(...summary(mine, done, heard, seconds));
    return row;
  } finally {
    await Promise.all([...ours, ...theirs].map((each) => each.end()));
  }
}

interface Told {
  readonly outcome: WriterOutcome | null;
  readonly acknowledged: Acknowledged | null;
}

/** A version more, then that one conformed, batch after batch, as fast as answers come. */
async function writeAlong(
  writer: Writer,
  places: readonly RunPlace[],
  index: number,
  end: number,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (let count = 0; performance.now() < end; count += 1) {
    const place = places[(index + count) % places.length];
    if (place === undefined) break;
    const duration = (index + 1) * 1_000_000 + count;
    const append = { kind: 'append', duration, parentVersion: 2 } as const;
    const outcome = await writer.order({ place, host: thisHost, change: append });
    if (outcome === null || outcome === 'hangs') return [...told, { outcome: null, acknowledged: null }];
    told.push({ outcome, acknowledged: acknowledgedBy(outcome, place, 'append', duration) });
    if (outcome.kind !== 'done' || outcome.version === null) continue;
    const conform = { kind: 'conform', version: outcome.version } as const;
    const second = await writer.order({ place, host: thisHost, change: conform });
    if (second === null || second === 'hangs') return [...told, { outcome: null, acknowledged: null }];
    const asked = second.kind === 'done' ? { ...second, version: outcome.version } : second;
    told.push({ outcome: second, acknowledged: acknowledgedBy(asked, place, 'conform', duration) });
  }
  return told;
}

function acknowledgedBy(
  outcome: WriterOutcome,
  { batchId }: RunPlace,
  kind: Acknowledged['kind'],
  duration: number,
): Acknowledged | null {
  if (outcome.kind !== 'done' || outcome.version === null) return null;
  const { version, revision, problems } = outcome;
  return { batchId, version, kind, ours: { duration, revision, isTold: problems.length === 0 } };
}

function parseLine(line: string): Acknowledged {
  const [kind, batchId = '', version] = line.split(' ');
  return { batchId, version: Number(version), kind: kind === 'conform' ? 'conform' : 'append', ours: null };
}

/** Whoever waits too long on a busy computer is told so and has lost nothing; all other refusals are wrong. */
function refusals(told: readonly Told[]): readonly string[] {
  return told.flatMap(({ outcome }) => {
    if (outcome === null) return ['a writer of ours ended, or gave no answer'];
    if (outcome.kind === 'done' || outcome.code === 'locked') return [];
    return [`refused: ${outcome.code}: ${outcome.message}`];
  });
}

function accountViolations(after: BatchLook, all: readonly Acknowledged[]): readonly string[] {
  const found = [...standingViolations(after)];
  const entries = new Map(after.parsed?.manifest?.versions.map((entry) => [entry.version, entry]) ?? []);
  const appended = all.filter(({ kind }) => kind === 'append');
  const numbers = new Set([...begun, ...appended.map(({ version }) => version)]);
  if (numbers.size < begun.length + appended.length) found.push('twice: a number was given to two');
  for (const version of entries.keys()) if (!numbers.has(version)) found.push(`v${version} is nobody's`);
  for (const { version, ours } of appended) {
    const entry = entries.get(version);
    if (entry === undefined) found.push(`lost: v${version} was acknowledged and is not there`);
    else if (!isBodyOf(after.bodies.get(entry.artifact), ours?.duration ?? null, entry.artifact)) {
      found.push(`lost: v${version} holds another body`);
    }
  }
  for (const { version } of all.filter(({ kind }) => kind === 'conform')) {
    if (entries.get(version)?.state !== 'approved') found.push(`lost: v${version} was conformed and is not approved`);
  }
  const lines = new Set(after.lines.map(({ action, to, revision }) => `${action} v${to} ${revision}`));
  for (const { version, kind, ours } of all) {
    if (ours?.isTold && !lines.has(`${kind} v${version} ${ours.revision}`))
      found.push(`ledger: no line of the ${kind} of v${version}`);
  }
  // What the pipeline wrote is told as observed, but for what came after our last line.
  const told = new Set(after.lines.flatMap((line) => line.entries?.map(({ version }) => version) ?? []));
  const last = Math.max(...told);
  for (const { version } of appended)
    if (version < last && !told.has(version)) found.push(`ledger: v${version} untold`);
  return found;
}

/** Ours are told apart by a duration, the pipeline's hold their own number. */
function isBodyOf(text: string | undefined, duration: number | null, artifact: string): boolean {
  if (text === undefined) return false;
  if (duration === null) return text.includes('"title": "py"') && text.includes(`"duration_s": ${numberIn(artifact)},`);
  const batchId = parseBatchId(/BATCH_\d+/.exec(artifact)?.[0] ?? '');
  return fingerprintOf(text) === fingerprintOf(JSON.stringify(faultScene(batchId, duration)));
}

const numberIn = (artifact: string): number => Number(/\.v(\d+)\.json$/.exec(artifact)?.[1]);

function summary(
  mine: readonly Told[],
  done: readonly Acknowledged[],
  heard: readonly Acknowledged[],
  seconds: number,
): readonly string[] {
  const count = (all: readonly Acknowledged[], kind: Acknowledged['kind']): number =>
    all.filter((each) => each.kind === kind).length;
  const refused = mine.filter(({ outcome }) => outcome?.kind === 'failed').length;
  const waits = mine
    .flatMap(({ outcome }) => (outcome?.kind === 'done' && outcome.waitedMs !== null ? [outcome.waitedMs] : []))
    .sort((one, other) => one - other);
  const at = (share: number): string =>
    `${(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0).toFixed(0)} ms`;
  return [
    `in ${seconds} s ours ${count(done, 'append')} versions and ${count(done, 'conform')} conforms (${refused} gave up waiting), in Python ${count(heard, 'append')} and ${count(heard, 'conform')}`,
    `ours waited for a batch p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${at(1)}`,
  ];
}
