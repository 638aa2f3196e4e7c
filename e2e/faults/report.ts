/** Prints what was tried and what was wrong as one Markdown table, with the violations below it. */

export interface Row {
  what: string;
  /** Calls, sizes or places at which a fault can strike. */
  sites: number;
  /** What the whole form tries: each site with each fault. */
  cases: number;
  tried: number;
  /** More than the cases where an aim missed, and with the runs in which nothing was injected. */
  runs: number;
  /** Faults that struck nothing: the call came at another place than in the dry run, each time. */
  misses: number;
  /** By the reader that ran throughout. */
  reads: number;
  readonly violations: string[];
  /** Printed below the table. */
  readonly notes: string[];
  /** Why this machine cannot try it. */
  impossible: string | null;
}

/** What a suite is given. */
export interface Limits {
  /** By performance.now(); what has not begun by then is left out, but for the first thing. */
  readonly until: number;
  /** Where the order of what is tried begins. */
  readonly seed: number;
}

const shown = 40;
const count = (value: number): string => value.toLocaleString('en');

export function printReport(rows: readonly Row[], seconds: number): void {
  const total = newRow('all');
  for (const row of rows) {
    for (const key of ['sites', 'cases', 'tried', 'runs', 'misses', 'reads'] as const) total[key] += row[key];
    total.violations.push(...row.violations);
  }
  console.log('| what | call sites | cases tried | runs | missed | reads meanwhile | violations |');
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const { what, sites, cases, tried, runs, misses, reads, violations } of [...rows, total]) {
    const cells = [count(sites), `${count(tried)} of ${count(cases)}`, count(runs), count(misses), count(reads)];
    console.log(`| ${what} | ${cells.join(' | ')} | ${violations.length} |`);
  }
  for (const { what, notes } of rows) for (const note of notes) console.log(`${what}: ${note}`);
  for (const reason of new Set(rows.map(({ impossible }) => impossible))) {
    if (reason === null) continue;
    const which = rows.filter(({ impossible }) => impossible === reason).map(({ what }) => what);
    console.log(`DID NOT RUN here: ${which.join(', ')}. ${reason}`);
  }
  for (const { what } of rows.filter(isSkipped)) console.log(`NOT TRIED, there was no time for it: ${what}.`);
  const share = total.cases === 0 ? 0 : (100 * total.tried) / total.cases;
  const isWhole = total.tried === total.cases && rows.every(({ impossible }) => impossible === null);
  const part = isWhole ? 'every case' : `${Math.floor(10 * share) / 10} % of the whole form's cases`;
  console.log(`Tried ${part} in ${seconds.toFixed(0)} s. The bar is 0 violations.`);
  for (const violation of total.violations.slice(0, shown)) console.log(`- ${violation}`);
  if (total.violations.length > shown) console.log(`- and ${total.violations.length - shown} more`);
}

export const newRow = (what: string): Row => ({
  what,
  sites: 0,
  cases: 0,
  tried: 0,
  runs: 0,
  misses: 0,
  reads: 0,
  violations: [],
  notes: [],
  impossible: null,
});

const isSkipped = ({ tried, impossible }: Row): boolean => tried === 0 && impossible === null;

/** Nothing violated, and nothing left out altogether that could have been tried. */
export const isClean = (rows: readonly Row[]): boolean =>
  rows.every((row) => row.violations.length === 0 && !isSkipped(row));
