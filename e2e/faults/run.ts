/** `npm run faults`: lets the store meet every fault, prints what was tried, and ends with 1 where anything was violated or left out. */
import { parseArgs } from 'node:util';
import { accounts } from './accounts.ts';
import { blockedLoops } from './blockedLoops.ts';
import { callFaults } from './callFaults.ts';
import { clocks } from './clocks.ts';
import { type Breaking, breakings } from './messages.ts';
import { isClean, type Limits, newRow, printReport, type Row } from './report.ts';
import { selfTest } from './selfTest.ts';
import { shortWrites } from './shortWrites.ts';
import { seeds } from './spread.ts';
import { takeovers } from './takeovers.ts';
import { whyNoTracing } from './tracingCheck.ts';
import { WorkFolder } from './workFolder.ts';
import { writers } from './writers.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    suite: { type: 'string' },
    only: { type: 'string' },
    break: { type: 'string' },
    seed: { type: 'string' },
  },
});

interface Suite {
  readonly needsTracing: boolean;
  readonly run: (work: WorkFolder, breaking: Breaking | null, limits: Limits) => Promise<readonly Row[]>;
}

const suites: Readonly<Record<string, Suite>> = {
  self: { needsTracing: true, run: (work) => selfTest(work) },
  blocked: { needsTracing: true, run: async (...given) => [await blockedLoops(...given)] },
  accounts: { needsTracing: false, run: async (work, breaking) => [await accounts(work, breaking)] },
  writers: { needsTracing: false, run: async (...given) => [await writers(...given)] },
  takeover: { needsTracing: false, run: async (...given) => [await takeovers(...given)] },
  clocks: { needsTracing: true, run: async (...given) => [await clocks(...given)] },
  short: { needsTracing: false, run: shortWrites },
  calls: {
    needsTracing: true,
    run: (work, breaking, limits) => callFaults(work, breaking, limits, ({ name }) => name.includes(values.only ?? '')),
  },
};

/** One group after the other, with its share of the time; in a group at once, since one of them mostly waits. */
const groups: readonly { readonly share: number; readonly names: readonly string[] }[] = [
  // First what needs its whole time: the others make do with what is left.
  { share: 0.25, names: ['self', 'blocked'] },
  { share: 0.04, names: ['accounts'] },
  { share: 0.12, names: ['writers'] },
  { share: 0.12, names: ['takeover', 'clocks'] },
  { share: 0.1, names: ['short'] },
  { share: 0.37, names: ['calls'] },
];

const usage = `npm run faults -- [--seconds 60] [--seed N] [--suite ${Object.keys(suites).join('|')}] [--only TEXT] [--break ${breakings.join('|')}]`;

async function runSuites(work: WorkFolder, names: readonly string[], asked: Asked): Promise<readonly Row[]> {
  const unknown = names.find((name) => suites[name] === undefined);
  if (unknown !== undefined) throw new Error(`There is no suite "${unknown}". ${usage}`);
  const noTracing = await whyNoTracing(work);
  const rows: Row[] = [];
  const chosen = groups
    .map(({ share, names: all }) => ({ share, names: all.filter((name) => names.includes(name)) }))
    .filter((group) => group.names.length > 0);
  let shareLeft = chosen.reduce((sum, { share }) => sum + share, 0);
  for (const group of chosen) {
    const begun = performance.now();
    // What one leaves of its time is the others'.
    const until = begun + ((asked.end - begun) * group.share) / shareLeft;
    shareLeft -= group.share;
    const limits = { until, seed: asked.seed };
    const all = group.names.map((name) => runSuite(name, work, asked.breaking, limits, noTracing));
    rows.push(...(await Promise.all(all)).flat());
  }
  return rows;
}

async function runSuite(
  name: string,
  work: WorkFolder,
  breaking: Breaking | null,
  limits: Limits,
  noTracing: string | null,
): Promise<readonly Row[]> {
  const suite = suites[name];
  if (suite === undefined) return [];
  if (suite.needsTracing && noTracing !== null) return [{ ...newRow(name), impossible: noTracing }];
  const begun = performance.now();
  const rows = await suite.run(work, breaking, limits);
  const violations = rows.reduce((sum, row) => sum + row.violations.length, 0);
  console.log(`${name}: ${violations} violations, ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  return rows;
}

interface Asked {
  readonly breaking: Breaking | null;
  readonly seed: number;
  /** By performance.now(). */
  readonly end: number;
}

function readArguments(): Asked {
  const breaking = breakings.find((name) => name === values.break) ?? null;
  if (values.break !== undefined && breaking === null)
    throw new Error(`"${values.break}" is no way of breaking. ${usage}`);
  const seconds = values.seconds === undefined ? Number.POSITIVE_INFINITY : Number(values.seconds);
  if (!(seconds > 0)) throw new Error(`"${values.seconds}" is no number of seconds. ${usage}`);
  const seed = values.seed === undefined ? Math.floor(Math.random() * seeds) : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed >= seeds) {
    throw new Error(`"${values.seed}" is no seed: a whole number below ${seeds}. ${usage}`);
  }
  return { breaking, seed, end: seconds * 1_000 };
}

/** Shares among the suites what is left of the time, prints what came of it, and tells whether all is well. */
async function tryAll(): Promise<boolean> {
  const asked = readArguments();
  const work = await WorkFolder.make();
  // What a writer leaves that is killed while it warms up goes with the rest.
  process.env.TMPDIR = work.path;
  process.on('exit', () => work.removeNow());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  try {
    // A store that is broken on purpose is no place for the self-test.
    const all = Object.keys(suites).filter((name) => asked.breaking === null || name !== 'self');
    console.log(`Seed ${asked.seed}: --seed ${asked.seed} tries the same again.`);
    const rows = await runSuites(work, values.suite?.split(',') ?? all, asked);
    printReport(rows, performance.now() / 1_000);
    return isClean(rows);
  } finally {
    await work.remove();
  }
}

if (process.platform !== 'linux') console.log('The fault tests did not run: they need Linux, for strace and /proc.');
else if (!(await tryAll())) process.exitCode = 1;
