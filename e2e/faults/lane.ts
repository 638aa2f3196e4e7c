/** One writer and one reader that take a run after the other, each with one fault at one call of the writer's. */
import { basename, join } from 'node:path';
import { lookAt, revisionOf } from './batchLook.ts';
import { orderViolations } from './durableOrder.ts';
import { foreseenPath } from './foreseenTemps.ts';
import type { Breaking, RunPlace } from './messages.ts';
import { filesLeftOpen } from './openFiles.ts';
import { type Outcome, Reader, Writer } from './processes.ts';
import type { Row } from './report.ts';
import { checkRun } from './runChecks.ts';
import { type Scenario, thisHost } from './scenarios.ts';
import { type FaultKind, type Injection, isOfDisk, NotAttached, type TracedCall, trace } from './tracing.ts';
import { removePlace, type WorkFolder } from './workFolder.ts';

/** How often a call is aimed at again that came earlier or later this time: the pool's thread may wake the main one once more. */
const aims = 24;
const timing = { deadlineMs: 5_000 };

export interface Site {
  readonly call: string;
  readonly when: number;
  readonly isMain: boolean;
  /** Of calls of that name on files alone, the how-manieth: stays the same whatever the wake-ups do. */
  readonly nth: number;
  readonly label: string;
  /** Where wake-ups are made by the same call: the file that it is made on, seen from the run's place, and the how-manieth there. */
  readonly exact: { readonly path: string; readonly when: number } | null;
}

export interface Job {
  readonly scenario: Scenario;
  readonly site: Site;
  readonly fault: FaultKind;
}

export class Lane {
  readonly #work: WorkFolder;
  readonly #breaking: Breaking | null;
  readonly #reader = new Reader();
  readonly #log: string;
  #writer: Writer;
  /** Started while the other works: a kill costs no wait for a start. */
  #spare: Writer;

  constructor(work: WorkFolder, breaking: Breaking | null, name: string) {
    this.#work = work;
    this.#breaking = breaking;
    this.#log = join(work.path, `calls-${name}.log`);
    this.#writer = new Writer({ breaking, skewMs: 0 });
    this.#spare = new Writer({ breaking, skewMs: 0 });
  }

  /** Finds the calls, and judges their order. */
  async dryRun(scenario: Scenario, row: Row): Promise<readonly Site[]> {
    const sites: Site[] = [];
    for (const isMain of [false, true]) {
      const { calls, outcome, place, wrong } = await this.#once(scenario, isMain, null);
      row.runs += 1;
      row.violations.push(...wrong.map((what) => `${scenario.name}, nothing injected: ${what}`));
      if (!isMain && outcome !== null && outcome !== 'hangs') {
        row.violations.push(...orderViolations(calls, place, scenario).map((what) => `${scenario.name}: ${what}`));
      }
      await removePlace(place);
      const counts = new Map<string, number>();
      const count = (key: string): number => {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return counts.get(key) ?? 1;
      };
      for (const call of calls.filter(isOfDisk)) {
        const path = call.paths[0] ?? '';
        const when = count(`${call.call} ${path}`);
        const exact = call.call === 'write' ? { path: seenFrom(place, path), when } : null;
        const nth = count(call.call);
        sites.push({ call: call.call, when: call.when, isMain, nth, label: labelOf(call, place), exact });
      }
    }
    return sites;
  }

  async run({ scenario, site, fault }: Job, row: Row): Promise<void> {
    let { when } = site;
    for (let aim = 0; aim <= aims; aim += 1) {
      const exact = aim === 0 ? site.exact : null;
      const injection = { call: site.call, fault, when: exact?.when ?? when, path: exact?.path };
      const { calls, hit, place, wrong, reads } = await this.#once(scenario, site.isMain, injection);
      row.runs += 1;
      row.reads += reads;
      const how = `${scenario.name}, ${fault} at ${site.label} (${site.call}:when=${injection.when})`;
      row.violations.push(...wrong.map((what) => `${how}: ${what}`));
      if (wrong.length === 0) await removePlace(place);
      if (hit !== null && isOfDisk(hit)) {
        row.tried += 1;
        return;
      }
      if (exact !== null) continue;
      // Where it stood this time; a wake-up was hit in its place, or nothing.
      const now = calls.filter((call) => call.call === site.call && isOfDisk(call))[site.nth - 1];
      when = now !== undefined && now.when !== when ? now.when : when + (aim % 2 === 1 ? aim : -aim);
      if (when < 1) when = site.when;
    }
    row.misses += 1;
    row.notes.push(`in ${aims} aims none struck: ${fault} at ${site.label}`);
  }

  async end(): Promise<void> {
    await Promise.all([this.#writer.end(), this.#spare.end(), this.#reader.end()]);
  }

  async #once(scenario: Scenario, isMain: boolean, injection: Injection | null) {
    const place = await this.#work.newPlace();
    await scenario.prepare(place);
    const before = await lookAt(place);
    const { writer, tracing } = await this.#attach(place, isMain, injection);
    await this.#reader.watch({ place, begun: revisionOf(before) });
    const outcome: Outcome = await writer.order({ place, host: thisHost, change: scenario.change, timing });
    const calls = await tracing.stop();
    const seen = await this.#reader.watch(null);
    const hit = hitOf(calls, injection, outcome);
    // A close that was refused on purpose leaves its file open.
    const open = injection?.call === 'close' || outcome === null ? [] : await filesLeftOpen(writer.pid, place);
    const wrong = [
      ...(await checkRun({ scenario, place, before, outcome, hit })),
      ...open.map((name) => `open: ${name} was never closed`),
      ...seen.wrong.map((what) => `reader: ${what}`),
    ];
    return { calls, outcome, place, hit, reads: seen.reads, wrong };
  }

  /** One that was killed in a call after its answer may look alive for a moment. */
  async #attach(place: RunPlace, isMain: boolean, injection: Injection | null) {
    for (;;) {
      const writer = await this.#readyWriter();
      try {
        const { poolThread, started } = await writer.ready;
        const thread = isMain ? writer.pid : poolThread;
        const named = { pid: writer.pid, started, order: writer.nextOrder };
        const path = injection?.path === undefined ? undefined : foreseenPath(placed(place, injection.path), named);
        const aimed = injection === null ? null : { ...injection, path };
        return { writer, tracing: await trace(thread, this.#log, { isMain, injection: aimed }) };
      } catch (error) {
        await writer.end();
        if (!(error instanceof NotAttached)) throw error;
      }
    }
  }

  async #readyWriter(): Promise<Writer> {
    if (this.#writer.hasEnded) {
      this.#writer = this.#spare;
      this.#spare = new Writer({ breaking: this.#breaking, skewMs: 0 });
    }
    await this.#writer.ready;
    return this.#writer;
  }
}

const scenesMark = '{scenes}';
const dataMark = '{data}';

/** As it would read in any other run. */
const seenFrom = ({ scenesFolder, dataFolder }: RunPlace, path: string): string =>
  path.replace(scenesFolder, scenesMark).replace(dataFolder, dataMark);

const placed = ({ scenesFolder, dataFolder }: RunPlace, path: string): string =>
  path.replace(scenesMark, scenesFolder).replace(dataMark, dataFolder);

/** The call that met the fault; a killed thread's last one. */
function hitOf(
  calls: readonly TracedCall[],
  injection: { readonly call: string; readonly fault: FaultKind } | null,
  outcome: Outcome,
): TracedCall | null {
  if (injection === null) return null;
  if (injection.fault !== 'kill') return calls.find(({ isInjected }) => isInjected) ?? null;
  const last = calls.at(-1);
  return outcome === null && last?.call === injection.call ? last : null;
}

/** `rename .temp → manifest`: what a person needs to find the line in the store. */
function labelOf({ call, paths, when }: TracedCall, { scenesFolder, dataFolder }: RunPlace): string {
  const roles = paths.map((path) => {
    if (path === scenesFolder) return 'the scenes folder';
    if (path.startsWith(dataFolder)) return 'the data folder';
    return basename(path)
      .replace(/^\.(.*)\.picture-lock-.*$/, 'temp of $1')
      .replace('ep_001_BATCH_001', '…');
  });
  return `${call} #${when} ${roles.filter((role) => role !== '').join(' → ')}`.trim();
}
