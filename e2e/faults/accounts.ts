/** A folder that two accounts share, each under umask 022: what the second one decides arrives, or the failure names the command that lets it. */
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lookAt, standingViolations } from './batchLook.ts';
import type { Account, Breaking, EverydayChange, RunPlace } from './messages.ts';
import { type Outcome, Writer } from './processes.ts';
import { newRow, type Row } from './report.ts';
import { filesOf, thisHost } from './scenarios.ts';
import type { WorkFolder } from './workFolder.ts';

const run = promisify(execFile);
/** The work folder may stand where no other account may go. */
const systemTemp = tmpdir();
/** Numbers that no account of this computer has. */
const shared = 61_100;
const anna: Account = { uid: 61_001, gid: 61_001, groups: [shared], umask: 0o022 };
const ben: Account = { uid: 61_002, gid: 61_002, groups: [shared], umask: 0o022 };
const stranger: Account = { uid: 61_003, gid: 61_003, groups: [], umask: 0o022 };

interface Case {
  readonly name: string;
  /** Of the project's folder, in which the first account makes the rest. */
  readonly group: number;
  readonly mode: number;
  readonly second?: Account;
  /** What becomes of the batch before the second one comes. */
  readonly meanwhile?: (place: RunPlace) => Promise<void>;
  /** What has to be changed before the second one may write, by the command that its failure names; null: nothing. */
  readonly barred: ((place: RunPlace) => readonly string[]) | null;
  /** Whether a command alone does it: to join a group takes an account that has a name. */
  readonly isCurable: boolean;
}

const onlyFor = (place: RunPlace, mode: number): Promise<void> => chmod(filesOf(place).ledger, mode);

const cases: readonly Case[] = [
  { name: 'a shared group that may write, setgid', group: shared, mode: 0o2775, barred: null, isCurable: true },
  { name: 'a shared group that may write, no setgid', group: shared, mode: 0o775, barred: null, isCurable: true },
  {
    name: 'a shared group, and the lock file is the other one’s own',
    group: shared,
    mode: 0o2775,
    meanwhile: (place) => chmod(filesOf(place).lock, 0o644),
    barred: null,
    isCurable: true,
  },
  {
    name: 'a shared group, and a killed writer’s lock folder of the other one',
    group: shared,
    mode: 0o2775,
    meanwhile: async (place) => {
      const { lockFolder } = filesOf(place);
      await mkdir(lockFolder);
      await chown(lockFolder, anna.uid, anna.gid);
      await rm(filesOf(place).lock);
      const old = new Date(Date.now() - 60_000);
      await run('touch', ['--date', old.toISOString(), lockFolder]);
    },
    barred: null,
    isCurable: true,
  },
  {
    name: 'a shared group that may not write',
    group: shared,
    mode: 0o2755,
    barred: (place) => [place.scenesFolder, filesOf(place).ledger],
    isCurable: true,
  },
  {
    name: 'a ledger that only its maker may write',
    group: shared,
    mode: 0o2775,
    meanwhile: (place) => onlyFor(place, 0o644),
    barred: (place) => [filesOf(place).ledger],
    isCurable: true,
  },
  {
    name: 'an account that is in no group of the folder',
    group: shared,
    mode: 0o2775,
    second: stranger,
    barred: (place) => [place.scenesFolder, filesOf(place).ledger],
    isCurable: false,
  },
  {
    name: 'a folder of the first one’s own group',
    group: anna.gid,
    mode: 0o755,
    barred: (place) => [place.scenesFolder, filesOf(place).ledger],
    isCurable: false,
  },
];

export async function accounts(work: WorkFolder, breaking: Breaking | null): Promise<Row> {
  const row = newRow('two accounts in one folder, umask 022');
  row.sites = row.cases = cases.length;
  if (process.getuid?.() !== 0) return { ...row, impossible: 'Only root may act as other accounts.' };
  const folder = await mkdtemp(join(systemTemp, 'picture-lock-accounts-'));
  work.elsewhere.add(folder);
  await chmod(folder, 0o755);
  const first = new Writer({ breaking, skewMs: 0, account: anna });
  const others = new Map([ben, stranger].map((account) => [account, new Writer({ breaking, skewMs: 0, account })]));
  try {
    await Promise.all([first, ...others.values()].map((writer) => writer.ready));
    for (const [index, one] of cases.entries()) {
      const second = others.get(one.second ?? ben);
      if (second === undefined) continue;
      const wrong = await tryCase(one, await newPlace(join(folder, String(index)), one), first, second, row);
      row.tried += 1;
      row.violations.push(...wrong.map((what) => `${one.name}: ${what}`));
    }
    return row;
  } finally {
    await Promise.all([first, ...others.values()].map((writer) => writer.end()));
    await rm(folder, { recursive: true, force: true });
    work.elsewhere.delete(folder);
  }
}

async function newPlace(folder: string, { group, mode }: Case): Promise<RunPlace> {
  const project = join(folder, 'harbor');
  const dataFolder = join(folder, 'data');
  await mkdir(project, { recursive: true });
  await mkdir(dataFolder);
  await chmod(dataFolder, 0o777);
  await chown(project, anna.uid, group);
  await chmod(project, mode);
  return { scenesFolder: join(project, 'ep_001', 'scenes'), dataFolder, batchId: 'BATCH_001' };
}

async function tryCase(
  one: Case,
  place: RunPlace,
  first: Writer,
  second: Writer,
  row: Row,
): Promise<readonly string[]> {
  const found: string[] = [];
  const decide = async (writer: Writer, change: EverydayChange, note?: string): Promise<Outcome> => {
    row.runs += 1;
    return await writer.order({ place, host: thisHost, change, ...(note === undefined ? {} : { note }) });
  };
  const arrives = async (writer: Writer, change: EverydayChange, note?: string): Promise<void> => {
    const outcome = await decide(writer, change, note);
    if (outcome === null || outcome === 'hangs') found.push(`${change.kind}: no answer`);
    else if (outcome.kind === 'failed') found.push(`${change.kind}: refused: ${outcome.message}`);
    else found.push(...outcome.problems.map(({ message }) => `${change.kind}: ${message}`));
  };
  for (const [duration, parentVersion] of [
    [1, null],
    [2, 1],
    [3, 2],
  ] as const) {
    await arrives(first, { kind: 'append', duration, parentVersion });
  }
  await one.meanwhile?.(place);
  if (one.barred !== null) {
    const before = await textsIn(place);
    for (const change of [conformIt, appendIt] as const) {
      const outcome = await decide(second, change, note);
      if (outcome === null || outcome === 'hangs' || outcome.kind === 'done') found.push(`${change.kind}: not refused`);
      else found.push(...adviceViolations(outcome.message, one.barred(place)));
      if ((await textsIn(place)) !== before) found.push(`${change.kind}: refused, and something was written`);
    }
    if (!one.isCurable) return found;
    const outcome = await decide(second, conformIt, note);
    const message = outcome !== null && outcome !== 'hangs' && outcome.kind === 'failed' ? outcome.message : '';
    found.push(...(await obey(message)));
  }
  await arrives(second, conformIt, note);
  await arrives(second, appendIt);
  await arrives(first, { kind: 'markDerived', version: 3 }, 'boards are in');
  await arrives(second, { kind: 'revert', version: 2 }, 'not yet');
  await arrives(first, conformIt, 'now');
  const after = await lookAt(place);
  found.push(...standingViolations(after));
  const told = after.lines
    .filter(({ note: each }) => each !== null)
    .map(({ action, note: each }) => `${action}: ${each}`);
  const wanted = [`conform: ${note}`, 'mark_derived: boards are in', 'revert: not yet', 'conform: now'];
  if (told.join() !== wanted.join()) found.push(`ledger: it tells ${told.join(', ')}`);
  if (after.hasLockFolder || after.temps.length > 0) found.push('a lock folder or a temp file was left');
  return found;
}

const conformIt = { kind: 'conform', version: 3 } as const;
const appendIt = { kind: 'append', duration: 4, parentVersion: 3 } as const;
const note = 'Lena saw the dailies';
const commandMark = / to run(?: the following, then log in anew)?: (.*)$/s;

function adviceViolations(message: string, barred: readonly string[]): readonly string[] {
  const command = commandMark.exec(message)?.[1] ?? '';
  const missing = barred.filter((path) => !message.includes(path));
  return [
    ...missing.map((path) => `the failure does not name ${path}: ${message}`),
    ...(/^(?:chmod|usermod) /.test(command) ? [] : [`the failure names no command: ${message}`]),
  ];
}

/** Does what the failure says, as the owner of what it names. */
async function obey(message: string): Promise<readonly string[]> {
  const command = commandMark.exec(message)?.[1] ?? 'false';
  try {
    await run('sh', ['-c', command], { uid: anna.uid, gid: anna.gid });
    return [];
  } catch {
    return [`what it says cannot be done: ${message}`];
  }
}

/** Every file and folder with its text. */
async function textsIn({ scenesFolder }: RunPlace): Promise<string> {
  const names = (await readdir(scenesFolder)).sort();
  const texts = names.map(async (name) => [name, await readFile(join(scenesFolder, name), 'utf8').catch(() => 'none')]);
  return JSON.stringify(await Promise.all(texts));
}
