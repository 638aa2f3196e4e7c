/** Breaks the store in each way that the harness has to see, and looks that each is seen by what it alone shows, and nothing where nothing is broken. */
import { Lane } from './lane.ts';
import { type Breaking, breakings } from './messages.ts';
import { newRow, type Row } from './report.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import type { FaultKind } from './tracing.ts';
import type { WorkFolder } from './workFolder.ts';

interface Signs {
  /** By the order of calls, in a run into which nothing was injected: these and no others. */
  readonly byOrder: readonly string[];
  /** By what is left behind, of a killed writer or of none: these at least. */
  readonly byRun: readonly string[];
  /** Where a fault strikes in a conform, so that something is left behind: few, this is no search. */
  readonly strikes: { readonly fault: FaultKind; readonly at: RegExp } | null;
}

const signs: Readonly<Record<Breaking | 'nothing', Signs>> = {
  nothing: { byOrder: [], byRun: [], strikes: { fault: 'kill', at: /^(?:rename|fsync)/ } },
  order: { byOrder: ['became visible before it was on the disk'], byRun: [], strikes: null },
  fsync: {
    byOrder: [
      'became visible before it was on the disk',
      'the folder was not on the disk after',
      'the ledger was not on the disk at the end',
    ],
    byRun: [],
    strikes: null,
  },
  rename: {
    byOrder: ['the change came to its place neither by rename nor by link'],
    byRun: ['manifest: '],
    strikes: { fault: 'EIO', at: /^write/ },
  },
  ledgerFirst: {
    byOrder: ['the ledger told of the change before it was made'],
    byRun: ['ledger: it tells of a change that was not made'],
    strikes: { fault: 'kill', at: /^rename/ },
  },
  ledgerSkipped: {
    byOrder: ['the ledger was not written'],
    byRun: ['ledger: 0 lines of a change that was acknowledged'],
    strikes: null,
  },
};

const orderMark = ': order: ';

export async function selfTest(work: WorkFolder): Promise<readonly Row[]> {
  const row = newRow('self-test: the store broken on purpose, and not at all');
  const ways = [null, ...breakings];
  row.sites = row.cases = ways.length;
  // Two at once, as in the suite of calls.
  const waiting = [...ways];
  const seen: string[] = [];
  await Promise.all([takeWays(work, row, waiting, seen), takeWays(work, row, waiting, seen)]);
  row.notes.push(`violations seen, by what was broken: ${seen.join(', ')}`);
  return [row];
}

async function takeWays(work: WorkFolder, row: Row, waiting: (Breaking | null)[], seen: string[]): Promise<void> {
  for (let way = waiting.shift(); way !== undefined; way = waiting.shift()) {
    const { violations, runs } = await tryWay(work, row, way);
    seen.push(`${way ?? 'nothing'} ${violations.length} in ${runs} runs`);
  }
}

async function tryWay(work: WorkFolder, row: Row, breaking: Breaking | null): Promise<Row> {
  const way = breaking ?? 'nothing';
  const seen = newRow(way);
  const lane = new Lane(work, breaking, `self-${way}`);
  try {
    for (const scenario of scenarios.filter(isTried)) {
      const sites = await lane.dryRun(scenario, seen);
      const { strikes } = signs[way];
      if (strikes === null || scenario.name !== 'conform') continue;
      for (const site of sites.filter(({ call }) => strikes.at.test(call))) {
        await lane.run({ scenario, site, fault: strikes.fault }, seen);
      }
    }
  } finally {
    await lane.end();
  }
  row.tried += 1;
  row.runs += seen.runs;
  row.reads += seen.reads;
  row.violations.push(...blindSpots(way, seen.violations));
  return seen;
}

const isTried = ({ name }: Scenario): boolean => name === 'conform' || name.startsWith('append C');

function blindSpots(way: Breaking | 'nothing', found: readonly string[]): readonly string[] {
  const { byOrder, byRun } = signs[way];
  const ofOrder = found.filter((what) => what.includes(orderMark));
  const ofRuns = found.filter((what) => !what.includes(orderMark));
  const missing = [
    ...byOrder.filter((sign) => !ofOrder.some((what) => what.includes(sign))),
    ...byRun.filter((sign) => !ofRuns.some((what) => what.includes(sign))),
  ];
  const wrong = way === 'nothing' ? found : ofOrder.filter((what) => !byOrder.some((sign) => what.includes(sign)));
  return [
    ...missing.map((sign) => `broken: ${way}: NOT SEEN: "${sign}"`),
    ...wrong.map((what) => `broken: ${way}: seen, and is not so: ${what}`),
  ];
}
