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
  /** Of the time, where it is limited. */
  readonly share: number;
  readonly needsTracing: boolean;
  readonly run: (work: WorkFolder, breaking: Breaking | null, limits: Limits) => Promise<readonly Row[]>;
}

const suites: Readonly<Record<string, Suite>> = {
  // First what needs its whole time: the others make do with what is left.
  self: { share: 0.2, needsTracing: true, run: (work) => selfTest(work) },
  blocked: {
    share: 0.15,
    needsTracing: true,
    run: async (work, breaking, limits) => [await blockedLoops(work, breaking, limits)],
  },
  accounts: {
    share: 0.05,
    needsTracing: false,
    run: async (work, breaking) => [await accounts(work, breaking)],
  },
  writers: {
    share: 0.12,
    needsTracing: false,
    run: async (work, breaking, limits) => [await writers(work, breaking, limits)],
  },
  takeover: {
    share: 0.08,
    needsTracing: false,
    run: async (work, breaking, limits) => [await takeovers(work, breaking, limits)],
  },
  clocks: {
    share: 0.1,
    needsTracing: true,
    run: async (work, breaking, limits) => [await clocks(work, breaking, limits)],
  },
  short: { share: 0.1, needsTracing: false, run: shortWrites },
  calls: {
    share: 0.37,
    needsTracing: true,
    run: (work, breaking, limits) => callFaults(work, breaking, limits, ({ name }) => name.includes(values.only ?? '')),
  },
};

const usage = `npm run faults -- [--seconds 60] [--seed N] [--suite ${Object.keys(suites).join('|')}] [--only TEXT] [--break ${breakings.join('|')}]`;

async function runSuites(work: WorkFolder, names: readonly string[], asked: Asked): Promise<readonly Row[]> {
  const { breaking, seed } = asked;
  const rows: Row[] = [];
  const noTracing = await whyNoTracing(work);
  let shareLeft = names.reduce((sum, name) => sum + (suites[name]?.share ?? 0), 0);
  for (const name of names) {
    const suite = suites[name];
    if (suite === undefined) throw new Error(`There is no suite "${name}". ${usage}`);
    const begun = performance.now();
    // What one leaves of its time is the others'.
    const until = begun + ((asked.end - begun) * suite.share) / shareLeft;
    shareLeft -= suite.share;
    if (suite.needsTracing && noTracing !== null) rows.push({ ...newRow(name), impossible: noTracing });
    else rows.push(...(await suite.run(work, breaking, { until, seed })));
    times.push(`${name} ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  }
  return rows;
}

interface Asked {
  readonly breaking: Breaking | null;
  readonly seed: number;
  /** By performance.now(). */
  readonly end: number;
}

const times: string[] = [];

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
  process.on('exit', () => work.removeNow());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  try {
    // A store that is broken on purpose is no place for the self-test.
    const all = Object.keys(suites).filter((name) => asked.breaking === null || name !== 'self');
    console.log(`Seed ${asked.seed}: --seed ${asked.seed} tries the same again.`);
    const rows = await runSuites(work, values.suite?.split(',') ?? all, asked);
    printReport(rows, performance.now() / 1_000);
    console.log(`Of it: ${times.join(', ')}.`);
    return isClean(rows);
  } finally {
    await work.remove();
  }
}

if (process.platform !== 'linux') console.log('The fault tests did not run: they need Linux, for strace and /proc.');
else if (!(await tryAll())) process.exitCode = 1;
