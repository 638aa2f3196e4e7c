/** Our half of a batch's lock, a folder made by proper-lockfile, with the rule that a dead owner of this host holds up nobody. */
import { rmdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import type { Step } from '../disk/durableWrite.ts';
import { ioFailure } from '../disk/ioFailure.ts';
import { errorCode } from '../disk/ioReason.ts';
import type { BatchFiles } from '../sceneFiles.ts';
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

export async function takeFolder(request: FolderRequest): Promise<HeldFolder> {
  const { files, timing, stop, step, writeText } = request;
  // Only a text that was there before ours says whose folder it is.
  let isTextOurs = false;
  for (;;) {
    if (stop.aborted) throw new Stopped();
    const changedMs = await timeOfFolder(files.lockFolder);
    const owner = changedMs === null || isTextOurs ? 'unknown' : await judgeOwner(request);
    if (owner === 'dead or ourselves' && request.hasFlock) {
      await removeFolder(files.lockFolder);
      await step('dead folder removed');
    } else if (changedMs !== null && (owner === 'alive here' || Date.now() - changedMs <= timing.staleMs)) {
      await pause();
      continue;
    }
    await writeText();
    isTextOurs = true;
    const held = await makeFolder(files, timing);
    if (held !== null) return held;
    await pause();
  }
}

/** Null where somebody else's stands. */
async function makeFolder(files: BatchFiles, timing: LockTiming): Promise<HeldFolder | null> {
  let isCompromised = false;
  try {
    const release = await lockfile.lock(files.manifest, {
      realpath: false,
      stale: timing.staleMs,
      update: timing.updateMs,
      // The tries are the caller's, which can be given up in between.
      retries: 0,
      onCompromised: () => {
        isCompromised = true;
      },
    });
    return {
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

async function timeOfFolder(folder: string): Promise<number | null> {
  try {
    return (await stat(folder)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw ioFailure(`${basename(folder)} could not be looked at`, error);
  }
}

async function removeFolder(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw ioFailure(`${basename(folder)} could not be removed`, error);
  }
}

const pause = (): Promise<void> => delay(shortestPauseMs + Math.random() * (longestPauseMs - shortestPauseMs));
