/** Attaches strace to one thread of a writer that stands ready, so that calls are counted from the operation's first and by that thread alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';

export type FaultKind = 'kill' | 'EIO' | 'ENOSPC' | 'EACCES';

export interface Injection {
  readonly call: string;
  /** The how-manieth of its name, from 1; strace counts each name apart. */
  readonly when: number;
  readonly fault: FaultKind;
  /** Then only calls on this file are counted, and traced. */
  readonly path?: string | undefined;
}

export interface TracedCall {
  readonly call: string;
  /** As `Injection.when`. */
  readonly when: number;
  /** The files that it names, by path or by descriptor. */
  readonly paths: readonly string[];
  /** `?` where the thread died in it. */
  readonly result: string;
  readonly isInjected: boolean;
  readonly text: string;
}

const callPattern = /^(\w+)\((.*)\)\s+= (\S+)(.*)$/;
const cutOffPattern = /^(\w+)\((.*)$/;
const pathPattern = /"((?:[^"\\]|\\.)*)"|\d+<([^>]*)>/g;
const descriptorPattern = /\d+<([^>]*)>/g;
/** Their texts in quotes are what is read and written. */
const dataCalls = /^p?(?:read|write)/;
/** The pool's thread wakes the main one through it; nothing of a disk. */
const ownPipes = /<(?:anon_inode:|pipe:|socket:|UNIX)/;

export const isOfDisk = ({ text }: TracedCall): boolean => !ownPipes.test(text);

export interface Tracing {
  /** Detaches, or waits where the writer died, and gives what was called. */
  stop(): Promise<readonly TracedCall[]>;
}

/** Every call that names a file or a descriptor; of the main thread only flock, which is made there. */
const traced = (isMain: boolean): string => (isMain ? 'trace=flock' : 'trace=%file,%desc');

const inject = ({ call, when, fault }: Injection): string =>
  `inject=${call}:${fault === 'kill' ? 'signal=SIGKILL' : `error=${fault}`}:when=${when}`;

/** `always`: a call that fails each time it is made, such as `flock:error=EOPNOTSUPP`. */
export async function trace(
  thread: number,
  log: string,
  what: { readonly isMain?: boolean; readonly injection?: Injection | null; readonly always?: string },
): Promise<Tracing> {
  await rm(log, { force: true });
  const args = ['-y', '-s', '64', '-p', String(thread), '-o', log, '-e', traced(what.isMain ?? false)];
  if (what.injection) args.push('-e', inject(what.injection));
  if (what.injection?.path !== undefined) args.push('-P', what.injection.path);
  if (what.always !== undefined) args.push('-e', `inject=${what.always}`);
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = new Promise<void>((resolve) => strace.on('close', () => resolve()));
  await attached(strace);
  return {
    stop: async () => {
      strace.kill('SIGINT');
      await closed;
      return parseCalls(await readFile(log, 'utf8'));
    },
  };
}

/** The thread is not there any more. */
export class NotAttached extends Error {}

function attached(strace: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    strace.on('error', () =>
      reject(new Error('strace cannot be started. Install it (Debian: apt-get install strace).')),
    );
    strace.on('close', () => {
      const isGone = said.includes('No such process');
      const message = `strace could not be attached: ${said.trim()}. It has to be allowed to trace (ptrace).`;
      reject(isGone ? new NotAttached(message) : new Error(message));
    });
    strace.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      if (/Process \d+ attached/.test(said)) resolve();
    });
  });
}

function parseCalls(log: string): readonly TracedCall[] {
  const counts = new Map<string, number>();
  const calls: TracedCall[] = [];
  for (const line of log.split('\n')) {
    const [, call, args = '', result = '?', rest = ''] = callPattern.exec(line) ?? cutOffPattern.exec(line) ?? [];
    if (call === undefined) continue;
    const when = (counts.get(call) ?? 0) + 1;
    counts.set(call, when);
    const pattern = dataCalls.test(call) && !call.startsWith('readlink') ? descriptorPattern : pathPattern;
    const paths = [...args.matchAll(pattern)].flatMap(([, named, opened]) => named ?? opened ?? []);
    calls.push({ call, when, paths, result, isInjected: rest.includes('(INJECTED)'), text: line });
  }
  return calls;
}
