/** Gathers what single events say until a folder is quiet for a moment, so that a write of ten files is looked at once. */
import type { BatchId } from '../../../shared/ids.ts';
import type { EpisodeFolder } from '../workspace/workspace.ts';

/** Where to look again in one episode. */
export interface EpisodeHint {
  readonly episode: EpisodeFolder;
  /** Batches with the names of their files that were told of. */
  readonly batches: ReadonlyMap<BatchId, ReadonlySet<string>>;
  /** Names may have been missed, so the folder is listed and compared with what is known. */
  readonly isWhole: boolean;
  /** Where the folder is compared: by the bodies' own times too, which costs a look at each. */
  readonly withBodies: boolean;
}

export interface Gathered {
  readonly hints: readonly EpisodeHint[];
  /** Projects, episodes or scenes folders may have come or gone. */
  readonly hasOtherFolders: boolean;
}

export interface GatheringTimes {
  /** So long nothing may come before what was gathered is told. */
  readonly quietMs: number;
  /** And so long it is held back at most. */
  readonly mostMs: number;
}

const usualTimes: GatheringTimes = { quietMs: 60, mostMs: 200 };
/** The system's own queue holds 16,384 events and drops the rest without a word: near that nothing is sure. */
const surelyAll = 8_000;

interface OpenHint {
  readonly episode: EpisodeFolder;
  readonly batches: Map<BatchId, Set<string>>;
  isWhole: boolean;
  withBodies: boolean;
}

export class HintGathering {
  readonly #tell: (gathered: Gathered) => void;
  readonly #times: GatheringTimes;
  #hints = new Map<string, OpenHint>();
  #hasOtherFolders = false;
  #events = 0;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(tell: (gathered: Gathered) => void, times: GatheringTimes = usualTimes) {
    this.#tell = tell;
    this.#times = times;
  }

  addFile(episode: EpisodeFolder, batchId: BatchId, name: string): void {
    const { batches } = this.#hintOf(episode);
    const names = batches.get(batchId);
    if (names === undefined) batches.set(batchId, new Set([name]));
    else names.add(name);
    this.#wait();
  }

  addWhole(episode: EpisodeFolder, { withBodies = false }: { readonly withBodies?: boolean } = {}): void {
    const hint = this.#hintOf(episode);
    hint.isWhole = true;
    hint.withBodies ||= withBodies;
    this.#wait();
  }

  addOtherFolders(): void {
    this.#hasOtherFolders = true;
    this.#wait();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#hints.clear();
  }

  #hintOf(episode: EpisodeFolder): OpenHint {
    const known = this.#hints.get(episode.scenesFolder);
    if (known !== undefined) return known;
    const hint: OpenHint = { episode, batches: new Map(), isWhole: false, withBodies: false };
    this.#hints.set(episode.scenesFolder, hint);
    return hint;
  }

  #wait(): void {
    const now = Date.now();
    this.#events += 1;
    if (this.#timer === null) this.#since = now;
    else clearTimeout(this.#timer);
    const { quietMs, mostMs } = this.#times;
    const left = Math.max(0, Math.min(quietMs, this.#since + mostMs - now));
    this.#timer = setTimeout(() => this.#flush(), left);
    this.#timer.unref();
  }

  #flush(): void {
    const isSure = this.#events < surelyAll;
    const hints = [...this.#hints.values()].map((hint) => ({ ...hint, isWhole: hint.isWhole || !isSure }));
    const hasOtherFolders = this.#hasOtherFolders || !isSure;
    this.#timer = null;
    this.#hints = new Map();
    this.#hasOtherFolders = false;
    this.#events = 0;
    this.#tell({ hints, hasOtherFolders });
  }
}
