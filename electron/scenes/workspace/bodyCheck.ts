/** Reads the bodies behind the list, in the background or because a person asked for it, and keeps what it found. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchRow, Notices } from '../../../shared/contract.ts';
import { batchKey } from '../../../shared/ids.ts';
import { checkedRow } from '../reading/batchView.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import type { ReadingThreads } from '../reading/readingThreads.ts';
import { type CheckProgress, checkBatches } from './batchCheck.ts';
import { CheckMemory } from './checkMemory.ts';
import type { KnownRows } from './knownRows.ts';
import { type EpisodePart, type ListedEpisode, partsOf } from './listedEpisode.ts';
import { checkPart } from './partCheck.ts';
import { fewBatches } from './rowReading.ts';
import type { LocatedBatch } from './workspace.ts';

export interface BodyCheckOptions {
  readonly dataFolder: string;
  readonly workspacePath: string;
  readonly bodies: BodyCache;
  readonly rows: KnownRows;
  readonly threads: ReadingThreads;
  /** Reads one batch whole by ourselves and keeps its row. */
  readonly look: (located: LocatedBatch, begun: number) => Promise<unknown>;
  readonly onChecked: (progress: CheckProgress) => void;
  readonly warn: (message: string, error?: unknown) => void;
}

/** So few that a part is soon done: a stop waits for it, and the main thread takes its answer in one go. */
const partSize = 16;
/** A body that was changed in place moves no manifest, so even what is checked is looked at again. */
const checkAgainMs = 60_000;
const verifyTellsEveryMs = 200;
/** Longer than a batch takes from the click to the screen, its comparison included. */
const quietMs = 250;

export class BodyCheck {
  readonly #options: BodyCheckOptions;
  readonly #memory: CheckMemory;
  /** Episodes in which something was read that the data folder does not hold yet. */
  readonly #unkept = new Map<string, ListedEpisode>();
  #check: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;
  #isClosed = false;
  #quietUntil = 0;

  constructor(options: BodyCheckOptions) {
    this.#options = options;
    this.#memory = new CheckMemory(options.dataFolder, options.workspacePath, options.bodies);
  }

  /** In the background; takes the place of one that is under way. */
  async start(episodes: readonly ListedEpisode[]): Promise<void> {
    await this.stop();
    if (this.#isClosed) return;
    const stop = new AbortController();
    const done = this.#run(episodes, stop.signal).catch((error: unknown) =>
      this.#options.warn('The check of the bodies ended early', error),
    );
    this.#check = { stop, done };
  }

  /** A person waits for something: for a moment the background does nothing. */
  giveWay(): void {
    this.#quietUntil = performance.now() + quietMs;
  }

  async stop(): Promise<void> {
    const check = this.#check;
    this.#check = null;
    check?.stop.abort();
    await check?.done;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.stop();
    await this.#keepAll();
  }

  /** Every batch, whatever is known of it; how many were read until the signal ended it. */
  async verify(
    episodes: readonly ListedEpisode[],
    signal: AbortSignal,
    onProgress: (progress: Notices['verifyProgress']) => void,
  ): Promise<{ readonly verified: ReadonlySet<string>; readonly total: number }> {
    const verified = new Set<string>();
    const parts = partsOfAll(episodes);
    const total = batchesIn(episodes);
    let toldAt = 0;
    const check = async (part: EpisodePart): Promise<readonly BatchRow[]> => {
      await this.#read(part, total > fewBatches);
      for (const { ref } of part.batches) verified.add(batchKey(ref));
      if (Date.now() - toldAt >= verifyTellsEveryMs) {
        toldAt = Date.now();
        onProgress({ checked: verified.size, total, isOver: false });
      }
      return rowsOf(part, this.#options.rows);
    };
    const { threads, onChecked } = this.#options;
    await checkBatches({ parts, width: threads.backgroundWidth + 1, check, onProgress: onChecked, signal });
    await this.#keepAll();
    return { verified, total };
  }

  async #run(episodes: readonly ListedEpisode[], signal: AbortSignal): Promise<void> {
    const { threads, onChecked } = this.#options;
    const isOfMany = batchesIn(episodes) > fewBatches;
    const left = new Map(episodes.map((episode) => [episode, Math.ceil(episode.batches.length / partSize)]));
    const check = async (part: EpisodePart): Promise<readonly BatchRow[]> => {
      while (!signal.aborted && performance.now() < this.#quietUntil) await delay(quietMs / 5);
      const rows = await this.#checkPart(part, isOfMany);
      const parts = (left.get(part.listed) ?? 0) - 1;
      left.set(part.listed, parts);
      if (parts === 0) await this.#keep(part.listed);
      return rows;
    };
    const parts = partsOfAll(episodes);
    await checkBatches({ parts, width: threads.backgroundWidth, check, onProgress: onChecked, signal });
  }

  /** The rows that differ from what was known. */
  async #checkPart(part: EpisodePart, isOfMany: boolean): Promise<readonly BatchRow[]> {
    const { rows } = this.#options;
    const before = part.batches.map(({ ref }) => rows.get(ref));
    const now = Date.now();
    if (before.every((known) => known !== undefined && now - known.checkedAt < checkAgainMs)) return [];
    await this.#memory.recall(part.listed);
    await this.#read(part, isOfMany);
    const known = new Map(before.map((each) => [each && batchKey(each.row), each?.row]));
    return rowsOf(part, rows).filter((row) => !isSameRow(row, known.get(batchKey(row))));
  }

  async #read(part: EpisodePart, isOfMany: boolean): Promise<void> {
    const { bodies, rows, threads, look, warn } = this.#options;
    const { scenesFolder, begun } = part.listed;
    this.#unkept.set(scenesFolder, part.listed);
    await checkPart(part, {
      bodies,
      threads: isOfMany ? threads : null,
      readByOurselves: async (located) => {
        // A batch that cannot be read any more is none; the next listing tells.
        await look(located, begun).catch((error: unknown) =>
          warn(`${batchKey(located.ref)} could not be checked`, error),
        );
      },
      onChecked: (located, { signature, source, assembled }) =>
        rows.set(located, { signature, row: checkedRow(source, assembled), checkedAt: Date.now(), begun }),
    });
  }

  async #keepAll(): Promise<void> {
    for (const episode of [...this.#unkept.values()]) await this.#keep(episode);
  }

  async #keep(episode: ListedEpisode): Promise<void> {
    if (!this.#unkept.delete(episode.scenesFolder)) return;
    await this.#memory
      .remember(episode)
      .catch((error: unknown) =>
        this.#options.warn('What the check found could not be kept in the data folder', error),
      );
  }
}

const batchesIn = (episodes: readonly ListedEpisode[]): number =>
  episodes.reduce((sum, { batches }) => sum + batches.length, 0);

const partsOfAll = (episodes: readonly ListedEpisode[]): readonly EpisodePart[] =>
  episodes.flatMap((episode) => partsOf(episode, partSize));

const rowsOf = (part: EpisodePart, rows: KnownRows): readonly BatchRow[] =>
  part.batches.flatMap(({ ref }) => rows.get(ref)?.row ?? []);

const isSameRow = (row: BatchRow, other: BatchRow | undefined): boolean =>
  JSON.stringify(row) === JSON.stringify(other);
