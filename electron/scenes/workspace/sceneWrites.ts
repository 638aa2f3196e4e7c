/** The writes of one host: a store for each scenes folder, what is under way, and who waits for a lock and may be told to stop. */

import type { Notice } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { Author } from '../lock/lockOwner.ts';
import type { LockTiming } from '../lock/lockWait.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import { SceneVersionStore } from '../store/sceneVersionStore.ts';

export interface WritesOptions {
  readonly dataFolder: string;
  /** Asked at each write: the name can change in the settings. */
  readonly author: () => Author;
  readonly notify: (notice: Notice) => void;
  /** Shared with the read side, so that no body is parsed twice. */
  readonly bodies: BodyCache;
  readonly lockTiming?: Partial<LockTiming> | undefined;
}

interface UnderWay {
  readonly stop: AbortController;
  readonly end: Promise<unknown>;
}

export class SceneWrites {
  readonly #options: WritesOptions;
  readonly #stores = new Map<string, SceneVersionStore>();
  readonly #underWay = new Map<string, Set<UnderWay>>();
  #isClosed = false;

  constructor(options: WritesOptions) {
    this.#options = options;
  }

  /** The signal given to `write` fires when the person gives up waiting, or when the host closes. */
  async run<Value>(
    ref: BatchRef,
    scenesFolder: string,
    write: (store: SceneVersionStore, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    if (this.#isClosed) throw new FailureError('locked', 'Picture Lock is closing; nothing was written.');
    const stop = new AbortController();
    const key = batchKey(ref);
    const end = write(this.#storeOf(ref, scenesFolder), stop.signal);
    const one: UnderWay = { stop, end };
    const all = this.#underWay.get(key) ?? new Set();
    this.#underWay.set(key, all.add(one));
    try {
      return await end;
    } finally {
      all.delete(one);
      if (all.size === 0) this.#underWay.delete(key);
    }
  }

  /** How many waits were given up; a write that has its lock already goes on and is not counted. */
  async stopWaiting(ref: BatchRef): Promise<number> {
    const waiting = [...(this.#underWay.get(batchKey(ref)) ?? [])];
    for (const { stop } of waiting) stop.abort();
    const ends = await Promise.allSettled(waiting.map(({ end }) => end));
    return ends.filter((end) => end.status === 'rejected' && isLocked(end.reason)).length;
  }

  /** What this host's locks are made of, for the status bar. */
  get locks(): string {
    const found = [...this.#stores.values()].map(({ hasFlock }) => hasFlock);
    return found.includes(false) ? 'lock folder only: this file system has no flock' : 'flock and lock folder';
  }

  /** Waits are given up; what has its lock is awaited. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#stores.values()].map((store) => store.closing()));
  }

  /** One per folder: a store knows what is under way in it. */
  #storeOf({ project, episode }: BatchRef, scenesFolder: string): SceneVersionStore {
    const known = this.#stores.get(scenesFolder);
    if (known !== undefined) return known;
    const { dataFolder, author, notify, lockTiming, bodies } = this.#options;
    const store = new SceneVersionStore({
      scenesFolder,
      episode,
      dataFolder,
      author,
      bodies,
      lockTiming,
      onWaiting: (batchId, waiting) =>
        notify({ notice: 'lockAwaited', value: { batch: { project, episode, batchId }, ...waiting } }),
    });
    this.#stores.set(scenesFolder, store);
    return store;
  }
}

const isLocked = (reason: unknown): boolean => reason instanceof FailureError && reason.code === 'locked';
