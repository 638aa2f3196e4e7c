/** The open workspace of one host: what every transport asks of scenes, and the notices that come back. */
import { sep } from 'node:path';
import type { VersionComparison } from '../../../shared/comparison.ts';
import type { BatchRow, BatchView, Decision, Notice, Value, WorkspaceInfo } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { JsonValue } from '../../../shared/json.ts';
import type { Scene } from '../../../shared/scene.ts';
import type { Watching } from '../../../shared/watching.ts';
import type { Author } from '../lock/lockOwner.ts';
import type { LockTiming } from '../lock/lockWait.ts';
import { BodyCache } from '../reading/bodyCache.ts';
import type { SceneVersionStore } from '../store/sceneVersionStore.ts';
import type {
  AskedRepair,
  CandidateWriteOptions,
  RepairOptions,
  RepairRequest,
  DecisionOptions as StoreDecisionOptions,
} from '../store/storeOptions.ts';
import { canWrite, OpenedWorkspace, type WatchOptions } from './openedWorkspace.ts';
import { SceneWrites } from './sceneWrites.ts';
import { locateBatch, locateForWriting, openWorkspaceFolder, type WorkspaceFolder } from './workspace.ts';
import type { WorkspaceReader } from './workspaceReader.ts';

export interface SessionOptions {
  readonly dataFolder: string;
  /** Asked at each write: the name can change in the settings. */
  readonly author: () => Author;
  readonly notify: (notice: Notice) => void;
  readonly lockTiming?: Partial<LockTiming> | undefined;
  readonly log?: { warn(message: string, ...details: readonly unknown[]): void };
  /** Left out: nothing is watched, as for scripts. */
  readonly watch?: WatchOptions | undefined;
}

/** `note` and the revision that the person was looking at; without one nothing is compared. */
type DecisionOptions = Omit<StoreDecisionOptions, 'signal'>;
type CandidateWrite = Omit<CandidateWriteOptions, 'signal'>;
type CandidateWritten = Value<'writeCandidate'>;

export class WorkspaceSession {
  readonly #options: SessionOptions;
  readonly #bodies = new BodyCache();
  readonly #writes: SceneWrites;
  /** The last write of each batch that is still being begun. */
  readonly #beginning = new Map<string, Promise<unknown>>();
  #opened: OpenedWorkspace | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#writes = new SceneWrites({
      ...options,
      bodies: this.#bodies,
      notify: (notice) => {
        if (notice.notice === 'lockAwaited') this.#opened?.waits(notice.value.batch, notice.value.isOver);
        options.notify(notice);
      },
    });
  }

  /** Null before a workspace was opened. */
  get info(): WorkspaceInfo | null {
    return this.#opened?.info ?? null;
  }

  /** The workspace that was open stays open where the new one cannot be. Throws `invalid`, `notFound` and `io`. */
  async open(
    path: string,
    { isSample = this.#isInSample(path) }: { readonly isSample?: boolean } = {},
  ): Promise<{ batches: readonly BatchRow[]; workspace: WorkspaceInfo }> {
    const before = this.#opened;
    const workspace = await this.enter(path, { isSample });
    const opened = this.#current;
    try {
      const batches = await opened.list();
      this.#options.notify({ notice: 'workspaceOpened', value: { workspace } });
      return { batches, workspace };
    } catch (error) {
      await opened.close();
      this.#opened = before && this.#openedAs(before.reader.folder, before.info);
      // Its rows are on the screen still, so it is watched again.
      this.#opened?.list().catch((cause: unknown) => this.#options.log?.warn('It was not listed again', cause));
      throw error;
    }
  }

  /** Without a listing, which takes seconds where there are ten thousand batches: for a face that may not ask for it. Throws as `open` does. */
  async enter(
    path: string,
    { isSample = this.#isInSample(path) }: { readonly isSample?: boolean } = {},
  ): Promise<WorkspaceInfo> {
    const folder = await openWorkspaceFolder(path);
    const info: WorkspaceInfo = { path: folder.path, name: folder.name, isSample, canWrite: await canWrite(folder) };
    const before = this.#opened;
    this.#opened = this.#openedAs(folder, info);
    await before?.close();
    return info;
  }

  /** Of a write that names its workspace: throws `conflict` where another one was opened since. */
  requireOpen(workspace: string | undefined): void {
    const path = this.info?.path ?? null;
    if (workspace === undefined || workspace === path) return;
    const message = `${workspace} is not open any more${path === null ? '' : `: ${path} is`}. Nothing was written; open it again first.`;
    throw new FailureError('conflict', message);
  }

  /** What locks are made of here, for the status bar. */
  get locks(): string {
    return this.#writes.locks;
  }

  get watching(): Watching {
    return this.#opened?.watching ?? { kind: 'none' };
  }

  /** The setting may have changed. */
  async followWatchSetting(): Promise<void> {
    await this.#opened?.followWatchSetting();
  }

  listBatches(): Promise<readonly BatchRow[]> {
    return this.#current.list();
  }

  /** Damage never fails it; a batch that is not there is `notFound`. */
  getBatch(ref: BatchRef): Promise<BatchView> {
    return this.#current.getBatch(ref);
  }

  readScene(ref: BatchRef, version: number): Promise<Scene> {
    return this.#reader.readScene(ref, version);
  }

  compareVersions(ref: BatchRef, from: number, to: number): Promise<VersionComparison> {
    return this.#reader.compareVersions(ref, from, to);
  }

  bodyPath(ref: BatchRef, version: number): Promise<string> {
    return this.#reader.bodyPath(ref, version);
  }

  /** The batch and its episode may be new; the project has to be there. */
  writeCandidate(ref: BatchRef, scene: JsonValue, options: CandidateWrite): Promise<CandidateWritten> {
    return this.#write(ref, 'may be new', (store, signal) =>
      store.writeSceneCandidate(ref.batchId, scene, { ...options, signal }),
    );
  }

  conformVersion(ref: BatchRef, version: number, options: DecisionOptions): Promise<Decision> {
    return this.#write(ref, 'is there', (store, signal) => store.conform(ref.batchId, version, { ...options, signal }));
  }

  revertVersion(ref: BatchRef, version: number, options: DecisionOptions): Promise<Decision> {
    return this.#write(ref, 'is there', (store, signal) => store.revert(ref.batchId, version, { ...options, signal }));
  }

  markDerived(ref: BatchRef, version: number, options: DecisionOptions): Promise<Decision> {
    return this.#write(ref, 'is there', (store, signal) =>
      store.markDerived(ref.batchId, version, { ...options, signal }),
    );
  }

  /** How many waits for the batch's lock were given up. Throws `notFound` where nothing waits and no such batch is there. */
  async stopWaiting(ref: BatchRef): Promise<number> {
    const stopped = await this.#writes.stopWaiting(ref);
    // Looked up afterwards: a first candidate waits for a batch that is not there yet.
    if (stopped === 0) await locateBatch(this.#reader.folder, ref);
    return stopped;
  }

  verifyWorkspace(): Promise<Value<'verifyWorkspace'>> {
    return this.#reader.list.verify((value) => this.#options.notify({ notice: 'verifyProgress', value }));
  }

  stopVerifying(): void {
    this.#reader.list.stopVerifying();
  }

  /** What a repair would do; writes nothing. Throws `notFound` where there is nothing to repair, and `damaged` where it cannot be. */
  async previewRepair(ref: BatchRef, asked: RepairRequest): Promise<AskedRepair> {
    const { scenesFolder } = await locateBatch(this.#reader.folder, ref);
    return await this.#writes.run(ref, scenesFolder, (store) => store.previewRepair(ref.batchId, asked));
  }

  repairBatch(ref: BatchRef, asked: RepairRequest, options: Omit<RepairOptions, 'signal'>): Promise<Decision> {
    return this.#write(ref, 'is there', (store, signal) => store.repair(ref.batchId, asked, { ...options, signal }));
  }

  /** Waits for locks are given up, writes under way are awaited. */
  async close(): Promise<void> {
    await Promise.all([this.#writes.close(), this.#opened?.close()]);
  }

  async #write<Result>(
    ref: BatchRef,
    batch: 'is there' | 'may be new',
    write: (store: SceneVersionStore, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const opened = this.#current;
    const { folder } = opened.reader;
    const locating =
      batch === 'is there'
        ? locateBatch(folder, ref).then(({ scenesFolder }) => scenesFolder)
        : locateForWriting(folder, ref);
    return await opened.write(ref, async () => {
      const { end } = await this.#inOrder(ref, locating, (scenesFolder) => this.#writes.run(ref, scenesFolder, write));
      return await end;
    });
  }

  /** Looking a batch up takes now longer and now less, yet writes that a script sends in one go queue up as they came. */
  async #inOrder<Result>(ref: BatchRef, locating: Promise<string>, run: (scenesFolder: string) => Promise<Result>) {
    const key = batchKey(ref);
    const before = this.#beginning.get(key) ?? Promise.resolve();
    const begun = Promise.all([locating, before]).then(([scenesFolder]) => ({ end: run(scenesFolder) }));
    const settled = Promise.allSettled([before, begun]);
    this.#beginning.set(key, settled);
    void settled.then(() => {
      if (this.#beginning.get(key) === settled) this.#beginning.delete(key);
    });
    return await begun;
  }

  get #reader(): WorkspaceReader {
    return this.#current.reader;
  }

  get #current(): OpenedWorkspace {
    if (this.#opened !== null) return this.#opened;
    throw new FailureError('notFound', 'No workspace is open. Open the folder that holds your projects first.');
  }

  #openedAs(folder: WorkspaceFolder, info: WorkspaceInfo): OpenedWorkspace {
    const { log } = this.#options;
    return new OpenedWorkspace(folder, info, {
      ...this.#options,
      bodies: this.#bodies,
      warn: (message, error) => log?.warn(message, ...(error === undefined ? [] : [error])),
    });
  }

  #isInSample(path: string): boolean {
    const sample = `${this.#options.dataFolder}${sep}sample`;
    return path === sample || path.startsWith(`${sample}${sep}`);
  }
}
