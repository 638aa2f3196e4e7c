/** How long ago a lock folder was last renewed, by the clock of whoever keeps the files: no two computers need agree on the time. */
import { open, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { newTempName } from '../disk/tempFiles.ts';
import type { BatchFiles } from '../sceneFiles.ts';

interface FolderTimes {
  /** What its holder set. */
  readonly mtimeMs: number;
  /** What the file system set when the holder did so; nobody can set it otherwise. */
  readonly ctimeMs: number;
}

/** Asks for the time at most once: a clock of ours that only counts goes on from there. */
export class FolderClock {
  readonly #files: BatchFiles;
  #asked: Promise<Asked | null> | null = null;

  constructor(files: BatchFiles) {
    this.#files = files;
  }

  /** Null where it cannot be told: then nobody's folder is too old. */
  async ageOf(folder: FolderTimes): Promise<number | null> {
    this.#asked ??= ask(this.#files).catch(() => null);
    const asked = await this.#asked;
    if (asked === null) return null;
    return asked.nowMs + (performance.now() - asked.at) - folder[asked.kept];
  }
}

interface Asked {
  readonly nowMs: number;
  readonly at: number;
  /** Some file systems keep no time of change; what is new has one of writing by their clock too. */
  readonly kept: keyof FolderTimes;
}

/** A file that was made just now tells what time it is where the folder is kept. */
async function ask({ scenesFolder, lockFolder }: BatchFiles): Promise<Asked> {
  const path = join(scenesFolder, await newTempName(basename(lockFolder)));
  const handle = await open(path, 'wx');
  try {
    const { ctimeMs, mtimeMs } = await handle.stat();
    const kept = ctimeMs > 0 ? 'ctimeMs' : 'mtimeMs';
    return { nowMs: ctimeMs > 0 ? ctimeMs : mtimeMs, at: performance.now(), kept };
  } finally {
    await handle.close().catch(() => undefined);
    await unlink(path).catch(() => undefined);
  }
}
