/** SceneVersionStore: the only code that writes a manifest. Each operation is one read-modify-write under the batch's lock. */
import { unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../shared/failure.ts';
import { absentRevision, type BatchId, type Revision } from '../../shared/ids.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { Manifest } from '../../shared/manifest.ts';
import type { Problem } from '../../shared/problem.ts';
import { type AppendPlan, planAppend } from './appendPlan.ts';
import { type HeldLock, type Turn, withTurn } from './batchLock.ts';
import {
  type BatchPlace,
  type BatchState,
  conflict,
  readNames,
  readState,
  requireBody,
  requireEntry,
  requireRevision,
  requireWritable,
} from './batchState.ts';
import { BodyCache } from './bodyCache.ts';
import { type Candidate, type CandidateOptions, checkCandidate } from './candidate.ts';
import { createFile, type DurableFiles, type FolderSync, replaceFile, type Step } from './durableWrite.ts';
import type { Author } from './lockOwner.ts';
import { type LockTiming, usualTiming, type Waiting } from './lockWait.ts';
import { parseManifest, revisionOf } from './manifest.ts';
import {
  type Change,
  type EditableManifest,
  type NewEntry,
  newManifest,
  withChange,
  withEntry,
} from './manifestEdits.ts';
import { type ChangeLine, recordChange } from './recordChange.ts';
import { batchFiles, filePrefix } from './sceneFiles.ts';
import { makeScenesFolder } from './scenesFolder.ts';
import { removeOldTemps } from './tempFiles.ts';

export interface StoreOptions {
  readonly scenesFolder: string;
  readonly episode: number;
  /** Who decides: asked at each write, because the settings may change. `host` is this computer. */
  readonly author: () => Author;
  /** Where ledger lines wait that could not be appended. */
  readonly dataFolder: string;
  /** Told while a write waits for the batch's lock, and once more with `isOver`. */
  readonly onWaiting?: ((batchId: BatchId, waiting: Waiting) => void) | undefined;
  readonly lockTiming?: Partial<LockTiming> | undefined;
  /** Shared with whoever reads bodies too, so that none is parsed twice. */
  readonly bodies?: BodyCache | undefined;
  /** Told after each step of a write. */
  readonly steps?: Step | undefined;
  /** In place of the file system's calls that a disk can fail in. */
  readonly durableFiles?: DurableFiles | undefined;
}

interface WriteOptions {
  /** What the person was looking at; a mismatch is `conflict`. */
  readonly expectedRevision?: Revision | undefined;
  /** Gives up waiting for the lock; has no effect once it is held. */
  readonly signal?: AbortSignal | undefined;
}

export interface CandidateWriteOptions extends CandidateOptions, WriteOptions {
  readonly dedup?: boolean | undefined;
}

export interface DecisionOptions extends WriteOptions {
  readonly note?: string | null | undefined;
}

export interface WrittenCandidate {
  readonly version: number;
  readonly revision: Revision;
  /** False where an equal version stood already. */
  readonly appended: boolean;
  readonly problems: readonly Problem[];
}

export interface Decided {
  /** Null where a batch has none, which only `markDerived` accepts. */
  readonly manifest: Manifest | null;
  readonly revision: Revision;
  readonly problems: readonly Problem[];
}

type DecidedOn = Decided & { readonly manifest: Manifest };

interface Locked {
  readonly held: HeldLock;
  readonly state: BatchState;
  readonly manifest: EditableManifest | null;
}

export class SceneVersionStore {
  readonly #options: StoreOptions;
  readonly #timing: LockTiming;
  readonly #bodies: BodyCache;
  readonly #step: Step;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  #hasFlock: boolean | null = null;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#timing = { ...usualTiming, ...options.lockTiming };
    this.#bodies = options.bodies ?? new BodyCache();
    this.#step = options.steps ?? (() => undefined);
  }

  /** Whether this file system has flock; null before the first lock. */
  get hasFlock(): boolean | null {
    return this.#hasFlock;
  }

  /** Adds a version; the pointer never moves. */
  writeSceneCandidate(
    batchId: BatchId,
    scene: JsonValue,
    options: CandidateWriteOptions = {},
  ): Promise<WrittenCandidate> {
    return this.#track(this.#writeCandidate(this.#place(batchId), scene, options));
  }

  /** Pointer to `version`, and its state `approved`; nothing else. */
  conform(batchId: BatchId, version: number, options: DecisionOptions = {}): Promise<DecidedOn> {
    return this.#track(this.#decide(this.#place(batchId), version, 'conform', options));
  }

  /** Pointer to `version`; nothing else. */
  revert(batchId: BatchId, version: number, options: DecisionOptions = {}): Promise<DecidedOn> {
    return this.#track(this.#decide(this.#place(batchId), version, 'revert', options));
  }

  /** Opens the freshness gate of the active version. */
  markDerived(batchId: BatchId, version: number, options: DecisionOptions = {}): Promise<Decided> {
    return this.#track(this.#markDerived(this.#place(batchId), version, options));
  }

  /** Gives up every wait for a lock, refuses new writes, and resolves once the writes under way are through. */
  closing(): Promise<void> {
    this.#closing.abort();
    return this.whenIdle();
  }

  async whenIdle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  #track<Value>(work: Promise<Value>): Promise<Value> {
    this.#underWay.add(work);
    const forget = (): void => void this.#underWay.delete(work);
    work.then(forget, forget);
    return work;
  }

  #place(batchId: BatchId): BatchPlace {
    const { scenesFolder, episode } = this.#options;
    return { batchId, episode, files: batchFiles(scenesFolder, episode, batchId) };
  }

  async #writeCandidate(
    place: BatchPlace,
    scene: JsonValue,
    options: CandidateWriteOptions,
  ): Promise<WrittenCandidate> {
    const candidate = checkCandidate(place.batchId, scene, options);
    const plan = async (state: BatchState, manifest: EditableManifest | null) => {
      await requireRevision(place, state, options.expectedRevision);
      const names = await readNames(place);
      const input = { place, state, manifest, names, candidate, dedup: options.dedup ?? false, bodies: this.#bodies };
      return { names: names.names, planned: await planAppend(input) };
    };
    return await this.#inTurn(place, options, async (turn) => {
      const early = await readState(place);
      await plan(early, requireWritable(early));
      await makeScenesFolder(place.files.scenesFolder);
      return await this.#underLock(place, turn, async (locked) => {
        const { names, planned } = await plan(locked.state, locked.manifest);
        await removeOldTemps(place.files.scenesFolder, names, filePrefix(place.episode, place.batchId));
        return await this.#carryOut(place, locked, candidate, planned);
      });
    });
  }

  async #carryOut(
    place: BatchPlace,
    locked: Locked,
    candidate: Candidate,
    plan: AppendPlan,
  ): Promise<WrittenCandidate> {
    const { revision } = locked.state;
    if (plan.kind === 'repeated') return { version: plan.version, revision, appended: false, problems: [] };
    if (plan.kind === 'first') {
      const line = {
        action: 'append',
        from: candidate.parentVersion,
        to: 1,
        fingerprint: candidate.fingerprint,
      } as const;
      const write = () => this.#createBody(place, locked, candidate, plan.artifact);
      const problems = await this.#record(place, locked, absentRevision, null, [line], write);
      return { version: 1, revision: absentRevision, appended: true, problems };
    }
    const { entry } = plan;
    const lines: ChangeLine[] = plan.kind === 'register' ? [lineOf('register', null, plan.flat)] : [];
    if (entry !== null) lines.push(lineOf('append', candidate.parentVersion, entry));
    const bytes =
      plan.kind === 'append'
        ? withEntry(plan.manifest, plan.entry)
        : newManifest(place.batchId, 1, entry === null ? [plan.flat] : [plan.flat, entry]);
    const after = revisionOf(bytes);
    requireSound(place, bytes);
    const problems = await this.#record(place, locked, after, null, lines, async () => {
      if (entry === null) return await this.#replaceManifest(place, locked, bytes);
      await this.#createBody(place, locked, candidate, entry.artifact);
      try {
        return await this.#replaceManifest(place, locked, bytes);
      } catch (error) {
        await this.#discardBody(place, entry.artifact);
        throw error;
      }
    });
    return { version: entry?.version ?? 1, revision: after, appended: entry !== null, problems };
  }

  async #decide(
    place: BatchPlace,
    version: number,
    action: 'conform' | 'revert',
    options: DecisionOptions,
  ): Promise<DecidedOn> {
    const change: Change =
      action === 'conform'
        ? { activeVersion: version, entry: { version, state: 'approved' } }
        : { activeVersion: version };
    const check = async (state: BatchState, manifest: EditableManifest | null) => {
      await requireRevision(place, state, options.expectedRevision);
      const entry = requireEntry(place, manifest, version);
      await requireBody(place, entry, this.#bodies);
      const bytes = manifest === null ? null : withChange(manifest, change);
      return { entry, bytes };
    };
    return await this.#inTurn(place, options, async (turn) => {
      const early = await readState(place);
      const unchanged = await check(early, requireWritable(early));
      if (unchanged.bytes === null) return decided(place, early);
      return await this.#underLock(place, turn, async (locked) => {
        const { entry, bytes } = await check(locked.state, locked.manifest);
        if (bytes === null) return decided(place, locked.state);
        const fingerprint = entry.structure_fingerprint ?? null;
        const from = locked.state.parsed?.manifest?.active_version ?? null;
        return await this.#replace(place, locked, bytes, { action, from, to: version, fingerprint }, options.note);
      });
    });
  }

  async #markDerived(place: BatchPlace, version: number, options: DecisionOptions): Promise<Decided> {
    const check = async (state: BatchState, manifest: EditableManifest | null) => {
      if (manifest === null) {
        await requireRevision(place, state, options.expectedRevision);
        return null;
      }
      const entry = requireEntry(place, manifest, version);
      await requireRevision(place, state, options.expectedRevision);
      const active = manifest.manifest.active_version;
      if (active !== version) {
        const message = `v${version} of ${place.batchId} is not the active version, v${active} is. Only the active version is marked derived.`;
        throw await conflict(place, state, message);
      }
      return { entry, bytes: withChange(manifest, { entry: { version, downstream: 'derived' } }) };
    };
    return await this.#inTurn(place, options, async (turn) => {
      const early = await readState(place);
      const unchanged = await check(early, requireWritable(early));
      if (unchanged === null) return nothingToMark;
      if (unchanged.bytes === null) return decided(place, early);
      return await this.#underLock(place, turn, async (locked) => {
        const checked = await check(locked.state, locked.manifest);
        if (checked === null) return nothingToMark;
        if (checked.bytes === null) return decided(place, locked.state);
        const fingerprint = checked.entry.structure_fingerprint ?? null;
        const line = { action: 'mark_derived', from: version, to: version, fingerprint } as const;
        return await this.#replace(place, locked, checked.bytes, line, options.note);
      });
    });
  }

  #inTurn<Value>(place: BatchPlace, { signal }: WriteOptions, work: (turn: Turn) => Promise<Value>): Promise<Value> {
    const author = this.#options.author();
    const request = {
      files: place.files,
      batchId: place.batchId,
      author,
      thisHost: author.host,
      timing: this.#timing,
      signal,
      closing: this.#closing.signal,
      onWaiting: (waiting: Waiting) => this.#options.onWaiting?.(place.batchId, waiting),
      step: this.#step,
    };
    return withTurn(request, work);
  }

  #underLock<Value>(place: BatchPlace, turn: Turn, work: (locked: Locked) => Promise<Value>): Promise<Value> {
    return turn.lock(async (held) => {
      this.#hasFlock = held.hasFlock;
      const state = await readState(place);
      return await work({ held, state, manifest: requireWritable(state) });
    });
  }

  async #replace(
    place: BatchPlace,
    locked: Locked,
    bytes: Buffer,
    line: ChangeLine,
    note: string | null | undefined,
  ): Promise<DecidedOn> {
    const manifest = requireSound(place, bytes);
    const revision = revisionOf(bytes);
    const write = () => this.#replaceManifest(place, locked, bytes);
    const problems = await this.#record(place, locked, revision, note ?? null, [line], write);
    return { manifest, revision, problems };
  }

  #record(
    place: BatchPlace,
    { state }: Locked,
    revision: Revision,
    note: string | null,
    lines: readonly ChangeLine[],
    write: () => Promise<FolderSync>,
  ): Promise<readonly Problem[]> {
    const { author, dataFolder } = this.#options;
    const { user, host } = author();
    const step = this.#step;
    return recordChange({ place, before: state, revision, by: { user, host }, note, lines, dataFolder, step, write });
  }

  #replaceManifest({ files }: BatchPlace, { held }: Locked, bytes: Buffer): Promise<FolderSync> {
    return replaceFile(files.manifest, bytes, this.#writing(held));
  }

  async #createBody(
    { files }: BatchPlace,
    { held }: Locked,
    { bytes }: Candidate,
    artifact: string,
  ): Promise<FolderSync> {
    const target = join(dirname(files.manifest), artifact);
    const synced = await createFile(target, bytes, this.#writing(held));
    if (synced.kind !== 'failed') return synced;
    await unlink(target).catch(() => undefined);
    const message = `${artifact} could not be saved: the disk did not confirm its folder. Nothing was registered; try again.`;
    throw new FailureError('io', message, { cause: synced.cause });
  }

  #writing(held: HeldLock) {
    return { beforeVisible: () => held.assertHeld(), files: this.#options.durableFiles, step: this.#step };
  }

  /** Its manifest was not written, so nothing was: an orphan would only be a riddle. */
  async #discardBody(place: BatchPlace, artifact: string): Promise<void> {
    const { parsed } = await readState(place);
    // Where the lock was lost somebody may have found it and registered it.
    if (parsed?.text?.includes(artifact)) return;
    await unlink(join(place.files.scenesFolder, artifact)).catch(() => undefined);
  }
}

const lineOf = (action: 'register' | 'append', from: number | null, entry: NewEntry): ChangeLine => ({
  action,
  from,
  to: entry.version,
  fingerprint: entry.structure_fingerprint,
  entries: [JSON.stringify(entry)],
});

/** A flat batch counts as derived. */
const nothingToMark: Decided = { manifest: null, revision: absentRevision, problems: [] };

/** Nothing was to be changed. */
function decided({ files }: BatchPlace, { parsed, revision }: BatchState): DecidedOn {
  if (parsed?.manifest) return { manifest: parsed.manifest, revision, problems: [] };
  throw new FailureError('notFound', `${basename(files.manifest)} is not there.`);
}

/** What is about to be written must be a manifest that the next writer accepts. */
function requireSound({ batchId, files }: BatchPlace, bytes: Buffer): Manifest {
  const { manifest, isWritable, problems } = parseManifest(bytes, batchId, basename(files.manifest));
  if (manifest !== null && isWritable) return manifest;
  const message = `The change would have left a manifest that cannot be read, so it was not written. ${problems[0]?.message ?? ''}`;
  throw new FailureError('unexpected', message.trim());
}
