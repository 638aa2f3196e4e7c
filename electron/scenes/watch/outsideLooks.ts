/** Reads the batches that a watch points at, and tells of those that somebody else changed: who did it, and what is gone. */
import { stat } from 'node:fs/promises';
import type { BatchRow, OutsideChange } from '../../../shared/contract.ts';
import { absentRevision, type BatchId, type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import { batchFiles } from '../sceneFiles.ts';
import type { BatchList, LookedBatch } from '../workspace/batchList.ts';
import { type EpisodeFolder, type LocatedBatch, locateIn } from '../workspace/workspace.ts';
import { Doubts } from './doubts.ts';
import type { EpisodeHint } from './hintGathering.ts';
import { isSameRow, type KnownBatches, type ReadBatch } from './knownBatches.ts';
import { readSceneEvent } from './sceneEvent.ts';

export interface OutsideLooksOptions {
  readonly list: Pick<BatchList, 'beginLook' | 'look' | 'told' | 'differences' | 'forget'>;
  readonly bodies: Pick<BodyCache, 'forgetFile'>;
  readonly known: KnownBatches;
  /** This host writes the batch now: what is seen of it is its own. */
  readonly isBusy: (ref: BatchRef) => boolean;
  readonly onChanges: (changes: readonly OutsideChange[]) => void;
  /** Rows that only tell more than before; nothing changed. */
  readonly onRows: (rows: readonly BatchRow[]) => void;
  readonly warn: (message: string, error?: unknown) => void;
}

interface Pending {
  readonly ref: BatchRef;
  readonly episode: EpisodeFolder;
  readonly names: ReadonlySet<string>;
  /** Null where the folder holds nothing of it. */
  readonly located: LocatedBatch | null;
  /** Of the listing that tells so. */
  readonly begun: number;
}

const looksAtOnce = 6;
/** Of many changes the first are told soon, then several together. */
const tellEveryMs = 250;
const lookAgainMs = 100;

export class OutsideLooks {
  readonly #options: OutsideLooksOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #looking = new Set<string>();
  readonly #deferred = new Map<string, Pending>();
  readonly #doubts = new Doubts();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #held: EpisodeHint[] | null = null;
  #changes: OutsideChange[] = [];
  #rows: BatchRow[] = [];
  #toldAt = 0;
  #isStopped = false;

  constructor(options: OutsideLooksOptions) {
    this.#options = options;
  }

  /** Until it is released nothing is looked at: what a listing is about to bring would be taken for a change. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.take(held);
  }

  take(hints: readonly EpisodeHint[]): void {
    if (this.#isStopped) return;
    if (this.#held !== null) {
      this.#held.push(...hints);
      return;
    }
    for (const hint of hints) {
      void this.#locate(hint).catch((error: unknown) =>
        this.#options.warn(`${hint.episode.scenesFolder} could not be looked at`, error),
      );
    }
  }

  /** A batch that was left alone, since this host wrote it or somebody had begun to, is looked at now. */
  again(ref: BatchRef): void {
    const key = batchKey(ref);
    const waiting = this.#deferred.get(key);
    this.#deferred.delete(key);
    if (waiting !== undefined) this.#takeAgain(waiting);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#pending.clear();
  }

  async #locate({ episode, batches, isWhole, withBodies }: EpisodeHint): Promise<void> {
    const wanted = new Map<BatchId, ReadonlySet<string>>(batches);
    if (isWhole) {
      const { changed, gone } = await this.#options.list.differences(episode, { withBodies });
      for (const { batchId } of [...changed.map(({ ref }) => ref), ...gone]) {
        if (!wanted.has(batchId)) wanted.set(batchId, new Set());
      }
    }
    if (wanted.size === 0) return;
    const begun = this.#options.list.beginLook();
    const located = await locateIn(episode, wanted.keys());
    const { project, episode: number } = episode;
    for (const [batchId, names] of wanted) {
      const ref = { project, episode: number, batchId };
      this.#queue({ ref, episode, names, located: located.get(batchId) ?? null, begun });
    }
  }

  #queue(pending: Pending): void {
    const key = batchKey(pending.ref);
    const before = this.#pending.get(key);
    this.#pending.set(key, before === undefined ? pending : merged(before, pending));
    void this.#work();
  }

  async #work(): Promise<void> {
    for (const [key, pending] of this.#pending) {
      if (this.#looking.size >= looksAtOnce) return;
      if (this.#looking.has(key)) continue;
      this.#pending.delete(key);
      this.#looking.add(key);
      void this.#look(pending)
        .catch((error: unknown) => this.#options.warn(`${key} could not be looked at`, error))
        .finally(() => {
          this.#looking.delete(key);
          this.#tell();
          void this.#work();
        });
    }
  }

  async #look(pending: Pending): Promise<void> {
    const { ref, located, names, begun } = pending;
    if (this.#isLeftAlone(pending)) return;
    if (located === null) {
      this.#tellGone(ref);
      return;
    }
    for (const name of names) {
      if (readSceneEvent(name, ref.episode)?.kind === 'body')
        this.#options.bodies.forgetFile(located.scenesFolder, name);
    }
    const lockFolder = batchFiles(located.scenesFolder, ref.episode, ref.batchId).lockFolder;
    const wasHeld = await isThere(lockFolder);
    const looked = await this.#options.list.look(located, begun);
    if (this.#isLeftAlone(pending)) return;
    const before = this.#doubts.before(looked);
    // Let go of while it was looked at: what was read may be of before the last step.
    if (this.#doubts.isHalfDone(looked, wasHeld || (await isThere(lockFolder)))) {
      this.#later(pending);
      return;
    }
    this.#options.list.told(ref);
    this.#compare(ref, looked, before);
  }

  /** True where this host is writing it: then it is looked at afterwards. */
  #isLeftAlone(pending: Pending): boolean {
    if (!this.#options.isBusy(pending.ref)) return false;
    const key = batchKey(pending.ref);
    const before = this.#deferred.get(key);
    this.#deferred.set(key, before === undefined ? pending : merged(before, pending));
    return true;
  }

  #tellGone(ref: BatchRef): void {
    this.#doubts.forget(ref);
    const wasOpened = this.#options.known.has(ref);
    this.#options.known.forget(ref);
    if (this.#options.list.forget(ref) || wasOpened) this.#changes.push({ batch: ref, row: null, lines: [] });
  }

  #compare(ref: BatchRef, looked: LookedBatch, before: BatchRow | null): void {
    const { known } = this.#options;
    const { row } = looked;
    const batch = readBatchOf(looked);
    if (before !== null && isSameRow(before, row) && !known.isOther(ref, batch)) {
      if (!before.checked) this.#rows.push(row);
      return;
    }
    const lines = known.newLines(ref, batch, { before, row });
    known.told(ref, batch);
    this.#changes.push({ batch: ref, row, lines });
  }

  #later(pending: Pending): void {
    this.#deferred.set(batchKey(pending.ref), pending);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.again(pending.ref);
    }, lookAgainMs);
    timer.unref();
    this.#timers.add(timer);
  }

  #takeAgain({ ref, episode, names }: Pending): void {
    this.take([{ episode, batches: new Map([[ref.batchId, names]]), isWhole: false, withBodies: false }]);
  }

  #tell(): void {
    if (this.#isStopped) return;
    const isIdle = this.#pending.size === 0 && this.#looking.size === 0;
    if (!isIdle && Date.now() - this.#toldAt < tellEveryMs) return;
    this.#toldAt = Date.now();
    const [changes, rows] = [this.#changes, this.#rows];
    this.#changes = [];
    this.#rows = [];
    if (rows.length > 0) this.#options.onRows(rows);
    if (changes.length > 0) this.#options.onChanges(changes);
  }
}

/** A listing that began earlier may end later. */
const merged = (one: Pending, other: Pending): Pending => ({
  ...(other.begun >= one.begun ? other : one),
  names: new Set([...one.names, ...other.names]),
});

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export const readBatchOf = (looked: LookedBatch): ReadBatch => ({
  revision: looked.contents.source.manifest?.revision ?? absentRevision,
  versions: looked.contents.versions,
  problems: looked.contents.problems,
  ledger: looked.contents.ledger.lines,
});
