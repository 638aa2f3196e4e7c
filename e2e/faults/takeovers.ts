/** Rounds in which four processes go for one batch at once over a lock that somebody left, or that somebody loses by being killed in it. */

import { acknowledgedViolations, nextWriterViolations, type Told } from './acknowledged.ts';
import { lookAt, revisionOf } from './batchLook.ts';
import type { Breaking, EverydayChange } from './messages.ts';
import { Reader, Writer } from './processes.ts';
import { type Limits, newRow, type Row } from './report.ts';
import { leaveLock, thisHost, threeVersions } from './scenarios.ts';
import { inSpreadOrder } from './spread.ts';
import { removePlace, type WorkFolder } from './workFolder.ts';

const processes = 4;
const rounds = 100;
const staleMs = 60_000;
/** Four go for one batch; on a busy computer each may have to wait for some time, but not for `stale`. */
const timing = { deadlineMs: 25_000 };
/** In every so manieth round one is killed while it holds the lock. */
const killEvery = 4;
const killSteps = ['folder held', 'temp opened', 'temp synced', 'linked', 'renamed', 'ledger written'];

/** What stands when they come. */
const left = ['a dead process of this host', 'another host, stale', 'nobody'] as const;

export async function takeovers(work: WorkFolder, breaking: Breaking | null, { until, seed }: Limits): Promise<Row> {
  const row = newRow(`takeover of a stale lock by ${processes} processes`);
  row.sites = row.cases = rounds;
  const order = inSpreadOrder(
    Array.from({ length: rounds }, (_, index) => index),
    seed,
  );
  const reader = new Reader();
  let writers = Array.from({ length: processes }, () => new Writer({ breaking, skewMs: 0 }));
  try {
    for (const round of order) {
      if (row.tried > 0 && performance.now() > until) break;
      writers = writers.map((writer) => (writer.hasEnded ? new Writer({ breaking, skewMs: 0 }) : writer));
      await Promise.all(writers.map((writer) => writer.ready));
      const place = await work.newPlace();
      await threeVersions(place);
      const owner = left[round % left.length] ?? 'nobody';
      if (owner === 'a dead process of this host') await leaveLock(place, thisHost, 1_000);
      if (owner === 'another host, stale') await leaveLock(place, 'ws-99', staleMs);
      await reader.watch({ place, begun: revisionOf(await lookAt(place)) });
      const isKilling = round % killEvery === 0;
      const step = killSteps[(round / killEvery) % killSteps.length] ?? 'renamed';
      const told: Told[] = await Promise.all(
        writers.map(async (writer, index) => {
          const change: EverydayChange =
            index === processes - 1
              ? { kind: 'conform', version: 3 }
              : { kind: 'append', duration: 1_000 * (round + 1) + index, parentVersion: 2 };
          const pause = isKilling && index === 0 ? { step, ms: 60_000, isBlocking: false } : undefined;
          const asked = { place, host: thisHost, change, timing, ...(pause === undefined ? {} : { pause }) };
          return { change, outcome: await writer.order(asked, () => void writer.end()) };
        }),
      );
      const seen = await reader.watch(null);
      const how = `round ${round + 1}, over ${owner}${isKilling ? `, one killed at "${step}"` : ''}`;
      const wrong = [...(await acknowledgedViolations(place, told, { temps: isKilling }))];
      for (const { outcome } of told) {
        if (outcome !== null && outcome !== 'hangs' && outcome.kind === 'failed')
          wrong.push(`refused: ${outcome.message}`);
      }
      wrong.push(...(await nextWriterViolations(place)));
      wrong.push(...seen.wrong.map((what) => `reader: ${what}`));
      row.runs += 1;
      row.tried += 1;
      row.reads += seen.reads;
      row.violations.push(...wrong.map((what) => `${how}: ${what}`));
      await removePlace(place);
    }
  } finally {
    await Promise.all([...writers.map((writer) => writer.end()), reader.end()]);
  }
  return row;
}
