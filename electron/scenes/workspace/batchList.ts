/** The list's rows: early ones from manifests, then what the background check of the bodies adds, remembered between listings. */
import { sep } from 'node:path';
import type { BatchRow, Notices } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { Problem } from '../../../shared/problem.ts';
import { inParallel } from '../disk/inParallel.ts';
import { type BatchContents, readBatch, readSource, readSourceUnless } from '../reading/batchReader.ts';
import { versionsOf } from '../reading/batchVersions.ts';
import { checkedRow, earlyRow, titleOf } from '../reading/batchView.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import { readTitle } from '../reading/titleHead.ts';
import { flatName } from '../sceneFiles.ts';
import { type CheckProgress, checkBatches } from './batchCheck.ts';
import { recallChecks, rememberChecks } from './checkMemory.ts';
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

interface KnownRow {
  /** Equal as long as the manifest and the batch's files in the listing are the same. */
  readonly stamp: string;
  readonly row: BatchRow;
  readonly checkedAt: number;
}

/** One batch read anew, beside the row that was known of it before. */
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

const verifyTellsEveryMs = 200;
const manifestsAtOnce = 16;
const verifiedAtOnce = 4;
/** Early rows: the first soon, then seldom enough to cost little. */
const firstRows = 60;
const laterRows = 1000;
/** A body that was changed in place moves no manifest, so even what is checked is looked at again. */
const checkAgainMs = 60_000;

export class BatchList {
  readonly #folder: WorkspaceFolder;
  readonly #bodies: BodyCache;
  readonly #options: ListOptions;
  readonly #rows = new Map<string, KnownRow>();
  #recalled: Promise<void> | null = null;
  #check: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;
  #isClosed = false;
  readonly #verifying = new Set<AbortController>();

  constructor(folder: WorkspaceFolder, bodies: BodyCache, options: ListOptions) {
    this.#folder = folder;
    this.#bodies = bodies;
    this.#options = options;
  }

  /** The whole list, sorted by project, episode and batch. Starts the background check anew. */
  async read(): Promise<readonly BatchRow[]> {
    const located = await this.#listRows(true);
    const rows = located.map(({ ref }) => this.#rows.get(batchKey(ref))?.row);
    void this.#startCheck(located);
    return rows.filter((row) => row !== undefined);
  }

  /** Reads everything anew, whatever is remembered. Stopped, it answers what it found until then. */
  async verify(onProgress: (progress: VerifyProgress) => void = () => undefined): Promise<Verified> {
    const stop = new AbortController();
    this.#verifying.add(stop);
    const told = { checked: 0, total: 0, at: 0 };
    try {
      await this.#stopCheck();
      this.#bodies.forget();
      this.#rows.clear();
      const located = await this.#listRows(false);
      told.total = located.length;
      const found = new Map<string, readonly Problem[]>();
      const verifyOne = async (batch: LocatedBatch): Promise<void> => {
        const row = await this.#checkRow(batch);
        found.set(batchKey(batch.ref), row?.problems ?? []);
        told.checked += 1;
        if (Date.now() - told.at < verifyTellsEveryMs) return;
        told.at = Date.now();
        onProgress({ checked: told.checked, total: told.total, isOver: false });
      };
      await inParallel(located, verifiedAtOnce, verifyOne, stop.signal);
      const isComplete = told.checked === told.total;
      const rows = located.flatMap(({ ref }) => this.#rows.get(batchKey(ref))?.row ?? []);
      this.#options.onChecked({ batches: rows, checked: told.checked, total: told.total });
      await this.#remember(located);
      // What was not reached is read in the background, as after every listing.
      if (!isComplete) void this.#startCheck(located);
      const problems = located.flatMap(({ ref }) =>
        (found.get(batchKey(ref)) ?? []).map((problem) => ({ ...ref, ...problem })),
      );
      return { problems, isComplete };
    } finally {
      this.#verifying.delete(stop);
      onProgress({ checked: told.checked, total: told.total, isOver: true });
    }
  }

  /** Every verification under way ends soon and answers what it found. */
  stopVerifying(): void {
    for (const stop of this.#verifying) stop.abort();
  }

  /** After a write of our own: the next listing then knows the row without another look. */
  async refresh(ref: BatchRef): Promise<LookedBatch> {
    return await this.look(await locateBatch(this.#folder, ref));
  }

  /** Reads one batch whole, whatever is known of it. */
  async look(located: LocatedBatch): Promise<LookedBatch> {
    const key = batchKey(located.ref);
    const before = this.#rows.get(key)?.row ?? null;
    const { signature } = await readSourceUnless(located, () => true);
    const contents = await readBatch(located, this.#bodies);
    const row = checkedRow(contents.source, contents);
    this.#rows.set(key, { stamp: stampOf(located, signature), row, checkedAt: Date.now() });
    return { before, row, contents };
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
      const known = this.#rows.get(batchKey(located.ref));
      const { signature } = await readSourceUnless(located, () => true);
      if (known?.stamp !== stampOf(located, signature)) changed.push(located);
      else if (withBodies && (await this.#hasChangedBody(located))) changed.push(located);
    });
    const there = new Set(batches.map(({ ref }) => ref.batchId));
    const gone = [...this.#rows.values()].filter(
      ({ row }) => row.project === episode.project && row.episode === episode.episode && !there.has(row.batchId),
    );
    return {
      changed,
      gone: gone.map(({ row: { project, episode: number, batchId } }) => ({ project, episode: number, batchId })),
    };
  }

  /** Whether the batch was known. */
  forget(ref: BatchRef): boolean {
    return this.#rows.delete(batchKey(ref));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.stopVerifying();
    await this.#stopCheck();
  }

  async #listRows(tellsEarly: boolean): Promise<readonly LocatedBatch[]> {
    const all: LocatedBatch[] = [];
    let early: BatchRow[] = [];
    let isFirst = true;
    const unreadable = (path: string, reason: string) => this.#options.warn(`${path} cannot be listed: ${reason}`);
    for (const episode of await listEpisodes(this.#folder, unreadable)) {
      const { names, batches } = await listScenes(episode, unreadable);
      await inParallel(batches, manifestsAtOnce, async (located) => {
        early.push(await this.#listRow(located, names));
        if (!tellsEarly || early.length < (isFirst ? firstRows : laterRows)) return;
        this.#options.onListed(early);
        early = [];
        isFirst = false;
      });
      all.push(...batches);
    }
    const keys = new Set(all.map(({ ref }) => batchKey(ref)));
    for (const key of this.#rows.keys()) if (!keys.has(key)) this.#rows.delete(key);
    return all;
  }

  async #listRow(located: LocatedBatch, names: ReadonlySet<string>): Promise<BatchRow> {
    const key = batchKey(located.ref);
    const known = this.#rows.get(key);
    const { signature, source } = await readSourceUnless(located, (now) => known?.stamp === stampOf(located, now));
    if (source === null && known !== undefined) return known.row;
    const whole = source ?? (await readSource(located));
    const active = versionsOf(whole, []).find(({ isActive }) => isActive);
    const title =
      titleOf(whole) ?? (active === undefined ? null : await readTitle(located.scenesFolder, active.artifact));
    const row = earlyRow(whole, names, title);
    this.#rows.set(key, { stamp: stampOf(located, signature), row, checkedAt: 0 });
    return row;
  }

  /** Null where the batch cannot be read any more; the next listing tells why. */
  async #checkRow(located: LocatedBatch): Promise<BatchRow | null> {
    try {
      return (await this.look(located)).row;
    } catch (error) {
      this.#options.warn(`${batchKey(located.ref)} could not be checked`, error);
      return null;
    }
  }

  async #hasChangedBody({ ref, scenesFolder, listing }: LocatedBatch): Promise<boolean> {
    const flat = listing.hasFlat ? [flatName(ref.episode, ref.batchId)] : [];
    for (const name of [...flat, ...listing.bodies.map((body) => body.name)]) {
      if (await this.#bodies.hasChanged(scenesFolder, name)) return true;
    }
    return false;
  }

  async #startCheck(located: readonly LocatedBatch[]): Promise<void> {
    await this.#stopCheck();
    if (this.#isClosed) return;
    const stop = new AbortController();
    const done = this.#runCheck(located, stop.signal).catch((error: unknown) =>
      this.#options.warn('The check of the bodies ended early', error),
    );
    this.#check = { stop, done };
  }

  async #runCheck(located: readonly LocatedBatch[], signal: AbortSignal): Promise<void> {
    this.#recalled ??= recallChecks(this.#options.dataFolder, this.#folder.path, this.#bodies);
    await this.#recalled;
    const hasRead = { anything: false };
    await checkBatches({
      batches: located,
      signal,
      onProgress: (progress) => this.#options.onChecked(progress),
      check: async (batch) => {
        const known = this.#rows.get(batchKey(batch.ref));
        if (known !== undefined && Date.now() - known.checkedAt < checkAgainMs) return null;
        hasRead.anything = true;
        const row = await this.#checkRow(batch);
        return row !== null && isSameRow(row, known?.row) ? null : row;
      },
    });
    if (hasRead.anything && !signal.aborted) await this.#remember(located);
  }

  async #stopCheck(): Promise<void> {
    const check = this.#check;
    this.#check = null;
    check?.stop.abort();
    await check?.done;
  }

  async #remember(located: readonly LocatedBatch[]): Promise<void> {
    const folders = new Set(located.map(({ scenesFolder }) => scenesFolder));
    const isBodyOf = (path: string) => folders.has(path.slice(0, path.lastIndexOf(sep)));
    try {
      await rememberChecks(this.#options.dataFolder, this.#folder.path, this.#bodies, isBodyOf);
    } catch (error) {
      this.#options.warn('What the check found could not be kept in the data folder', error);
    }
  }
}

const stampOf = ({ listing }: LocatedBatch, signature: string): string =>
  `${signature}|${listing.hasFlat}|${listing.hasLedger}|${listing.bodies.map(({ name }) => name).join('/')}`;

const isSameRow = (row: BatchRow, other: BatchRow | undefined): boolean =>
  JSON.stringify(row) === JSON.stringify(other);
