/** The list's rows: early ones from manifests, then what the background check of the bodies adds, remembered between listings. */
import type { BatchRow, Notices } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { inParallel } from '../disk/inParallel.ts';
import { type BatchContents, readBatch, readSourceUnless } from '../reading/batchReader.ts';
import { checkedRow } from '../reading/batchView.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import { ReadingThreads } from '../reading/readingThreads.ts';
import { bodyNames } from '../sceneFiles.ts';
import type { CheckProgress } from './batchCheck.ts';
import { BodyCheck } from './bodyCheck.ts';
import { KnownRows } from './knownRows.ts';
import type { ListedEpisode } from './listedEpisode.ts';
import { readRows } from './rowReading.ts';
import {
  type EpisodeFolder,
  type LocatedBatch,
  listEpisodes,
  listScenes,
  locateBatch,
  type WorkspaceFolder,
} from './workspace.ts';

export interface ListOptions {
  readonly dataFolder: string;
  readonly onListed: (rows: readonly BatchRow[]) => void;
  readonly onChecked: (progress: CheckProgress) => void;
  readonly warn: (message: string, error?: unknown) => void;
}

/** One batch read anew, beside the row of when it was told of last. */
export interface LookedBatch {
  readonly before: BatchRow | null;
  readonly row: BatchRow;
  readonly contents: BatchContents;
}

/** What a listing of one scenes folder shows to differ from what is known of it. */
export interface EpisodeDifference {
  readonly changed: readonly LocatedBatch[];
  readonly gone: readonly BatchRef[];
}

export type VerifyProgress = Notices['verifyProgress'];

export interface Verified {
  readonly problems: readonly (BatchRef & Problem)[];
  /** False where it was stopped. */
  readonly isComplete: boolean;
}

const manifestsAtOnce = 16;
/** Early rows: the first soon, then seldom enough to cost little. */
const firstRows = 60;
const laterRows = 1000;

export class BatchList {
  readonly #folder: WorkspaceFolder;
  readonly #bodies: BodyCache;
  readonly #options: ListOptions;
  readonly #rows = new KnownRows();
  readonly #threads: ReadingThreads;
  readonly #check: BodyCheck;
  readonly #verifying = new Set<AbortController>();

  constructor(folder: WorkspaceFolder, bodies: BodyCache, options: ListOptions) {
    this.#folder = folder;
    this.#bodies = bodies;
    this.#options = options;
    this.#threads = new ReadingThreads(options.warn);
    this.#check = new BodyCheck({
      ...options,
      workspacePath: folder.path,
      bodies,
      rows: this.#rows,
      threads: this.#threads,
      look: (located, begun) => this.look(located, begun),
    });
  }

  /** The whole list, sorted by project, episode and batch. Starts the background check anew. */
  async read(): Promise<readonly BatchRow[]> {
    const listed = await this.#listRows(this.#options.onListed);
    const rows = listed.flatMap(({ batches }) => batches.map(({ ref }) => this.#rows.get(ref)?.row));
    void this.#check.start(listed);
    return rows.filter((row) => row !== undefined);
  }

  /** Reads everything anew, whatever is remembered. Stopped, it answers what it found until then. */
  async verify(onProgress: (progress: VerifyProgress) => void = () => undefined): Promise<Verified> {
    const stop = new AbortController();
    this.#verifying.add(stop);
    let told = { checked: 0, total: 0 };
    try {
      await this.#check.stop();
      // The rows stay: where it is stopped, what it did not reach is as it was known.
      this.#bodies.forget();
      const listed = await this.#listRows(() => undefined);
      const { verified, total } = await this.#check.verify(listed, stop.signal, onProgress);
      told = { checked: verified.size, total };
      const isComplete = verified.size === total;
      // What was not reached is read in the background, as after every listing.
      if (!isComplete) void this.#check.start(listed);
      const problems = listed.flatMap(({ batches }) =>
        batches.flatMap(({ ref }) => {
          const found = verified.has(batchKey(ref)) ? this.#rows.get(ref)?.row.problems : undefined;
          return (found ?? []).map((problem) => ({ ...ref, ...problem }));
        }),
      );
      return { problems, isComplete };
    } finally {
      this.#verifying.delete(stop);
      onProgress({ ...told, isOver: true });
    }
  }

  /** Every verification under way ends soon and answers what it found. */
  stopVerifying(): void {
    for (const stop of this.#verifying) stop.abort();
  }

  /** After a write of our own: the next listing then knows the row without another look. */
  async refresh(ref: BatchRef): Promise<LookedBatch> {
    const begun = this.beginLook();
    const looked = await this.look(await locateBatch(this.#folder, ref), begun);
    this.told(ref);
    return looked;
  }

  /** Asked before the folder is listed for a look: of two looks at a batch the one whose listing began later counts. */
  beginLook(): number {
    return this.#rows.begin();
  }

  /** Reads one batch whole, whatever is known of it. `begun` is of the listing that it was located by. */
  async look(located: LocatedBatch, begun: number): Promise<LookedBatch> {
    const known = this.#rows.get(located.ref);
    const { signature } = await readSourceUnless(located, () => true);
    const contents = await readBatch(located, this.#bodies);
    const row = checkedRow(contents.source, contents);
    this.#rows.set(located, { signature, row, checkedAt: Date.now(), begun });
    return { before: known?.untold ?? known?.row ?? null, row, contents };
  }

  /** Everybody knows the batch as it was read last. */
  told(ref: BatchRef): void {
    this.#rows.told(ref);
  }

  /**
   * Of an episode whose folder went away every batch is gone. Reads no manifest and no body; `withBodies` looks whether
   * one was changed in place. Throws `io` where the folder cannot be listed.
   */
  async differences(
    episode: EpisodeFolder,
    { withBodies }: { readonly withBodies: boolean },
  ): Promise<EpisodeDifference> {
    const { batches } = await listScenes(episode, (path, reason) => {
      throw new FailureError('io', `${path} cannot be listed: ${reason}`);
    });
    const changed: LocatedBatch[] = [];
    await inParallel(batches, manifestsAtOnce, async (located) => {
      const { signature } = await readSourceUnless(located, () => true);
      const isUntold = (this.#rows.get(located.ref)?.untold ?? null) !== null;
      if (isUntold || this.#rows.signatureOf(located) !== signature) changed.push(located);
      else if (withBodies && (await this.#hasChangedBody(located))) changed.push(located);
    });
    const there = new Set(batches.map(({ ref }) => ref.batchId));
    const gone = [...this.#rows.ofEpisode(episode)].filter(({ batchId }) => !there.has(batchId));
    return {
      changed,
      gone: gone.map(({ project, episode: number, batchId }) => ({ project, episode: number, batchId })),
    };
  }

  /** Whether the batch was known. */
  forget(ref: BatchRef): boolean {
    return this.#rows.delete(ref);
  }

  /** A person waits for one batch: the check of all others can. */
  giveWay(): void {
    this.#check.giveWay();
  }

  async close(): Promise<void> {
    this.stopVerifying();
    await this.#check.close();
    this.#threads.close();
  }

  async #listRows(onListed: (rows: readonly BatchRow[]) => void): Promise<readonly ListedEpisode[]> {
    const { warn } = this.#options;
    let early: BatchRow[] = [];
    let isFirst = true;
    const begun = this.#rows.begin();
    const listed = await readRows({
      begun,
      episodes: await listEpisodes(this.#folder, (path, reason) => warn(`${path} cannot be listed: ${reason}`)),
      threads: this.#threads,
      warn,
      knownSignature: (located) => this.#rows.signatureOf(located),
      onRow: (located, { signature, row }) => {
        if (row !== null) this.#rows.set(located, { signature, row, checkedAt: 0, begun });
        const now = this.#rows.get(located.ref)?.row;
        if (now !== undefined) early.push(now);
        if (early.length < (isFirst ? firstRows : laterRows)) return;
        onListed(early);
        early = [];
        isFirst = false;
      },
    });
    this.#rows.keepOnly(listed.flatMap(({ batches }) => batches));
    return listed;
  }

  async #hasChangedBody(located: LocatedBatch): Promise<boolean> {
    for (const name of bodyNames(located.ref.episode, located.listing)) {
      if (await this.#bodies.hasChanged(located.scenesFolder, name)) return true;
    }
    return false;
  }
}
