/** Watches a workspace by the system's events, or by looking at its folders where those cannot be had; says where to look again. */
import type { BatchId } from '../../../shared/ids.ts';
import type { Watching, WatchSetting } from '../../../shared/watching.ts';
import type { EpisodeFolder, WorkspaceFolder } from '../workspace/workspace.ts';
import { FolderWatchers, type WatchFolder } from './folderWatchers.ts';
import { FollowedTree } from './followedTree.ts';
import { type EpisodeHint, type Gathered, HintGathering } from './hintGathering.ts';
import { networkMountOf } from './networkMount.ts';
import { type OpenedFile, OpenedFiles } from './openedFiles.ts';
import { readSceneEvent } from './sceneEvent.ts';
import { emptyReason, goneReason, watchFailureReason } from './watchFailure.ts';

export interface WatchTimes {
  readonly pollMs: number;
  /** Beside events, to find what the system did not tell of, such as a queue that ran over. */
  readonly glanceMs: number;
  /** Every so many polls one scenes folder is looked through file by file. */
  readonly thoroughEvery: number;
  /** Every so many polls the system is asked again whether it watches. */
  readonly retryEvery: number;
}

export interface WatchOptions {
  readonly folder: WorkspaceFolder;
  readonly setting: WatchSetting;
  readonly onHints: (hints: readonly EpisodeHint[]) => void;
  /** A lock of this batch was taken or let go. */
  readonly onLock: (episode: EpisodeFolder, batchId: BatchId) => void;
  readonly onState: (state: Watching) => void;
  readonly openedFiles: () => readonly OpenedFile[];
  readonly warn: (message: string, error?: unknown) => void;
  readonly times?: Partial<WatchTimes> | undefined;
  readonly watchFolder?: WatchFolder | undefined;
}

const usualTimes: WatchTimes = { pollMs: 2_000, glanceMs: 5_000, thoroughEvery: 5, retryEvery: 15 };

export class WorkspaceWatch {
  readonly #options: WatchOptions;
  readonly #times: WatchTimes;
  readonly #gathering: HintGathering;
  readonly #watchers: FolderWatchers;
  readonly #tree: FollowedTree;
  readonly #openedFiles = new OpenedFiles();
  #state: Watching = { kind: 'none' };
  #usesEvents = true;
  /** Why the system's events are done without, where they were asked for. */
  #failure: string | null = null;
  #polls = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #work: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#times = { ...usualTimes, ...options.times };
    this.#gathering = new HintGathering((gathered) => this.#take(gathered));
    this.#tree = new FollowedTree({ ...options, gathering: this.#gathering });
    this.#watchers = new FolderWatchers({
      watchFolder: options.watchFolder,
      onEvent: (folder, kind, name) => this.#tree.hear(folder, kind, name),
      onLost: (folder) => this.#tree.lose(folder),
      onFailed: (error) => this.#fallBack(error),
    });
  }

  get state(): Watching {
    return this.#state;
  }

  /** How many watches of the system it holds. */
  get watches(): number {
    return this.#watchers.size;
  }

  /** Never throws: what cannot be watched is looked at, and what cannot be reached is tried again. */
  async start(): Promise<void> {
    const { setting, folder } = this.#options;
    const mount = setting === 'auto' ? await networkMountOf(folder.path) : null;
    this.#usesEvents = setting !== 'polling' && mount === null;
    await this.#inTurn(() => this.#read());
    this.#schedule();
  }

  /** At once; what is under way on a drive that does not answer is not waited for. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#gathering.stop();
    this.#watchers.close();
  }

  lookEverywhere(): void {
    this.#tree.lookEverywhere();
  }

  #take({ hints, hasOtherFolders }: Gathered): void {
    // While the workspace is gone, what is missing in it is no news of its batches.
    const tell = () => {
      if (!this.#isStopped && hints.length > 0 && this.#state.kind !== 'gone') this.#options.onHints(hints);
    };
    if (hasOtherFolders) void this.#inTurn(() => this.#read()).then(tell);
    else tell();
  }

  async #read(): Promise<void> {
    const { path } = this.#options.folder;
    try {
      const reading = await this.#readTree();
      if (this.#isStopped) return;
      if (reading === 'emptied') this.#lost(emptyReason(path));
      else this.#found();
    } catch (error) {
      this.#lost(goneReason(path, error));
    }
  }

  async #readTree(): Promise<'read' | 'emptied'> {
    if (!this.#usesEvents) return await this.#tree.read(null);
    try {
      const reading = await this.#tree.read(this.#watchers);
      // What was opened while this was being stopped.
      if (this.#isStopped) this.#watchers.close();
      return reading;
    } catch (error) {
      if (!isOfWatches(error)) throw error;
      this.#fallBack(error);
      return await this.#tree.read(null);
    }
  }

  #found(): void {
    const wasGone = this.#state.kind === 'gone';
    const { setting } = this.#options;
    const { pollMs } = this.#times;
    if (this.#usesEvents) this.#tell({ kind: 'events' });
    else {
      const because = this.#failure !== null ? 'failed' : setting === 'polling' ? 'chosen' : 'network';
      this.#tell({ kind: 'polling', everyMs: pollMs, because, reason: this.#failure });
    }
    if (wasGone) this.#tree.lookEverywhere();
  }

  #lost(reason: string): void {
    this.#watchers.close();
    this.#tell({ kind: 'gone', reason });
    this.#schedule();
  }

  #fallBack(error: unknown): void {
    if (this.#isStopped) return;
    this.#options.warn('The folders cannot be watched by events', error);
    this.#watchers.close();
    this.#usesEvents = false;
    this.#failure = watchFailureReason(error);
    if (this.#state.kind !== 'none') this.#found();
    this.#tree.lookEverywhere();
    this.#schedule();
  }

  #tell(state: Watching): void {
    if (this.#isStopped || JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #schedule(): void {
    if (this.#isStopped) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { glanceMs, pollMs } = this.#times;
    this.#timer = setTimeout(
      () => void this.#inTurn(() => this.#look()).then(() => this.#schedule()),
      this.#state.kind === 'events' ? glanceMs : pollMs,
    );
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#state.kind === 'gone') {
      await this.#read();
      return;
    }
    try {
      if (await this.#tree.lookAtTimes()) await this.#read();
      if (!this.#usesEvents) await this.#poll();
    } catch (error) {
      this.#lost(goneReason(this.#options.folder.path, error));
    }
  }

  async #poll(): Promise<void> {
    this.#polls += 1;
    const { thoroughEvery, retryEvery } = this.#times;
    await this.#lookAtOpened();
    const { episodes } = this.#tree;
    const round = this.#polls / thoroughEvery;
    const next = Number.isInteger(round) ? episodes[round % episodes.length] : undefined;
    if (next !== undefined) this.#gathering.addWhole(next, { withBodies: true });
    if (this.#failure !== null && this.#polls % retryEvery === 0) await this.#tryEvents();
  }

  async #tryEvents(): Promise<void> {
    try {
      await this.#tree.read(this.#watchers);
    } catch {
      this.#watchers.close();
      return;
    }
    this.#usesEvents = true;
    this.#failure = null;
    this.#found();
    // What came to pass between the last poll and the first event.
    this.#tree.lookEverywhere();
  }

  async #lookAtOpened(): Promise<void> {
    for (const { episode, batchId, name } of await this.#openedFiles.look(this.#options.openedFiles())) {
      if (readSceneEvent(name, episode.episode)?.kind === 'lock') this.#options.onLock(episode, batchId);
      else this.#gathering.addFile(episode, batchId, name);
    }
  }

  /** One piece of work after the other, so that no two readings of the tree overtake each other. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.#work.then(async () => {
      if (!this.#isStopped) await work();
    });
    const settled = next.catch((error: unknown) => this.#options.warn('Watching met what it did not expect', error));
    this.#work = settled;
    return settled;
  }
}

/** Node says of these which call they come from; the folder itself fails otherwise. */
const isOfWatches = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && error.syscall === 'watch';
