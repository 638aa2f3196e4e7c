/** What stands in a folder, file by file, to tell afterwards what was touched and what was not. */
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from './batchOnDisk.ts';

/** By path inside the folder: bytes, times of change and inode, so that a file written anew with the same bytes shows too. */
export async function folderStamps(folder: string): Promise<ReadonlyMap<string, string>> {
  const stamps = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const { mtimeMs, ino, mode } = await lstat(file);
    const content = entry.isFile()
      ? sha256(await readFile(file))
      : entry.isSymbolicLink()
        ? await readlink(file)
        : 'a folder';
    // A folder's own time moves when a file in it comes or goes, which shows by itself.
    const time = entry.isDirectory() ? '' : String(mtimeMs);
    stamps.set(path.relative(folder, file), [content, time, ino, mode].join(' '));
  }
  return stamps;
}

/** Paths that came, went or changed, sorted. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((each) => before.get(each) !== after.get(each)).sort();
}
