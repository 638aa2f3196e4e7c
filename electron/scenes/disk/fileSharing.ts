/** Gives new files the group and the group-write bit of their folder, because people of several accounts share these folders. */
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

export interface Sharing {
  readonly gid: number;
  readonly mode: number;
}

const permissions = 0o7777;
const groupBits = 0o060;
const groupWrite = 0o020;

/** The mode of a new file: as the account's umask made it, but for the group's share in it. */
export const newFileMode = (made: number, folder: number): number =>
  (folder & groupWrite) === 0 ? made & permissions & ~groupWrite : (made & permissions) | groupBits;

export async function shareLikeFolder(handle: FileHandle, folder: Sharing): Promise<void> {
  const made = await handle.stat();
  await giveTo(handle, made, null, folder.gid);
  const mode = newFileMode(made.mode, folder.mode);
  if (mode !== (made.mode & permissions)) await handle.chmod(mode);
}

/** What takes the place of a file keeps its mode, its group and, where this account may give files away, its owner. */
export async function shareLikeFile(handle: FileHandle, replaced: Stats): Promise<void> {
  const made = await handle.stat();
  await giveTo(handle, made, replaced.uid, replaced.gid);
  if ((made.mode & permissions) !== (replaced.mode & permissions)) await handle.chmod(replaced.mode & permissions);
}

/** An account gives files only to groups that it is in, and mostly to no other owner: what is refused stays as it is. */
async function giveTo(handle: FileHandle, made: Stats, uid: number | null, gid: number): Promise<void> {
  if (process.platform === 'win32') return;
  const owner = uid ?? made.uid;
  if (owner === made.uid && gid === made.gid) return;
  try {
    await handle.chown(owner, gid);
  } catch {
    if (owner !== made.uid && gid !== made.gid) await handle.chown(made.uid, gid).catch(() => undefined);
  }
}
