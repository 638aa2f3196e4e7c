/** Waits for a blocking flock in threads of our own, and lets the process end while one of them is still blocked. */
import { Worker } from 'node:worker_threads';
import { type FlockResult, loadFlock } from './flock.ts';
import type { FlockAnswer, FlockOrder } from './flockWorker.ts';

/** What a wait came to; `givenUp` leaves the file to us, which is closed once the thread lets go of it. */
export type WaitResult = FlockResult | 'givenUp';

/** Beside the built chunk. Sources have no such file: a test that waits builds one and names it. */
let workerUrl = new URL('./flockWorker.js', import.meta.url);

export function useFlockWorker(url: URL): void {
  workerUrl = url;
}

/** Starting a thread takes some 30 ms, so that a few are kept for the next wait. */
const keptIdle = 2;
const idle: Worker[] = [];
let blocked = 0;
let exitIsGuarded = false;

/** Resolves at once with `givenUp` when `stop` fires; `letGo` runs when the thread is done with `fd` in that case. */
export function waitForFlock(fd: number, stop: AbortSignal, letGo: () => void): Promise<WaitResult> {
  guardExit();
  const worker = idle.pop() ?? startWorker();
  const givenUp = new SharedArrayBuffer(4);
  blocked += 1;
  return new Promise((resolve, reject) => {
    let hasGivenUp = false;
    const giveUp = (): void => {
      hasGivenUp = true;
      Atomics.store(new Int32Array(givenUp), 0, 1);
      resolve('givenUp');
    };
    const finish = (settle: () => void): void => {
      blocked -= 1;
      worker.off('message', onAnswer);
      worker.off('error', onError);
      stop.removeEventListener('abort', giveUp);
      if (hasGivenUp) letGo();
      else settle();
    };
    const onAnswer = (answer: FlockAnswer): void => {
      if (idle.length < keptIdle) idle.push(worker);
      else void worker.terminate();
      finish(() => (answer.kind === 'done' ? resolve(answer.result) : reject(new Error(answer.message))));
    };
    const onError = (error: Error): void => finish(() => reject(error));
    worker.on('message', onAnswer);
    worker.on('error', onError);
    if (stop.aborted) giveUp();
    else stop.addEventListener('abort', giveUp);
    worker.postMessage({ fd, givenUp } satisfies FlockOrder);
  });
}

function startWorker(): Worker {
  const worker = new Worker(workerUrl);
  // A thread that fails while nothing waits for it is not taken again; the next wait starts another.
  worker.on('error', () => {
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  });
  worker.unref();
  return worker;
}

/** Threads that are inside flock now, given up or not. */
export const blockedWaits = (): number => blocked;

/**
 * Node ends its threads before it ends itself, and one that is blocked in flock does not end until the other side lets
 * go. So the last thing that an exit does is to end the process without that; the host need not call it.
 */
export function endProcess(code: number): void {
  if (blocked === 0) return;
  endNow?.(code);
  process.kill(process.pid, 'SIGKILL');
}

let endNow: ((code: number) => void) | undefined;

function guardExit(): void {
  if (exitIsGuarded) return;
  exitIsGuarded = true;
  // Loaded already: nobody waits before a first try.
  void loadFlock().then((flock) => {
    endNow = flock?.endNow;
  });
  process.on('exit', (code) => endProcess(code));
}
