/** Keeps a file under a second name before another one takes its place: a hard link, or a copy where the file system has no links. */
import * as nodeFiles from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { createFile, type DurableFiles, type Step, syncNames } from './durableWrite.ts';
import { hasCode, ioFailure } from './ioFailure.ts';

interface KeepOptions {
  readonly files?: DurableFiles | undefined;
  readonly step: Step;
}

/** `bytes` is what the file holds. Resolves with the name that it has beside its own, on the disk by then. Throws `io`. */
export async function keepBeside(
  target: string,
  name: string,
  bytes: Uint8Array,
  { files = nodeFiles, step }: KeepOptions,
): Promise<string> {
  const folder = dirname(target);
  try {
    for (let count = 1; ; count += 1) {
      const kept = count === 1 ? name : `${name}-${count}`;
      if (!(await keepAs(target, join(folder, kept), bytes, files))) continue;
      await step('kept beside');
      try {
        const synced = await syncNames(folder, files);
        if (synced.kind === 'failed') throw synced.cause;
      } catch (error) {
        await files.unlink(join(folder, kept)).catch(() => undefined);
        throw error;
      }
      await step('kept name synced');
      return kept;
    }
  } catch (error) {
    throw ioFailure(`${basename(target)} could not be kept beside the new one, so nothing was changed`, error);
  }
}

/** False where another file has that name. */
async function keepAs(target: string, kept: string, bytes: Uint8Array, files: DurableFiles): Promise<boolean> {
  try {
    await files.link(target, kept);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!hasCode(error, 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
  }
  // Not to be linked: another account's file may not be, and some file systems have no links.
  try {
    await createFile(kept, bytes, { files });
    return true;
  } catch (error) {
    if (error instanceof FailureError && error.code === 'conflict') return false;
    throw error;
  }
}
