/** An open workspace under watch: what others change becomes notices, what this host writes does not. */
import { join } from 'node:path';
import type { BatchView, LockOwner, Notice } from '../../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { Watching, WatchSetting } from '../../../shared/watching.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import { batchFiles, flatName, scenesFolderOf } from '../sceneFiles.ts';
import type { BatchList, LookedBatch } from '../workspace/batchList.ts';
import type { EpisodeFolder, WorkspaceFolder } from '../workspace/workspace.ts';
import type { WatchFolder } from './folderWatchers.ts';
import { KnownBatches } from './knownBatches.ts';
import type { OpenedFile } from './openedFiles.ts';
import { OpenedLocks } from './openedLocks.ts';
import { OutsideLooks, readBatchOf } from './outsideLooks.ts';
import { type WatchTimes, WorkspaceWatch } from './workspaceWatch.ts';

export interface WatchedWorkspaceOptions {
  readonly folder: WorkspaceFolder;
  readonly list: BatchList;
  readonly bodies: BodyCache;
  readonly setting: () => WatchSetting;
  readonly notify: (notice: Notice) => void;
  readonly lockOwner: (scenesFolder: string, ref: BatchRef) => Promise<LockOwner | null>;
  readonly warn: (message: string, error?: unknown) => void;
  readonly times?: Partial<WatchTimes> | undefined;
  readonly watchFolder?: WatchFolder | undefined;
}

export class WatchedWorkspace {
  readonly #options: WatchedWorkspaceOptions;
  readonly #known = new KnownBatches();
  readonly #locks: OpenedLocks;
  readonly #looks: OutsideLooks;
  /** How many writes of this host are under way, by batch. */
  readonly #writing = new Map<string, number>();
  /** Those that still wait for the lock: what happens meanwhile is somebody else's. */
  readonly #waiting = new Set<string>();
  #watch: WorkspaceWatch;
  #setting: WatchSetting;
  #isStopped = false;

  constructor(options: WatchedWorkspaceOptions) {
    this.#options = options;
    const { folder, notify } = options;
    this.#locks = new OpenedLocks({
      lockOwner: (ref) => options.lockOwner(this.#scenesFolder(ref), ref),
      onSeen: (batch, owner) => notify({ notice: 'lockSeen', value: { batch, owner } }),
    });
    this.#looks = new OutsideLooks({
      ...options,
      known: this.#known,
      isBusy: (ref) => this.#writing.has(batchKey(ref)) && !this.#waiting.has(batchKey(ref)),
      onChanges: (changes) => notify({ notice: 'batchesChanged', value: { workspace: folder.path, changes } }),
      onRows: (batches) => notify({ notice: 'batchesListed', value: { workspace: folder.path, batches } }),
    });
    this.#setting = options.setting();
    this.#watch = this.#watchAs(this.#setting);
  }

  get state(): Watching {
    return this.#watch.state;
  }

  /** How many watches of the system it holds. */
  get watches(): number {
    return this.#watch.watches;
  }

  /** Before the workspace is listed, so that nothing falls between; never throws. */
  async start(): Promise<void> {
    await this.#watch.start();
  }

  /** Nothing is awaited: a drive that does not answer holds up nobody. */
  stop(): void {
    this.#isStopped = true;
    this.#watch.stop();
    this.#looks.stop();
    this.#locks.stop();
  }

  /** The setting may have changed. */
  async follow(): Promise<void> {
    const setting = this.#options.setting();
    if (this.#isStopped || setting === this.#setting) return;
    this.#setting = setting;
    this.#watch.stop();
    this.#watch = this.#watchAs(setting);
    await this.#watch.start();
    this.#watch.lookEverywhere();
  }

  /** Nothing is told while the whole list is read: it would be told a second time. */
  async whileListing<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#looks.hold();
    try {
      return await work();
    } finally {
      // After the listing itself is on its way, so that no row of it overtakes what is told next.
      setTimeout(() => this.#looks.release());
    }
  }

  opened(ref: BatchRef, { revision, versions, problems, ledger, lock }: BatchView): void {
    this.#known.open(ref, { revision, versions, problems, ledger });
    this.#locks.opened(ref, lock);
  }

  /** Around a write of this host; what it wrote is known afterwards, by `wrote`. */
  async whileWriting<Result>(ref: BatchRef, work: () => Promise<Result>): Promise<Result> {
    const key = batchKey(ref);
    this.#writing.set(key, (this.#writing.get(key) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.#writing.get(key) ?? 1) - 1;
      if (left > 0) this.#writing.set(key, left);
      else {
        this.#writing.delete(key);
        this.#waiting.delete(key);
        this.#looks.again(ref);
      }
    }
  }

  waits(ref: BatchRef, isOver: boolean): void {
    if (isOver) this.#waiting.delete(batchKey(ref));
    else this.#waiting.add(batchKey(ref));
  }

  wrote(looked: LookedBatch): void {
    this.#known.told(looked.contents.source.ref, readBatchOf(looked));
  }

  #watchAs(setting: WatchSetting): WorkspaceWatch {
    const { notify } = this.#options;
    const watch: WorkspaceWatch = new WorkspaceWatch({
      ...this.#options,
      setting,
      onHints: (hints) => this.#looks.take(hints),
      onLock: ({ project, episode }, batchId) => {
        const ref = { project, episode, batchId };
        this.#looks.again(ref);
        if (!this.#writing.has(batchKey(ref))) this.#locks.changed(ref);
      },
      onState: (watching) => notify({ notice: 'watchingChanged', value: watching }),
      openedFiles: () => this.#known.latest().flatMap(({ ref, artifacts }) => this.#filesOf(ref, artifacts)),
    });
    return watch;
  }

  #filesOf(ref: BatchRef, artifacts: readonly string[]): readonly OpenedFile[] {
    const { project, episode: number, batchId } = ref;
    const scenesFolder = this.#scenesFolder(ref);
    const episode: EpisodeFolder = { project, episode: number, scenesFolder };
    const { manifest, ledger, lockFolder } = batchFiles(scenesFolder, number, batchId);
    // Plain names alone: what an artifact of a damaged manifest leads to is not looked at.
    const bodies = artifacts.filter((name) => !/[/\\\0]/.test(name)).map((name) => join(scenesFolder, name));
    const paths = new Set([manifest, ledger, lockFolder, join(scenesFolder, flatName(number, batchId)), ...bodies]);
    return [...paths].map((path) => ({ episode, batchId, path }));
  }

  #scenesFolder({ project, episode }: BatchRef): string {
    return scenesFolderOf(join(this.#options.folder.projectsFolder, project), episode);
  }
}
