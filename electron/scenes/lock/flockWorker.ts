/** The thread that blocks in flock, so that neither the event loop nor one of libuv's four threads does. */
import { parentPort } from 'node:worker_threads';
import { type FlockResult, loadFlock } from './flock.ts';

export interface FlockOrder {
  readonly fd: number;
  /** One Int32: not 0 once nobody waits any more. */
  readonly givenUp: SharedArrayBuffer;
}

export type FlockAnswer =
  | { readonly kind: 'done'; readonly result: FlockResult }
  | { readonly kind: 'failed'; readonly message: string };

async function take({ fd, givenUp }: FlockOrder): Promise<FlockAnswer> {
  try {
    const flock = await loadFlock();
    if (flock === null) return { kind: 'done', result: 'unsupported' };
    const result = flock.lock(fd);
    // Granted too late is released here and at once, however busy the main thread is.
    if (result === 'granted' && Atomics.load(new Int32Array(givenUp), 0) !== 0) flock.unlock(fd);
    return { kind: 'done', result };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (order: FlockOrder) => {
  void take(order).then((answer) => parentPort?.postMessage(answer));
});
