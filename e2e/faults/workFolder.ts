/** Folders for runs: one of its own for each, all gone at the end. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RunPlace } from './messages.ts';

/** `npm run` starts at the project's folder. A real disk, not the system's temp folder: that may be memory. */
const cache = resolve('node_modules/.cache');

export class WorkFolder {
  readonly path: string;
  /** Other file systems beneath it. */
  readonly mounted = new Set<string>();
  /** Other folders that have to go with it. */
  readonly elsewhere = new Set<string>();
  #last = 0;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<WorkFolder> {
    await mkdir(cache, { recursive: true });
    // A tracer names files by their real path, whatever links led there.
    return new WorkFolder(await realpath(await mkdtemp(join(cache, 'fault-runs-'))));
  }

  /** `under`: another file system that is mounted there. */
  async newPlace(under = this.path): Promise<RunPlace> {
    this.#last += 1;
    const folder = join(this.path, `run-${this.#last}`);
    const project = join(under === this.path ? folder : join(under, `run-${this.#last}`), 'harbor');
    const scenesFolder = join(project, 'ep_001', 'scenes');
    await mkdir(scenesFolder, { recursive: true });
    return { scenesFolder, dataFolder: join(folder, 'data'), batchId: 'BATCH_001' };
  }

  /** For an end that nobody awaits. */
  removeNow(): void {
    for (const disk of this.mounted) spawnSync('umount', ['--lazy', disk]);
    for (const folder of [this.path, ...this.elsewhere]) rmSync(folder, { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

export async function removePlace({ scenesFolder, dataFolder }: RunPlace): Promise<void> {
  await rm(join(scenesFolder, '../../..'), { recursive: true, force: true });
  await rm(join(dataFolder, '..'), { recursive: true, force: true });
}
