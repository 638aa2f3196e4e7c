/** SceneVersionStore: the only code that writes a manifest. Each operation is one read-modify-write under the batch's lock. */
import { unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { absentRevision, type BatchId, type Revision } from '../../../shared/ids.ts';
import type { JsonValue } from '../../../shared/json.ts';
import type { Manifest, ManifestEntry } from '../../../shared/manifest.ts';
import type { Problem } from '../../../shared/problem.ts';
import { createFile, type DurableFiles, type FolderSync, replaceFile, type Step } from '../disk/durableWrite.ts';
import { makeScenesFolder } from '../disk/scenesFolder.ts';
import { removeOldTemps } from '../disk/tempFiles.ts';
import { type HeldLock, type Turn, withTurn } from '../lock/batchLock.ts';
import type { Author } from '../lock/lockOwner.ts';
import { type LockTiming, usualTiming, type Waiting } from '../lock/lockWait.ts';
import { BodyCache } from '../reading/bodyCache.ts';
import { parseManifest } from '../reading/manifest.ts';
import { batchFiles, bodyName, filePrefix } from '../sceneFiles.ts';
import { type AppendPlan, planAppend } from './appendPlan.ts';
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
import { type Candidate, type CandidateOptions, checkCandidate } from './candidate.ts';
import { type Change, type NewEntry, newManifest, withChange, withEntry } from './manifestEdits.ts';
import { type ChangeLine, recordChange } from './recordChange.ts';

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
}

/** Not visible before the promise that it is given is kept. */
type Write = (ready: Promise<unknown>) => Promise<FolderSync>;

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
    const plan = async (state: BatchState) => {
      const manifest = requireWritable(state);
      await requireRevision(place, state, options.expectedRevision);
      const names = await readNames(place);
      const input = { place, state, manifest, names, candidate, dedup: options.dedup ?? false, bodies: this.#bodies };
      return { names: names.names, planned: await planAppend(input) };
    };
    return await this.#inTurn(place, options, async (turn) => {
      const early = await readState(place);
      await plan(early);
      await makeScenesFolder(place.files.scenesFolder);
      return await this.#underLock(turn, async (held) => {
        const state = await readState(place, early);
        const { names, planned } = await plan(state);
        await removeOldTemps(place.files.scenesFolder, names, filePrefix(place.episode, place.batchId));
        return await this.#carryOut(place, { held, state }, candidate, planned);
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
      const write: Write = (ready) => this.#createBody(place, locked, candidate, plan.artifact, ready);
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
    const { revision: after } = soundManifest(place, bytes);
    const problems = await this.#record(place, locked, after, null, lines, async (ready) => {
      if (entry === null) return await this.#replaceManifest(place, locked, bytes, ready);
      await this.#createBody(place, locked, candidate, entry.artifact, ready);
      try {
        return await this.#replaceManifest(place, locked, bytes, ready);
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
    const check = async (state: BatchState) => {
      const manifest = requireWritable(state);
      await requireRevision(place, state, options.expectedRevision);
      const entry = requireEntry(place, manifest, version);
      await requireBody(place, entry, this.#bodies);
      const bytes = manifest === null ? null : withChange(manifest, change);
      return { entry, next: bytes === null ? null : soundManifest(place, bytes) };
    };
    return await this.#inTurn(place, options, async (turn) => {
      // Looked at beside the manifest, in the hope that the body has its usual name: the check then finds it known.
      const usual = version === 1 ? basename(place.files.flat) : bodyName(place.episode, place.batchId, version);
      const [early] = await Promise.all([readState(place), this.#bodies.look(place.files.scenesFolder, usual)]);
      const first = await check(early);
      if (first.next === null) return decided(place, early);
      const record = (held: HeldLock, state: BatchState, { entry, next }: typeof first, unmoved?: Promise<void>) => {
        if (next === null) return decided(place, state);
        const fingerprint = entry.structure_fingerprint ?? null;
        const from = state.parsed?.manifest?.active_version ?? null;
        const line = { action, from, to: version, fingerprint } as const;
        return this.#replace(place, { held, state }, next, line, options.note, unmoved);
      };
      return await this.#underLock(turn, async (held) => {
        const unmoved = this.#requireUnmoved(place, early, first.entry);
        try {
          return await record(held, early, first, unmoved);
        } catch (error) {
          if (!(error instanceof Moved)) throw error;
        }
        const state = await readState(place);
        return await record(held, state, await check(state));
      });
    });
  }

  /** Throws Moved where the manifest is another one by now, and `damaged` where the body is not what it was. */
  async #requireUnmoved(place: BatchPlace, early: BatchState, entry: ManifestEntry): Promise<void> {
    const body = requireBody(place, entry, this.#bodies);
    body.catch(() => undefined);
    if ((await readState(place, early)) !== early) throw new Moved();
    await body;
  }

  async #markDerived(place: BatchPlace, version: number, options: DecisionOptions): Promise<Decided> {
    const check = async (state: BatchState) => {
      const manifest = requireWritable(state);
      const entry = manifest === null ? null : requireEntry(place, manifest, version);
      await requireRevision(place, state, options.expectedRevision);
      if (manifest === null || entry === null) return null;
      const active = manifest.manifest.active_version;
      if (active !== version) {
        const message = `v${version} of ${place.batchId} is not the active version, v${active} is. Only the active version is marked derived.`;
        throw await conflict(place, state, message);
      }
      const bytes = withChange(manifest, { entry: { version, downstream: 'derived' } });
      return { entry, next: bytes === null ? null : soundManifest(place, bytes) };
    };
    return await this.#inTurn(place, options, async (turn) => {
      const early = await readState(place);
      const first = await check(early);
      if (first === null) return nothingToMark;
      if (first.next === null) return decided(place, early);
      return await this.#underLock(turn, async (held) => {
        const state = await readState(place, early);
        const checked = state === early ? first : await check(state);
        if (checked === null) return nothingToMark;
        if (checked.next === null) return decided(place, state);
        const fingerprint = checked.entry.structure_fingerprint ?? null;
        const line = { action: 'mark_derived', from: version, to: version, fingerprint } as const;
        return await this.#replace(place, { held, state }, checked.next, line, options.note);
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

  #underLock<Value>(turn: Turn, work: (held: HeldLock) => Promise<Value>): Promise<Value> {
    return turn.lock((held) => {
      this.#hasFlock = held.hasFlock;
      return work(held);
    });
  }

  async #replace(
    place: BatchPlace,
    locked: Locked,
    { bytes, manifest, revision }: NextManifest,
    line: ChangeLine,
    note: string | null | undefined,
    /** What else has to hold before it becomes visible. */
    unmoved?: Promise<void>,
  ): Promise<DecidedOn> {
    const write: Write = (ready) =>
      this.#replaceManifest(place, locked, bytes, unmoved === undefined ? ready : Promise.all([unmoved, ready]));
    const problems = await this.#record(place, locked, revision, note ?? null, [line], write);
    return { manifest, revision, problems };
  }

  #record(
    place: BatchPlace,
    { state }: Locked,
    revision: Revision,
    note: string | null,
    lines: readonly ChangeLine[],
    write: Write,
  ): Promise<readonly Problem[]> {
    const { author, dataFolder, durableFiles: files } = this.#options;
    const { user, host } = author();
    const by = { user, host };
    const step = this.#step;
    return recordChange({ place, before: state, revision, by, note, lines, dataFolder, step, files, write });
  }

  #replaceManifest(
    { files }: BatchPlace,
    { held }: Locked,
    bytes: Buffer,
    ready: Promise<unknown>,
  ): Promise<FolderSync> {
    return replaceFile(files.manifest, bytes, this.#writing(held, ready));
  }

  async #createBody(
    { files }: BatchPlace,
    { held }: Locked,
    { bytes }: Candidate,
    artifact: string,
    ready: Promise<unknown>,
  ): Promise<FolderSync> {
    const target = join(dirname(files.manifest), artifact);
    const synced = await createFile(target, bytes, this.#writing(held, ready));
    if (synced.kind !== 'failed') return synced;
    await unlink(target).catch(() => undefined);
    const message = `${artifact} could not be saved: the disk did not confirm its folder. Nothing was registered; try again.`;
    throw new FailureError('io', message, { cause: synced.cause });
  }

  #writing(held: HeldLock, awaitBefore: Promise<unknown>) {
    const beforeVisible = (): void => held.assertHeld();
    return { awaitBefore, beforeVisible, files: this.#options.durableFiles, step: this.#step };
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

interface NextManifest {
  readonly bytes: Buffer;
  readonly manifest: Manifest;
  readonly revision: Revision;
}

/** What is about to be written must be a manifest that the next writer accepts. */
function soundManifest({ batchId, files }: BatchPlace, bytes: Buffer): NextManifest {
  const { manifest, isWritable, problems, revision } = parseManifest(bytes, batchId, basename(files.manifest));
  if (manifest !== null && isWritable) return { bytes, manifest, revision };
  const message = `The change would have left a manifest that cannot be read, so it was not written. ${problems[0]?.message ?? ''}`;
  throw new FailureError('unexpected', message.trim());
}

/** The manifest is not the one that the change was made for: it has to be made again. */
class Moved extends FailureError {
  constructor() {
    super('conflict', 'The manifest was changed in between.');
  }
}
