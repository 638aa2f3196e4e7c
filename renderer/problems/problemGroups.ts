/** Which batches have something wrong with them, in the order of the list, and how much. Pure. */
import type { BatchRow } from '../../shared/contract.ts';
import type { Problem } from '../../shared/problem.ts';

export type SeverityFilter = 'all' | Problem['severity'];

export interface ProblemGroup {
  readonly row: BatchRow;
  /** Those that the filter lets through; never empty. */
  readonly problems: readonly Problem[];
}

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
  /** Batches with a problem of either kind. */
  readonly batches: number;
}

export function countProblems(rows: readonly BatchRow[]): ProblemCounts {
  let [errors, warnings, batches] = [0, 0, 0];
  for (const { problems } of rows) {
    if (problems.length === 0) continue;
    batches += 1;
    for (const { severity } of problems) {
      if (severity === 'error') errors += 1;
      else warnings += 1;
    }
  }
  return { errors, warnings, batches };
}

/** Errors of a batch stand before its warnings. */
export function groupProblems(rows: readonly BatchRow[], filter: SeverityFilter): readonly ProblemGroup[] {
  const groups: ProblemGroup[] = [];
  for (const row of rows) {
    if (row.problems.length === 0) continue;
    const passing = row.problems.filter(({ severity }) => filter === 'all' || severity === filter);
    if (passing.length === 0) continue;
    const problems = [
      ...passing.filter(({ severity }) => severity === 'error'),
      ...passing.filter(({ severity }) => severity === 'warning'),
    ];
    groups.push({ row, problems });
  }
  return groups;
}
