/** Tells whether a process that left its name somewhere is still alive: a pid alone may have been given away again. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the platform's own terms and fit for a file's name, to be compared by equality only; null where it cannot be told. */
  readonly started: string | null;
}

interface ProcessLook {
  readonly started: string;
  /** Killed and not yet collected by its parent: it holds nothing any more. */
  readonly isZombie: boolean;
}

const run = promisify(execFile);
let own: Promise<ProcessIdentity> | undefined;

export function thisProcess(): Promise<ProcessIdentity> {
  own ??= lookAt(process.pid).then((look) => ({ pid: process.pid, started: look?.started ?? null }));
  return own;
}

export async function isAlive({ pid, started }: ProcessIdentity): Promise<boolean> {
  if (!exists(pid)) return false;
  const look = await lookAt(pid);
  if (look === null) return exists(pid);
  return !look.isZombie && (started === null || started === look.started);
}

function exists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and another account's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Null where the platform does not tell, or hides other accounts' processes. */
async function lookAt(pid: number): Promise<ProcessLook | null> {
  try {
    if (process.platform === 'linux') return parseProcStat(await readFile(`/proc/${pid}/stat`, 'latin1'));
    if (process.platform === 'win32') return null;
    const env = { ...process.env, LC_ALL: 'C' };
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env });
    const [state = '', ...started] = stdout.trim().split(/\s+/);
    return started.length === 0
      ? null
      : { started: started.join('_').replaceAll(':', '.'), isZombie: state.startsWith('Z') };
  } catch {
    return null;
  }
}

/** The name in brackets may hold anything, so fields count from its last bracket: the state is the 3rd of proc(5), the start the 22nd. */
function parseProcStat(text: string): ProcessLook | null {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const started = fields[19];
  return started === undefined ? null : { started, isZombie: fields[0] === 'Z' || fields[0] === 'X' };
}
