/** Our half of a batch's lock, a folder made by proper-lockfile, with the rule that a dead owner of this host holds up nobody. */
import type { Stats } from 'node:fs';
import { rmdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import type { Step } from '../disk/durableWrite.ts';
import { ioFailure } from '../disk/ioFailure.ts';
import { errorCode } from '../disk/ioReason.ts';
import type { BatchFiles } from '../sceneFiles.ts';
import { FolderClock } from './folderAge.ts';
import { type OwnerText, readOwnerText } from './lockOwner.ts';
import { type LockTiming, Stopped } from './lockWait.ts';
import { isAlive, thisProcess } from './processIdentity.ts';

export interface FolderRequest {
  readonly files: BatchFiles;
  readonly timing: LockTiming;
  readonly thisHost: string;
  readonly hasFlock: boolean;
  readonly stop: AbortSignal;
  readonly step: Step;
  /** Called once no other owner's folder stands: until then the text is theirs, for whoever waits. */
  readonly writeText: () => Promise<void>;
}

export interface HeldFolder {
  /** From just before it was made: nobody finds it stale sooner than `stale` after this. */
  readonly since: { readonly monotonic: number; readonly wall: number };
  /** Somebody else took it over; told by proper-lockfile when it renews the folder's time. */
  isCompromised(): boolean;
  /**
   * False where it could not be removed, or is somebody else's by now. `isStillOurs` is asked where its time was changed
   * by another hand: that may have been a take-over, or no more than a copy or a touch of the folder.
   */
  release(isStillOurs: () => Promise<boolean>): Promise<boolean>;
}

/**
 * proper-lockfile brings signal-exit, which ends the process by any signal that nobody else listens to: a file-size limit
 * would kill a writer in the middle of its locks, where the write itself answers with an error.
 */
process.on('SIGXFSZ', () => undefined);

type Owner = 'dead or ourselves' | 'alive here' | 'unknown';

const shortestPauseMs = 5;
const longestPauseMs = 50;
const releaseTries = 3;
/** A thousand years: proper-lockfile reckons with times, and has no word for never. */
const never = 1_000 * 365 * 24 * 60 * 60 * 1_000;

export async function takeFolder(request: FolderRequest): Promise<HeldFolder> {
  const { files, timing, stop, step, writeText } = request;
  // Only a text that was there before ours says whose folder it is.
  let isTextOurs = false;
  const clock = new FolderClock(files);
  for (;;) {
    if (stop.aborted) throw new Stopped();
    const folder = await lookAtFolder(files.lockFolder);
    const owner = folder === null || isTextOurs ? 'unknown' : await judgeOwner(request);
    if (owner === 'dead or ourselves' && request.hasFlock) {
      await removeFolder(files.lockFolder);
      await step('dead folder removed');
    } else if (folder !== null) {
      if (owner === 'alive here' || !(await isStale(folder, request, clock))) {
        await pause();
        continue;
      }
      if (!request.hasFlock && !(await removeUnchanged(files.lockFolder, folder))) continue;
    }
    await writeText();
    isTextOurs = true;
    const held = await makeFolder(files, timing, request.hasFlock);
    if (held !== null) return held;
    await pause();
  }
}

/**
 * Under flock no other writer is at work, and a folder that looks old is a dead one's. Without it a holder whose clock is
 * a minute behind looks old the moment that it comes, so that only the clock of the file system itself counts.
 */
async function isStale(folder: Stats, { hasFlock, timing }: FolderRequest, clock: FolderClock): Promise<boolean> {
  const age = hasFlock ? Date.now() - folder.mtimeMs : await clock.ageOf(folder);
  return age !== null && age > timing.staleMs;
}

/** Null where somebody else's stands. */
async function makeFolder(files: BatchFiles, timing: LockTiming, hasFlock: boolean): Promise<HeldFolder | null> {
  let isCompromised = false;
  const since = { monotonic: performance.now(), wall: Date.now() };
  try {
    const release = await lockfile.lock(files.manifest, {
      realpath: false,
      // Without flock a stale one was removed by now, by a better clock than this computer's.
      stale: hasFlock ? timing.staleMs : never,
      update: timing.updateMs,
      // The tries are the caller's, which can be given up in between.
      retries: 0,
      onCompromised: () => {
        isCompromised = true;
      },
    });
    return {
      since,
      isCompromised: () => isCompromised,
      release: (isStillOurs) => releaseFolder(release, files.lockFolder, isStillOurs),
    };
  } catch (error) {
    if (errorCode(error) === 'ELOCKED') return null;
    throw ioFailure(`${basename(files.lockFolder)} could not be made`, error);
  }
}

async function releaseFolder(
  release: () => Promise<void>,
  folder: string,
  isStillOurs: () => Promise<boolean>,
): Promise<boolean> {
  try {
    await release();
    return true;
  } catch (error) {
    if (errorCode(error) === 'ERELEASED' && !(await isStillOurs())) return false;
  }
  for (let tries = 0; tries < releaseTries; tries += 1) {
    if (tries > 0) await delay(longestPauseMs);
    try {
      await removeFolder(folder);
      return true;
    } catch {}
  }
  return false;
}

async function judgeOwner({ files, thisHost }: FolderRequest): Promise<Owner> {
  const text = await readOwnerText(files.lock);
  if (text === null || text.host !== thisHost) return 'unknown';
  return (await isOurs(text)) || !(await isAlive(text)) ? 'dead or ourselves' : 'alive here';
}

/** This process holds no other lock of the batch now: its operations queue. */
async function isOurs({ pid, started }: OwnerText): Promise<boolean> {
  const own = await thisProcess();
  return pid === own.pid && (started === null || own.started === null || started === own.started);
}

async function lookAtFolder(folder: string): Promise<Stats | null> {
  try {
    return await stat(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw ioFailure(`${basename(folder)} could not be looked at`, error);
  }
}

/** False where another one stands there by now, or its holder came to life. */
async function removeUnchanged(folder: string, { ino, ctimeMs }: Stats): Promise<boolean> {
  const now = await lookAtFolder(folder);
  if (now === null) return true;
  if (now.ino !== ino || now.ctimeMs !== ctimeMs) return false;
  await removeFolder(folder);
  return true;
}

async function removeFolder(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw ioFailure(`${basename(folder)} could not be removed`, error);
  }
}

const pause = (): Promise<void> => delay(shortestPauseMs + Math.random() * (longestPauseMs - shortestPauseMs));
