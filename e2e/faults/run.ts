/** `npm run faults`: lets the store meet every fault, prints what was tried, and ends with 1 where anything was violated. */
import { parseArgs } from 'node:util';
import { blockedLoops } from './blockedLoops.ts';
import { callFaults } from './callFaults.ts';
import { clocks } from './clocks.ts';
import { type Breaking, breakings } from './messages.ts';
import { printReport, type Row, violationsOf } from './report.ts';
import { shortWrites } from './shortWrites.ts';
import { takeovers } from './takeovers.ts';
import { WorkFolder } from './workFolder.ts';

const usage = `npm run faults -- [--seconds 60] [--suite calls|short|clocks|blocked|takeover] [--only TEXT] [--break ${breakings.join('|')}] [--self-test]`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    suite: { type: 'string' },
    only: { type: 'string' },
    break: { type: 'string' },
    'self-test': { type: 'boolean', default: false },
  },
});

interface Suite {
  /** Of the time, where it is limited. */
  readonly share: number;
  readonly run: (work: WorkFolder, breaking: Breaking | null, until: number) => Promise<readonly Row[]>;
}

const suites: Readonly<Record<string, Suite>> = {
  // First what needs its whole time: the others make do with what is left.
  blocked: { share: 0.17, run: async (work, breaking, until) => [await blockedLoops(work, breaking, until)] },
  takeover: { share: 0.1, run: async (work, breaking, until) => [await takeovers(work, breaking, until)] },
  calls: {
    share: 0.5,
    run: (work, breaking, until) =>
      callFaults({ work, breaking, until, only: ({ name }) => name.includes(values.only ?? '') }),
  },
  short: { share: 0.13, run: (work, breaking, until) => shortWrites({ work, breaking, until }) },
  clocks: { share: 0.1, run: async (work, breaking, until) => [await clocks(work, breaking, until)] },
};

async function runSuites(work: WorkFolder, breaking: Breaking | null, names: readonly string[], seconds: number) {
  const rows: Row[] = [];
  const total = names.reduce((sum, name) => sum + (suites[name]?.share ?? 0), 0);
  let shareLeft = total;
  const end = performance.now() + seconds * 1_000;
  for (const name of names) {
    const suite = suites[name];
    if (suite === undefined) throw new Error(`There is no suite "${name}". ${usage}`);
    // What one leaves of its time is the others'.
    const until = performance.now() + ((end - performance.now()) * suite.share) / shareLeft;
    rows.push(...(await suite.run(work, breaking, until)));
    shareLeft -= suite.share;
  }
  return rows;
}

/** Each way of breaking the durable write has to be seen, in the one suite that can. */
async function selfTest(work: WorkFolder, seconds: number): Promise<boolean> {
  let isSeen = true;
  for (const breaking of breakings) {
    const only = ({ name }: { readonly name: string }): boolean => name === 'conform' || name.startsWith('append C');
    const until = performance.now() + (seconds / breakings.length) * 1_000;
    const rows = await callFaults({ work, breaking, until, only });
    const found = rows.flatMap(({ violations }) => violations);
    const runs = rows.reduce((sum, row) => sum + row.runs, 0);
    const byRun = found.filter((what) => !what.includes(': order: ')).length;
    console.log(
      `Broken on purpose, ${breaking}: ${found.length} violations in ${runs} runs (${byRun} by what was left, ${found.length - byRun} by the order of calls), such as`,
    );
    for (const what of [...new Set(found.map((each) => each.replace(/^.*?: /, '')))].slice(0, 3))
      console.log(`- ${what}`);
    if (found.length === 0) isSeen = false;
  }
  console.log(isSeen ? 'Each was seen.' : 'NOT SEEN: the harness is blind.');
  return isSeen;
}

const begun = performance.now();
const breaking = breakings.find((name) => name === values.break) ?? null;
if (values.break !== undefined && breaking === null)
  throw new Error(`"${values.break}" is no way of breaking. ${usage}`);
const seconds = values.seconds === undefined ? Number.POSITIVE_INFINITY : Number(values.seconds);
if (!(seconds > 0)) throw new Error(`"${values.seconds}" is no number of seconds. ${usage}`);

const work = await WorkFolder.make();
try {
  if (values['self-test']) {
    if (!(await selfTest(work, Math.min(seconds, 60)))) process.exitCode = 1;
  } else {
    const names = values.suite === undefined ? Object.keys(suites) : [values.suite];
    const rows = await runSuites(work, breaking, names, seconds);
    printReport(rows, (performance.now() - begun) / 1_000);
    if (violationsOf(rows) > 0) process.exitCode = 1;
  }
} finally {
  await work.remove();
}
