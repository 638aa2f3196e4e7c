/** Writes a file so that it is whole or not there, and on the disk before anybody is told: temp file, fsync, size, rename or link, fsync of the folder. */
import { constants, type Stats } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { shareLikeFile, shareLikeFolder } from './fileSharing.ts';
import { hasCode, ioFailure } from './ioFailure.ts';
import { newTempName } from './tempFiles.ts';

/** The calls that a disk can fail in; a test puts its own in place for what cannot be caused otherwise. */
export type DurableFiles = Pick<typeof nodeFiles, 'open' | 'rename' | 'link' | 'unlink' | 'stat' | 'lstat'>;

/** Told after each step of a write, by its name. */
export type Step = (name: string) => void | Promise<void>;

export interface WriteOptions {
  /** What has to be ready before the file becomes visible; it may still be under way while the temp file is written. */
  readonly awaitBefore?: Promise<unknown> | undefined;
  /** Runs last before the file becomes visible; what it throws leaves everything as it was. */
  readonly beforeVisible?: (() => void) | undefined;
  readonly files?: DurableFiles | undefined;
  readonly step?: Step | undefined;
}

/** Whether the new name itself is on the disk. Only where that failed is the outcome not known. */
export type FolderSync =
  | { readonly kind: 'synced' }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly cause: unknown };

/** Takes the place of what stands there, and keeps its mode. */
export async function replaceFile(target: string, bytes: Uint8Array, options: WriteOptions = {}): Promise<FolderSync> {
  return await write(target, bytes, options, async (temp, { files, step, beforeVisible }) => {
    beforeVisible();
    await files.rename(temp, target);
    await step('renamed');
  });
}

/** Fails with `conflict` where anything stands already, be it a folder or a broken link. */
export async function createFile(target: string, bytes: Uint8Array, options: WriteOptions = {}): Promise<FolderSync> {
  return await write(target, bytes, options, async (temp, { files, step, beforeVisible }) => {
    beforeVisible();
    try {
      await files.link(temp, target);
    } catch (error) {
      if (hasCode(error, 'EEXIST')) throw standsAlready(target);
      if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
      // A file system without links: the locks keep everybody who takes them from getting in between.
      if (await stands(target, files)) throw standsAlready(target);
      await files.rename(temp, target);
      await step('renamed without link');
      return;
    }
    await step('linked');
    await files.unlink(temp).catch(() => undefined);
    await step('temp unlinked');
  });
}

/** The folder's names are on the disk afterwards, as far as it can be told. */
export async function syncNames(folder: string, files: DurableFiles = nodeFiles): Promise<FolderSync> {
  const handle = await openFolder(folder, files);
  try {
    return await syncFolder(handle);
  } finally {
    void handle?.close().catch(() => undefined);
  }
}

interface Means {
  readonly files: DurableFiles;
  readonly step: Step;
  readonly beforeVisible: () => void;
}

type MakeVisible = (temp: string, means: Means) => Promise<void>;

async function write(
  target: string,
  bytes: Uint8Array,
  options: WriteOptions,
  makeVisible: MakeVisible,
): Promise<FolderSync> {
  const means = {
    files: options.files ?? nodeFiles,
    step: options.step ?? (() => undefined),
    beforeVisible: options.beforeVisible ?? (() => undefined),
  };
  const { files, step } = means;
  // Handled where it is awaited, which a write that fails before never reaches.
  options.awaitBefore?.catch(() => undefined);
  const temp = join(dirname(target), await newTempName(basename(target)));
  // Both are looked at beside the temp file's opening, and handled where they are awaited.
  const opening = openFolder(dirname(target), files);
  const pattern = patternOf(target, opening, files);
  pattern.catch(() => undefined);
  try {
    let folder: nodeFiles.FileHandle | null;
    try {
      await writeTemp(temp, target, bytes, pattern, means);
      folder = await opening;
      await options.awaitBefore;
      await makeVisible(temp, means);
    } catch (error) {
      await files.unlink(temp).catch(() => undefined);
      throw error;
    }
    const outcome = await syncFolder(folder);
    await step('folder synced');
    return outcome;
  } catch (error) {
    throw ioFailure(`${basename(target)} could not be written, and what stood there is as it was`, error);
  } finally {
    void opening.then((folder) => folder?.close()).catch(() => undefined);
  }
}

interface Pattern {
  readonly like: Stats;
  /** Else `like` is the folder that the new file stands in. */
  readonly isReplacing: boolean;
}

/** Whose mode and group the file takes on. */
async function patternOf(
  target: string,
  opening: Promise<nodeFiles.FileHandle | null>,
  files: DurableFiles,
): Promise<Pattern> {
  const [folder, replaced] = await Promise.all([opening, statOf(target, files)]);
  if (replaced !== null) return { like: replaced, isReplacing: true };
  return { like: await (folder === null ? files.stat(dirname(target)) : folder.stat()), isReplacing: false };
}

async function writeTemp(
  temp: string,
  target: string,
  bytes: Uint8Array,
  pattern: Promise<Pattern>,
  { files, step }: Means,
): Promise<void> {
  const handle = await files.open(temp, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o666);
  try {
    await step('temp opened');
    const share = pattern.then(({ like, isReplacing }) =>
      isReplacing ? shareLikeFile(handle, like) : shareLikeFolder(handle, like),
    );
    await bothOrNeither(share, writeWhole(handle, bytes));
    await step('temp written');
    await handle.sync();
    const { size } = await handle.stat();
    if (size !== bytes.length) {
      throw new FailureError(
        'io',
        `${basename(target)} could not be written: ${size} of ${bytes.length} bytes arrived on the disk. Look whether it is full.`,
      );
    }
    await step('temp synced');
  } finally {
    const closed = handle.close().catch(() => undefined);
    // What is on the disk needs no wait for its closing, but Windows renames no open file.
    if (process.platform === 'win32') await closed;
  }
}

/** As Promise.all, but not before both have ended: the file is closed next. */
async function bothOrNeither(one: Promise<void>, other: Promise<void>): Promise<void> {
  await Promise.allSettled([one, other]);
  await Promise.all([one, other]);
}

async function statOf(target: string, files: DurableFiles): Promise<Stats | null> {
  try {
    return await files.stat(target);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ELOOP')) return null;
    throw error;
  }
}

/** A short write goes on where it stopped; a disk that takes nothing any more says so with an error of its own. */
export async function writeWhole(handle: nodeFiles.FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written);
    if (bytesWritten === 0) throw new FailureError('io', 'The disk takes no more data. Look whether it is full.');
    written += bytesWritten;
  }
}

/** Null where folders cannot be opened at all, as on Windows. */
async function openFolder(folder: string, files: DurableFiles): Promise<nodeFiles.FileHandle | null> {
  try {
    return await files.open(folder, constants.O_RDONLY);
  } catch (error) {
    if (hasCode(error, 'EISDIR', 'EPERM', 'EACCES', 'ENOTSUP')) return null;
    throw error;
  }
}

async function syncFolder(folder: nodeFiles.FileHandle | null): Promise<FolderSync> {
  if (folder === null) return { kind: 'unsupported' };
  try {
    await folder.sync();
    return { kind: 'synced' };
  } catch (error) {
    if (hasCode(error, 'EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP', 'EOPNOTSUPP')) return { kind: 'unsupported' };
    return { kind: 'failed', cause: error };
  }
}

async function stands(target: string, files: DurableFiles): Promise<boolean> {
  try {
    await files.lstat(target);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

const standsAlready = (target: string): FailureError =>
  new FailureError(
    'conflict',
    `${basename(target)} stands already and is never overwritten. Look at that file, then write the candidate again.`,
  );
