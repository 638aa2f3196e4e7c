/** Where an account may not write: says whose folder or file it is and the one command that changes that, because several accounts share these folders. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { FailureError } from '../../../shared/failure.ts';
import { askForAccess } from './ioFailure.ts';
import { errorCode } from './ioReason.ts';

/** Something that has to be written and may not be. */
export interface Barred {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  /** Whether this account is in that group. */
  readonly isInGroup: boolean;
  readonly isGroupWritable: boolean;
}

const run = promisify(execFile);
const groupWrite = 0o020;

/**
 * Puts in the place of a general advice what to change. `folder` and `files` are what a write needs; a folder that is
 * not there yet stands for the nearest one above it.
 */
export async function withAdvice(error: unknown, folder: string, files: readonly string[]): Promise<unknown> {
  const isPermission = error instanceof FailureError && error.message.includes(askForAccess);
  if (!isPermission || process.platform === 'win32') return error;
  const barred = await findBarred(folder, files).catch(() => []);
  if (barred.length === 0) return error;
  const advice = adviceOn(barred, ownName(), process.platform);
  // A function: in a path a $ is a $.
  const message = error.message.replace(`${askForAccess}.`, () => advice);
  return new FailureError(error.code, message, { details: { ...error.details, barred }, cause: error.cause });
}

/** What bars the way, and the one command that clears it; `barred` is not empty. */
export function adviceOn(barred: readonly Barred[], user: string, platform: NodeJS.Platform): string {
  const whose = barred.map(({ path, owner, group, isInGroup }) =>
    isInGroup
      ? `${path} belongs to ${owner}, and its group ${group} may not write it`
      : `${path} belongs to ${owner} and the group ${group}, which ${user} is not in`,
  );
  const closed = barred.filter(({ isGroupWritable }) => !isGroupWritable).map(({ path }) => quoted(path));
  const open = closed.length === 0 ? [] : [`chmod g+w ${closed.join(' ')}`];
  const groups = [...new Set(barred.filter(({ isInGroup }) => !isInGroup).map(({ group }) => group))];
  const join = groups.map((group) => joining(group, user, platform));
  const command = [...join, ...open].join(' && ');
  const owners = [...new Set(barred.map(({ owner }) => owner))].join(', ');
  const ask =
    groups.length === 0
      ? `Ask ${owners} or an administrator to run: `
      : 'Ask an administrator to run the following, then log in anew: ';
  return `${whose.join('; ')}. ${ask}${command}`;
}

const joining = (group: string, user: string, platform: NodeJS.Platform): string =>
  platform === 'darwin'
    ? `dseditgroup -o edit -a ${quoted(user)} -t user ${quoted(group)}`
    : `usermod -aG ${quoted(group)} ${quoted(user)}`;

/** As a shell takes it whole. */
const quoted = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Its number where nobody knows a name for this account. */
function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}

async function findBarred(folder: string, files: readonly string[]): Promise<readonly Barred[]> {
  const { R_OK, W_OK, X_OK } = constants;
  const found: Barred[] = [];
  const look = async (path: string, mode: number): Promise<void> => {
    try {
      await access(path, mode);
    } catch (error) {
      if (errorCode(error) !== 'EACCES') return;
      const barred = await whose(path);
      // Then something else than owner and group decides, such as an access list.
      if (!(barred.isInGroup && barred.isGroupWritable)) found.push(barred);
    }
  };
  await look(await nearest(folder), R_OK | W_OK | X_OK);
  for (const file of files) await look(file, R_OK | W_OK);
  return found;
}

async function nearest(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    return await nearest(dirname(folder));
  }
}

async function whose(path: string): Promise<Barred> {
  const { uid, gid, mode } = await stat(path);
  const isInGroup = gid === process.getegid?.() || (process.getgroups?.().includes(gid) ?? false);
  const [owner, group] = await namesOf(path, String(uid), String(gid));
  return { path, owner, group, isInGroup, isGroupWritable: (mode & groupWrite) !== 0 };
}

/** Their numbers where nobody knows a name. */
async function namesOf(path: string, uid: string, gid: string): Promise<readonly [owner: string, group: string]> {
  const how = process.platform === 'darwin' ? ['-f', '%Su:%Sg'] : ['--format=%U:%G'];
  const { stdout } = await run('stat', [...how, path]).catch(() => ({ stdout: '' }));
  const [owner = '', group = ''] = stdout.trim().split(':');
  const isName = (name: string): boolean => name !== '' && name !== 'UNKNOWN';
  return [isName(owner) ? owner : uid, isName(group) ? group : gid];
}
