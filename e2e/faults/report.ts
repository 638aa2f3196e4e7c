/** Prints what was tried and what was wrong as one Markdown table, with the violations below it. */

export interface Row {
  what: string;
  /** Calls, sizes or places at which a fault can strike. */
  sites: number;
  runs: number;
  /** Faults that struck nothing: the call came at another place than in the dry run, several times. */
  misses: number;
  /** By the reader that ran throughout. */
  reads: number;
  readonly violations: string[];
}

const shown = 40;
const count = (value: number): string => value.toLocaleString('en');

export function printReport(rows: readonly Row[], seconds: number): void {
  const total = rows.reduce(
    (sum, { sites, runs, misses, reads, violations }) => ({
      what: 'all',
      sites: sum.sites + sites,
      runs: sum.runs + runs,
      misses: sum.misses + misses,
      reads: sum.reads + reads,
      violations: [...sum.violations, ...violations],
    }),
    newRow('all'),
  );
  console.log('| what | call sites | runs | missed | reads meanwhile | violations |');
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const { what, sites, runs, misses, reads, violations } of [...rows, total]) {
    console.log(
      `| ${what} | ${count(sites)} | ${count(runs)} | ${count(misses)} | ${count(reads)} | ${violations.length} |`,
    );
  }
  for (const { what, runs } of rows) if (runs === 0) console.log(`Not tried, there was no time for it: ${what}.`);
  console.log(`In ${seconds.toFixed(0)} s. The bar is 0 violations.`);
  for (const violation of total.violations.slice(0, shown)) console.log(`- ${violation}`);
  if (total.violations.length > shown) console.log(`- and ${total.violations.length - shown} more`);
}

export const newRow = (what: string): Row => ({ what, sites: 0, runs: 0, misses: 0, reads: 0, violations: [] });

export const violationsOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, { violations }) => sum + violations.length, 0);
