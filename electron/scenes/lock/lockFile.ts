/** The pipeline's lock file as we use it: opened and never replaced, flocked, and holding our text for whoever waits. */
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Step } from '../disk/durableWrite.ts';
import { shareLikeFolder } from '../disk/fileSharing.ts';
import { ioFailure } from '../disk/ioFailure.ts';
import { errorCode } from '../disk/ioReason.ts';
import type { BatchFiles } from '../sceneFiles.ts';
import { loadFlock } from './flock.ts';

/** Closing releases the flock too, but need not be waited for where unlocking went well. */
export async function letGo(handle: FileHandle, hasFlock: boolean): Promise<void> {
  let isUnlocked = false;
  try {
    const flock = hasFlock ? await loadFlock() : null;
    flock?.unlock(handle.fd);
    isUnlocked = flock !== null;
  } finally {
    const closed = handle.close().catch(() => undefined);
    if (!isUnlocked) await closed;
  }
}

export interface LockFile {
  readonly handle: FileHandle;
  readonly isWritable: boolean;
}

const noFollow = constants.O_NOFOLLOW ?? 0;

/** Never truncated, never removed: the pipeline locks this very file. Null where there is none yet. */
export async function openStanding(lock: string): Promise<LockFile | null> {
  try {
    return { handle: await open(lock, constants.O_RDWR | noFollow), isWritable: true };
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'ENOENT') return null;
    if (['EACCES', 'EROFS', 'EPERM', 'ELOOP', 'ETXTBSY'].includes(code)) {
      return { handle: await openReadOnly(lock), isWritable: false };
    }
    throw ioFailure(`${basename(lock)} could not be opened`, error);
  }
}

export async function openOrMake(files: BatchFiles, step: Step): Promise<LockFile> {
  const { lock } = files;
  for (;;) {
    try {
      const handle = await open(lock, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | noFollow, 0o666);
      await stat(files.scenesFolder)
        .then((folder) => shareLikeFolder(handle, folder))
        .catch(() => undefined);
      await step('lock file made');
      return { handle, isWritable: true };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw ioFailure(`${basename(lock)} could not be made`, error);
    }
    const standing = await openStanding(lock);
    if (standing !== null) return standing;
  }
}

async function openReadOnly(lock: string): Promise<FileHandle> {
  try {
    return await open(lock, constants.O_RDONLY);
  } catch (error) {
    throw ioFailure(`${basename(lock)} could not be opened`, error);
  }
}

/** Not fsynced: a text that outlives a crash of the computer names nobody who is alive. */
export async function setText(handle: FileHandle, text: string, sizeBefore: number): Promise<void> {
  try {
    if (sizeBefore > 0) await handle.truncate(0);
    await handle.write(text, 0);
  } catch {
    // The text is for people who wait; a full disk keeps it away and stops nobody.
  }
}

/** False where somebody else's stands there by now. */
export async function isTextOf(handle: FileHandle, own: string): Promise<boolean> {
  const buffer = Buffer.alloc(own.length * 4 + 1);
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.toString('utf8', 0, bytesRead) === own;
  } catch {
    return false;
  }
}
