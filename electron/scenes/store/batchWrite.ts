/** The frame of one write of one batch: its turn, its lock, its files put in place, and what becomes of the ledger. */
import { unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { BatchId, Revision } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { withAdvice } from '../disk/accessAdvice.ts';
import { readContained } from '../disk/containedFile.ts';
import { createFile, type FolderSync, replaceFile, type Step } from '../disk/durableWrite.ts';
import { keepBeside } from '../disk/keepBeside.ts';
import { type HeldLock, type Turn, withTurn } from '../lock/batchLock.ts';
import { type LockTiming, usualTiming, type Waiting } from '../lock/lockWait.ts';
import { BodyCache } from '../reading/bodyCache.ts';
import { batchFiles } from '../sceneFiles.ts';
import { type BatchPlace, type BatchState, readState } from './batchState.ts';
import type { Candidate } from './candidate.ts';
import type { NextManifest } from './nextManifest.ts';
import { type ChangeLine, recordAlone, recordChange } from './recordChange.ts';
import type { DecidedOn, StoreOptions } from './storeOptions.ts';

/** The batch as it was read while it is locked. */
export interface Locked {
  readonly held: HeldLock;
  readonly state: BatchState;
}

/** Not visible before the promise that it is given is kept. */
type MakeVisible = (ready: Promise<unknown>) => Promise<FolderSync>;

export interface Change {
  /** After it. */
  readonly revision: Revision;
  readonly lines: readonly ChangeLine[];
  readonly note?: string | null | undefined;
}

/** Makes the frame of each write, with what all writes of a store share. */
export class BatchWrites {
  readonly options: StoreOptions;
  readonly bodies: BodyCache;
  readonly timing: LockTiming;
  readonly step: Step;
  readonly closing = new AbortController();
  /** Null before the first lock. */
  hasFlock: boolean | null = null;

  constructor(options: StoreOptions) {
    this.options = options;
    this.bodies = options.bodies ?? new BodyCache();
    this.timing = { ...usualTiming, ...options.lockTiming };
    this.step = options.steps ?? (() => undefined);
  }

  of(batchId: BatchId): BatchWrite {
    return new BatchWrite(this, batchId);
  }
}

export class BatchWrite {
  readonly place: BatchPlace;
  readonly bodies: BodyCache;
  readonly #all: BatchWrites;

  constructor(all: BatchWrites, batchId: BatchId) {
    const { scenesFolder, episode } = all.options;
    this.place = { batchId, episode, files: batchFiles(scenesFolder, episode, batchId) };
    this.bodies = all.bodies;
    this.#all = all;
  }

  /** Runs `work` when this batch's earlier writes of this process are through; nothing is locked yet. */
  inTurn<Value>(signal: AbortSignal | undefined, work: (turn: Turn) => Promise<Value>): Promise<Value> {
    const { options, timing, step, closing } = this.#all;
    const { batchId, files } = this.place;
    const author = options.author();
    const onWaiting = (waiting: Waiting): void => options.onWaiting?.(batchId, waiting);
    const request = { files, batchId, author, thisHost: author.host, timing, signal, onWaiting, step };
    return withTurn({ ...request, closing: closing.signal }, work).catch(async (error: unknown) => {
      throw await withAdvice(error, files.scenesFolder, [files.ledger]);
    });
  }

  underLock<Value>(turn: Turn, work: (held: HeldLock) => Promise<Value>): Promise<Value> {
    return turn.lock((held) => {
      this.#all.hasFlock = held.hasFlock;
      return work(held);
    });
  }

  /** The data folder in which lines may wait for this batch's ledger. */
  get dataFolder(): string {
    return this.#all.options.dataFolder;
  }

  /** Carries a change out and writes its lines; gives the problems of what stands then. */
  record(locked: Locked, change: Change, write: MakeVisible): Promise<readonly Problem[]> {
    return recordChange({ ...this.#told(locked, change), write });
  }

  /** Lines alone, which change nothing else. Throws `io` where the ledger takes none. */
  recordAlone(locked: Locked, change: Change): Promise<readonly Problem[]> {
    return recordAlone(this.#told(locked, change));
  }

  #told({ state }: Locked, { revision, lines, note = null }: Change) {
    const { author, dataFolder, durableFiles: files } = this.#all.options;
    const { user, host } = author();
    const { place } = this;
    return { place, before: state, by: { user, host }, dataFolder, step: this.#all.step, files, revision, lines, note };
  }

  /** A change of the manifest alone. `unmoved` is what else has to hold before it becomes visible. */
  async decide(
    locked: Locked,
    { bytes, manifest, revision }: NextManifest,
    line: ChangeLine,
    note: string | null | undefined,
    unmoved?: Promise<void>,
  ): Promise<DecidedOn> {
    const problems = await this.record(locked, { revision, lines: [line], note }, (ready) =>
      this.replaceManifest(locked, bytes, unmoved === undefined ? ready : Promise.all([unmoved, ready])),
    );
    return { manifest, revision, problems };
  }

  replaceManifest({ held }: Locked, bytes: Buffer, ready: Promise<unknown>): Promise<FolderSync> {
    return replaceFile(this.place.files.manifest, bytes, this.#writing(held, ready));
  }

  /** As replaceManifest, and what stood there, `standing`, stays beside it under the name `keptAs` or one close to it. */
  async replaceAndKeep(
    locked: Locked,
    { bytes, standing, keptAs }: { readonly bytes: Buffer; readonly standing: Uint8Array; readonly keptAs: string },
    ready: Promise<unknown>,
  ): Promise<FolderSync> {
    await ready;
    locked.held.assertHeld();
    const { manifest, scenesFolder } = this.place.files;
    const { step, options } = this.#all;
    const kept = await keepBeside(manifest, keptAs, standing, { files: options.durableFiles, step });
    try {
      return await this.replaceManifest(locked, bytes, ready);
    } catch (error) {
      // Where nothing was replaced a copy would only be a riddle; a drive of a network may say so of a rename that it made.
      const now = await readContained(scenesFolder, basename(manifest));
      const isReplaced = now.kind !== 'read' || Buffer.compare(now.bytes, standing) !== 0;
      if (!isReplaced) await unlink(join(scenesFolder, kept)).catch(() => undefined);
      throw error;
    }
  }

  async createBody(
    { held }: Locked,
    { bytes }: Candidate,
    artifact: string,
    ready: Promise<unknown>,
  ): Promise<FolderSync> {
    const target = join(this.place.files.scenesFolder, artifact);
    const synced = await createFile(target, bytes, this.#writing(held, ready));
    if (synced.kind !== 'failed') return synced;
    await unlink(target).catch(() => undefined);
    const message = `${artifact} could not be saved: the disk did not confirm its folder. Nothing was registered; try again.`;
    throw new FailureError('io', message, { cause: synced.cause });
  }

  /** Its manifest was not written, so nothing was: an orphan would only be a riddle. */
  async discardBody(artifact: string): Promise<void> {
    const { parsed } = await readState(this.place);
    // Where the lock was lost somebody may have found it and registered it.
    if (parsed?.text?.includes(artifact)) return;
    await unlink(join(this.place.files.scenesFolder, artifact)).catch(() => undefined);
  }

  #writing(held: HeldLock, awaitBefore: Promise<unknown>) {
    const { options, step } = this.#all;
    return { awaitBefore, beforeVisible: () => held.assertHeld(), files: options.durableFiles, step };
  }
}
