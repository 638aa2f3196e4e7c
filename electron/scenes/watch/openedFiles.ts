/** While the folders are polled, the files of the batches opened last are looked at one by one: a change in place moves no folder's time. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BatchId } from '../../../shared/ids.ts';
import type { EpisodeFolder } from '../workspace/workspace.ts';

export interface OpenedFile {
  readonly episode: EpisodeFolder;
  readonly batchId: BatchId;
  readonly path: string;
}

export interface ChangedFile extends OpenedFile {
  readonly name: string;
}

export class OpenedFiles {
  #times = new Map<string, string>();

  /** Those that changed since the last look; of a file that is looked at for the first time nothing is known. */
  async look(files: readonly OpenedFile[]): Promise<readonly ChangedFile[]> {
    const times = new Map<string, string>();
    const changed: ChangedFile[] = [];
    await Promise.all(
      files.map(async (file) => {
        const stats = await stat(file.path, { bigint: true }).catch(() => null);
        const time = stats === null ? 'missing' : `${stats.size}-${stats.mtimeNs}-${stats.ino}`;
        times.set(file.path, time);
        const before = this.#times.get(file.path);
        if (before !== undefined && before !== time) changed.push({ ...file, name: basename(file.path) });
      }),
    );
    this.#times = times;
    return changed;
  }
}
