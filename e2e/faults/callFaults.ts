/** Kills and fails every file call of every operation in turn: a dry run finds the calls, then each meets each fault in a run of its own. */
import { type Job, Lane } from './lane.ts';
import type { Breaking } from './messages.ts';
import { type Limits, newRow, type Row } from './report.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { inSpreadOrder } from './spread.ts';
import type { FaultKind } from './tracing.ts';
import type { WorkFolder } from './workFolder.ts';

const faults: readonly FaultKind[] = ['kill', 'EIO', 'ENOSPC', 'EACCES'];
/** Writers at work at once; each has a reader beside it. */
const lanes = 2;

export async function callFaults(
  work: WorkFolder,
  breaking: Breaking | null,
  { until, seed }: Limits,
  only: (scenario: Scenario) => boolean,
): Promise<readonly Row[]> {
  const chosen = scenarios.filter(only);
  const rows = new Map(chosen.map((scenario) => [scenario, newRow(scenario.name)]));
  const rowOf = (scenario: Scenario): Row => rows.get(scenario) ?? newRow(scenario.name);
  const team = Array.from({ length: lanes }, (_, index) => new Lane(work, breaking, String(index)));
  try {
    const jobs: Job[] = [];
    await Promise.all(
      team.map(async (lane, index) => {
        for (const scenario of chosen.filter((_, at) => at % lanes === index)) {
          const row = rowOf(scenario);
          const sites = await lane.dryRun(scenario, row);
          row.sites = sites.length;
          row.cases = sites.length * faults.length;
          for (const site of sites) for (const fault of faults) jobs.push({ scenario, site, fault });
        }
      }),
    );
    // The lanes race, so that the jobs' order is made theirs again.
    jobs.sort((a, b) => chosen.indexOf(a.scenario) - chosen.indexOf(b.scenario));
    const waiting = firstOfEach(inSpreadOrder(jobs, seed));
    let next = 0;
    await Promise.all(
      team.map(async (lane) => {
        while (next < chosen.length || performance.now() < until) {
          const job = waiting[next];
          next += 1;
          if (job === undefined) return;
          await lane.run(job, rowOf(job.scenario));
        }
      }),
    );
    return [...rows.values()];
  } finally {
    await Promise.all(team.map((lane) => lane.end()));
  }
}

/** However short the time is, each operation meets one fault. */
function firstOfEach(jobs: readonly Job[]): readonly Job[] {
  const firsts = new Map<Scenario, Job>();
  for (const job of jobs) if (!firsts.has(job.scenario)) firsts.set(job.scenario, job);
  const begin = new Set(firsts.values());
  return [...begin, ...jobs.filter((job) => !begin.has(job))];
}
