/** The lock of a batch: the pipeline's flock first, then our lock folder, under one deadline; released in the reverse order. */
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FailureError } from '../../../shared/failure.ts';
import type { Step } from '../disk/durableWrite.ts';
import { ioFailure } from '../disk/ioFailure.ts';
import { loadFlock } from './flock.ts';
import { waitForFlock } from './flockWait.ts';
import { isTextOf, type LockFile, letGo, openOrMake, openStanding, setText } from './lockFile.ts';
import { takeFolder } from './lockFolder.ts';
import { type Author, writeOwner } from './lockOwner.ts';
import { LockWait, Stopped, type WaitRequest } from './lockWait.ts';
import { thisProcess } from './processIdentity.ts';
import { enterQueue } from './processQueue.ts';

export interface LockRequest extends WaitRequest {
  readonly author: Author;
  readonly step: Step;
}

export interface HeldLock {
  /** False where this file system has no flock, and the folder alone keeps writers apart. */
  readonly hasFlock: boolean;
  /** To be called last before a change becomes visible: throws `locked` where the lock was lost or is held too long. */
  assertHeld(): void;
}

/** A request's place in the queue of its batch inside this process. */
export interface Turn {
  /** Runs `work` while the batch is locked. Fails with `locked` where both locks could not be had in time, and with what `work` throws. */
  lock<Value>(work: (held: HeldLock) => Promise<Value>): Promise<Value>;
}

/**
 * Requests for one batch take turns in the order in which they were made, so that whoever sends an append and then a
 * conform need not wait in between. The deadline counts from here. No lock and no lock file before `lock` is called.
 */
export async function withTurn<Value>(request: LockRequest, work: (turn: Turn) => Promise<Value>): Promise<Value> {
  const wait = new LockWait(request);
  let leave: (() => void) | null = null;
  // Opened beside the checks that come before the lock, but not made: a refusal leaves no lock file.
  let opening: Promise<LockFile | null> | null = null;
  try {
    leave = await enterQueue(request.files.lock, wait.stop);
    if (leave === null) throw new Stopped();
    opening = openStanding(request.files.lock);
    opening.catch(() => undefined);
    const lent = opening;
    return await work({
      lock: async (inside) => {
        wait.throwIfStopped();
        opening = null;
        return await lockBoth(request, wait, (await lent) ?? (await openOrMake(request.files, request.step)), inside);
      },
    });
  } catch (error) {
    throw error instanceof Stopped ? await wait.failure() : error;
  } finally {
    wait.finish();
    opening?.then((file) => file?.handle.close()).catch(() => undefined);
    leave?.();
  }
}

async function lockBoth<Value>(
  request: LockRequest,
  wait: LockWait,
  file: LockFile,
  work: (held: HeldLock) => Promise<Value>,
): Promise<Value> {
  const locked = await takeBoth(request, wait, file);
  wait.finish();
  try {
    return await work(locked);
  } finally {
    // A release that fails is left to the rule of dead owners: what was written stands.
    await locked.release().catch(() => undefined);
  }
}

interface Locked extends HeldLock {
  release(): Promise<void>;
}

/** A few tries before a thread is asked: most locks are held for some milliseconds. */
const triesApartMs = [0, 4, 12];

async function takeBoth(request: LockRequest, wait: LockWait, file: LockFile): Promise<Locked> {
  let isLent = false;
  let written: string | null = null;
  try {
    const hasFlock = await takeFlock(request, file.handle, wait, () => {
      isLent = true;
    });
    await request.step('flock held');
    const text = file.isWritable ? writeOwner(request.author, await thisProcess()) : null;
    // Asked for beside the folder's state, which is looked at first.
    const size =
      text === null
        ? null
        : file.handle.stat().then(
            (stats) => stats.size,
            () => 0,
          );
    const writeText = async (): Promise<void> => {
      if (text === null) return;
      written = text;
      await setText(file.handle, text, (await size) ?? 0);
      await request.step('owner text written');
    };
    const folder = await takeFolder({ ...request, hasFlock, writeText, stop: wait.stop });
    await request.step('folder held');
    return lockedBy(request, file, hasFlock, text, folder);
  } catch (error) {
    // Beside somebody else's folder it would say that this one is ours.
    if (written !== null && (await isTextOf(file.handle, written)))
      await file.handle.truncate(0).catch(() => undefined);
    if (!isLent) await file.handle.close().catch(() => undefined);
    throw error;
  }
}

function lockedBy(
  { timing, batchId, step }: LockRequest,
  file: LockFile,
  hasFlock: boolean,
  text: string | null,
  folder: Awaited<ReturnType<typeof takeFolder>>,
): Locked {
  const { since } = folder;
  // The monotonic clock stands still while a computer sleeps, the wall clock may be set back: the later one counts.
  const heldMs = (): number => Math.max(performance.now() - since.monotonic, Date.now() - since.wall);
  const lost = (reason: string): FailureError =>
    new FailureError('locked', `The lock of ${batchId} ${reason}, so nothing was written. Try again.`, {
      details: { reason: 'lost', owner: null, ageMs: null, waitedMs: Math.round(heldMs()) },
    });
  return {
    hasFlock,
    assertHeld() {
      if (folder.isCompromised()) throw lost('was taken over by somebody else while this computer was busy');
      if (heldMs() > timing.holdMs) throw lost(`was held for more than ${timing.holdMs / 1000} s`);
    },
    async release() {
      // Held so long that another host may have taken the folder over, which writes its own text first. Left standing
      // without need it would be renewed, and hold up this very process, for as long as that runs.
      const isOurs = text === null || heldMs() < timing.staleMs || (await isTextOf(file.handle, text));
      // Whoever takes a folder over writes a text of their own first.
      const isStillOurs = async () => hasFlock && text !== null && (await isTextOf(file.handle, text));
      try {
        const isGone = isOurs && (await folder.release(isStillOurs));
        await step('folder released');
        // Without the folder the text may be somebody else's by now, but not while we have the flock.
        const isTextOurs = isGone && text !== null && (hasFlock || (await isTextOf(file.handle, text)));
        if (isTextOurs) await file.handle.truncate(0).catch(() => undefined);
        await step('owner text cleared');
      } finally {
        await letGo(file.handle, hasFlock);
      }
      await step('flock released');
    },
  };
}

/** False where this file system has none. `onLent`: the thread has the file now and closes it through us. */
async function takeFlock(
  request: LockRequest,
  handle: FileHandle,
  wait: LockWait,
  onLent: () => void,
): Promise<boolean> {
  try {
    return await tryThenWait(handle, wait, onLent);
  } catch (error) {
    throw error instanceof Stopped ? error : ioFailure(`${basename(request.files.lock)} could not be locked`, error);
  }
}

async function tryThenWait(handle: FileHandle, wait: LockWait, onLent: () => void): Promise<boolean> {
  const flock = await loadFlock();
  if (flock === null) return false;
  for (const ms of triesApartMs) {
    if (ms > 0) await delay(ms);
    wait.throwIfStopped();
    const result = flock.tryLock(handle.fd);
    if (result !== 'busy') return result === 'granted';
  }
  const result = await waitForFlock(handle.fd, wait.stop, () => void handle.close().catch(() => undefined));
  if (result === 'givenUp') {
    onLent();
    throw new Stopped();
  }
  return result === 'granted';
}
