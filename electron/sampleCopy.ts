/** The sample workspace of the first start: a copy in the data folder that may be changed freely. */
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../shared/failure.ts';

export const sampleFolder = (dataFolder: string): string => path.join(dataFolder, 'sample');

/** Copies only where no copy stands yet, and never shows half a copy: it is made aside and renamed. */
export async function ensureSample(dataFolder: string, shipped: string): Promise<string> {
  const target = sampleFolder(dataFolder);
  if (await stands(target)) return target;
  let aside: string | null = null;
  try {
    await mkdir(dataFolder, { recursive: true });
    aside = await mkdtemp(path.join(dataFolder, '.sample-'));
    await copyFolder(shipped, aside);
    await rename(aside, target);
    return target;
  } catch (error) {
    if (aside !== null) await rm(aside, { recursive: true, force: true });
    // Another host over the same data folder was faster.
    if (await stands(target)) return target;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FailureError('io', `The sample workspace could not be copied to ${target}: ${reason}.`, { cause: error });
  }
}

const stands = (folder: string): Promise<boolean> =>
  access(folder).then(
    () => true,
    () => false,
  );

/** By reading and writing: `cp` and `copyFile` do not read from inside an archive in every Electron. */
async function copyFolder(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) {
      await mkdir(target);
      await copyFolder(source, target);
    } else if (entry.isFile()) {
      await writeFile(target, await readFile(source));
    }
  }
}
