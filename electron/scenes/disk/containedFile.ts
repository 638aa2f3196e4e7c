/** Opens files of a scenes folder and nothing else: a name is no path, and a symbolic link may not lead out. */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode, ioReason } from './ioReason.ts';

export type Missing = { readonly kind: 'missing' };
export type Outside = { readonly kind: 'outside'; readonly reason: string };
export type Unreadable = { readonly kind: 'unreadable'; readonly reason: string };

export interface FileStamp {
  /** Equal as long as the file is the same: size, time of change, inode. */
  readonly signature: string;
  readonly size: number;
  /** ISO 8601. */
  readonly changedAt: string;
}

export interface OpenFile extends FileStamp {
  readonly kind: 'open';
  readonly handle: FileHandle;
}

export type Opening = OpenFile | Missing | Outside | Unreadable;
export type Reading =
  | (FileStamp & { readonly kind: 'read'; readonly bytes: Uint8Array })
  | Missing
  | Outside
  | Unreadable;

// Windows knows neither flag; there every name takes the way over its real path.
export const noFollow: number | undefined = constants.O_NOFOLLOW;
// Else a named pipe in a file's place would hold up its reader for ever.
export const readFlags = constants.O_RDONLY | (noFollow ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Why a name cannot be that of a file in the folder; null for a plain name. */
export function describeNoPlainName(name: string): string | null {
  if (name === '' || name === '.' || name === '..') return 'it is no file name';
  if (/[/\\]/.test(name)) return 'it is a path, not a file name';
  return name.includes('\0') ? 'it holds a NUL character' : null;
}

/** The caller closes the handle. Never throws for what is on disk. */
export async function openContained(folder: string, name: string): Promise<Opening> {
  const reason = describeNoPlainName(name);
  if (reason !== null) return { kind: 'outside', reason };
  const path = join(folder, name);
  try {
    if (noFollow === undefined) return await openLinked(folder, path);
    try {
      return await stamped(await open(path, readFlags));
    } catch (error) {
      if (errorCode(error) !== 'ELOOP' && errorCode(error) !== 'EMLINK') throw error;
      return await openLinked(folder, path);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'unreadable', reason: ioReason(error) };
  }
}

/** A link is followed only when its end stands in the same folder. */
async function openLinked(folder: string, path: string): Promise<Opening> {
  const home = await realpath(folder);
  const outside: Outside = { kind: 'outside', reason: 'it is a link that leads out of the scenes folder' };
  let real: string;
  try {
    real = await realpath(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || !(await lstat(path)).isSymbolicLink()) throw error;
    // A dangling link: whether something stands at its end is not ours to find out.
    return dirname(resolve(home, await readlink(path))) === home ? { kind: 'missing' } : outside;
  }
  // The real path is opened without following, so that a link put there since leads nowhere.
  return dirname(real) === home ? stamped(await open(real, readFlags)) : outside;
}

const stampOf = (stats: BigIntStats): FileStamp => ({
  signature: `${stats.size}-${stats.mtimeNs}-${stats.ino}`,
  size: Number(stats.size),
  changedAt: new Date(Number(stats.mtimeMs)).toISOString(),
});

export const signatureOf = ({ size, mtimeNs, ino }: BigIntStats): string => `${size}-${mtimeNs}-${ino}`;

async function stamped(handle: FileHandle): Promise<Opening> {
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) {
      await handle.close();
      return {
        kind: 'unreadable',
        reason: stats.isDirectory() ? 'a folder stands in its place' : 'it is no regular file',
      };
    }
    return { kind: 'open', handle, ...stampOf(stats) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export async function readContained(folder: string, name: string): Promise<Reading> {
  const opened = await openContained(folder, name);
  return opened.kind === 'open' ? readOpen(opened) : opened;
}

/** Reads the whole file and closes it. */
export async function readOpen(opened: OpenFile): Promise<Reading> {
  const { handle, signature, size, changedAt } = opened;
  try {
    return { kind: 'read', bytes: await readAll(handle, size), signature, size, changedAt };
  } catch (error) {
    return { kind: 'unreadable', reason: ioReason(error) };
  } finally {
    // Nobody waits for it: every step on a network drive costs its round trip.
    void handle.close().catch(() => undefined);
  }
}

/** One call for the usual file: a byte more is asked for than it has, so that the answer tells its end. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array> {
  if (size >= largestAtOnce) return await handle.readFile();
  const buffer = Buffer.allocUnsafe(size + 1);
  const { bytesRead } = await handle.read(buffer, 0, size + 1, 0);
  if (bytesRead === size) return buffer.subarray(0, size);
  // It changes while it is read, or came in parts.
  const parts = [buffer.subarray(0, bytesRead)];
  for (let at = bytesRead; ; ) {
    const part = Buffer.allocUnsafe(partSize);
    const read = await handle.read(part, 0, partSize, at);
    if (read.bytesRead === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, read.bytesRead));
    at += read.bytesRead;
  }
}

const largestAtOnce = 64 * 1024 * 1024;
const partSize = 64 * 1024;
