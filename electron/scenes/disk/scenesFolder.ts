/** Makes an episode's scenes folder in a project that exists, shared with the same people as the project. */
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { newFileMode } from './fileSharing.ts';
import { ioFailure } from './ioFailure.ts';
import { errorCode } from './ioReason.ts';

export async function makeScenesFolder(scenesFolder: string): Promise<void> {
  if (await isThere(scenesFolder)) return;
  const episodeFolder = dirname(scenesFolder);
  const project = dirname(episodeFolder);
  if (!(await isThere(project))) {
    throw new FailureError(
      'notFound',
      `The project folder ${basename(project)} is not there. Look whether it was moved.`,
    );
  }
  try {
    await makeLikeParent(episodeFolder);
    await makeLikeParent(scenesFolder);
  } catch (error) {
    throw ioFailure(`The folder ${basename(episodeFolder)}/${basename(scenesFolder)} could not be made`, error);
  }
}

/** Another writer may make it in the same moment. */
async function makeLikeParent(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return;
    throw error;
  }
  if (process.platform === 'win32') return;
  const parent = await stat(dirname(folder));
  await onFolder(folder, async (made) => {
    const { gid, uid, mode } = await made.stat();
    if (gid !== parent.gid) await made.chown(uid, parent.gid).catch(() => undefined);
    // After the group: giving a folder away may take bits off.
    const wanted = newFileMode(mode, parent.mode) | (parent.mode & setGroup);
    await made.chmod(wanted).catch(() => undefined);
  });
  await onFolder(dirname(folder), (above) => above.sync().catch(() => undefined));
}

/** New files in such a folder take its group. */
const setGroup = 0o2000;

async function onFolder(folder: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw ioFailure(`The folder ${basename(folder)} could not be looked at`, error);
  }
}
