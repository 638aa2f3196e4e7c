/** One open workspace of a session: its reader, and for a person's host the watch that tells what others change. */
import { access, constants } from 'node:fs/promises';
import type { BatchRow, BatchView, LockOwner, Notice, WorkspaceInfo } from '../../../shared/contract.ts';
import type { BatchRef } from '../../../shared/ids.ts';
import type { Watching, WatchSetting } from '../../../shared/watching.ts';
import { type Author, readLockOwner, readOwnerText } from '../lock/lockOwner.ts';
import { isAlive } from '../lock/processIdentity.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import { type BatchFiles, batchFiles } from '../sceneFiles.ts';
import type { WatchFolder } from '../watch/folderWatchers.ts';
import { WatchedWorkspace } from '../watch/watchedWorkspace.ts';
import type { WatchTimes } from '../watch/workspaceWatch.ts';
import { listEpisodes, type WorkspaceFolder } from './workspace.ts';
import { WorkspaceReader } from './workspaceReader.ts';

export interface WatchOptions {
  /** Asked anew whenever it may have changed. */
  readonly setting: () => WatchSetting;
  readonly times?: Partial<WatchTimes> | undefined;
  readonly watchFolder?: WatchFolder | undefined;
}

export interface OpenedWorkspaceOptions {
  readonly dataFolder: string;
  readonly author: () => Author;
  readonly notify: (notice: Notice) => void;
  readonly bodies: BodyCache;
  readonly warn: (message: string, error?: unknown) => void;
  /** Left out: nothing is watched, as for scripts. */
  readonly watch?: WatchOptions | undefined;
}

export class OpenedWorkspace {
  readonly info: WorkspaceInfo;
  readonly reader: WorkspaceReader;
  readonly #watch: WatchedWorkspace | null;
  readonly #options: OpenedWorkspaceOptions;

  constructor(folder: WorkspaceFolder, info: WorkspaceInfo, options: OpenedWorkspaceOptions) {
    const { dataFolder, notify, bodies, warn, author, watch } = options;
    const workspace = folder.path;
    const lockOwner = (scenesFolder: string, ref: BatchRef) =>
      liveOwner(batchFiles(scenesFolder, ref.episode, ref.batchId), author().host);
    this.#options = options;
    this.info = info;
    this.reader = new WorkspaceReader(folder, bodies, {
      dataFolder,
      onListed: (batches) => notify({ notice: 'batchesListed', value: { workspace, batches } }),
      onChecked: (progress) => notify({ notice: 'batchesChecked', value: { workspace, ...progress } }),
      warn,
      lockOwner,
    });
    const { list } = this.reader;
    this.#watch =
      watch === undefined ? null : new WatchedWorkspace({ ...watch, folder, list, bodies, notify, lockOwner, warn });
  }

  get watching(): Watching {
    return this.#watch?.state ?? { kind: 'none' };
  }

  /** Watches from before the first folder is listed, so that nothing falls between. */
  async list(): Promise<readonly BatchRow[]> {
    const watch = this.#watch;
    if (watch === null) return await this.reader.list.read();
    return await watch.whileListing(async () => {
      if (watch.state.kind === 'none') await watch.start();
      return await this.reader.list.read();
    });
  }

  async getBatch(ref: BatchRef): Promise<BatchView> {
    const batch = await this.reader.getBatch(ref);
    this.#watch?.opened(ref, batch);
    return batch;
  }

  /** Around a write of this host, which is told as its own and not as somebody else's. */
  async write<Result>(ref: BatchRef, work: () => Promise<Result>): Promise<Result> {
    const watch = this.#watch;
    return watch === null ? await this.#write(ref, work) : await watch.whileWriting(ref, () => this.#write(ref, work));
  }

  /** A write of this host has to wait for the batch's lock, or does no longer. */
  waits(ref: BatchRef, isOver: boolean): void {
    this.#watch?.waits(ref, isOver);
  }

  async followWatchSetting(): Promise<void> {
    await this.#watch?.follow();
  }

  async close(): Promise<void> {
    this.#watch?.stop();
    await this.reader.close();
  }

  async #write<Result>(ref: BatchRef, work: () => Promise<Result>): Promise<Result> {
    const { notify, warn } = this.#options;
    const value = await work();
    // The write stands whether or not its row could be read again; the next listing reads it anyhow.
    const looked = await this.reader.list.refresh(ref).catch((error: unknown) => {
      warn('A row was not read again', error);
      return null;
    });
    if (looked !== null) this.#watch?.wrote(looked);
    notify({ notice: 'batchChanged', value: { ...ref, row: looked?.row ?? null } });
    return value;
  }
}

/** A killed process of this computer holds nothing, though its text and its folder may still stand. */
async function liveOwner(files: BatchFiles, thisHost: string): Promise<LockOwner | null> {
  const owner = await readLockOwner(files, thisHost);
  if (owner?.isThisHost !== true) return owner;
  const text = await readOwnerText(files.lock);
  return text === null || (await isAlive(text)) ? owner : null;
}

/** By the folders in which a decision writes; a workspace without an episode is asked itself. */
export async function canWrite(folder: WorkspaceFolder): Promise<boolean> {
  const episodes = await listEpisodes(folder);
  const paths = episodes.length > 0 ? episodes.map(({ scenesFolder }) => scenesFolder) : [folder.path];
  const answers = await Promise.all(
    paths.map((path) =>
      access(path, constants.W_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return answers.some((answer) => answer);
}
