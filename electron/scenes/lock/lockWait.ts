/** One wait for a batch's lock: its deadline, its cancelling, and what the waiting person is told meanwhile. */
import type { LockOwner } from '../../../shared/contract.ts';
import { FailureError } from '../../../shared/failure.ts';
import type { BatchFiles } from '../sceneFiles.ts';
import { describeOwner, readLockOwner, unknownOwner } from './lockOwner.ts';

export interface LockTiming {
  /** From the request to both locks held. */
  readonly deadlineMs: number;
  /** From both locks held to the manifest visible. */
  readonly holdMs: number;
  readonly staleMs: number;
  readonly updateMs: number;
  /** When the waiting person is first told, and how often after that. */
  readonly tellAfterMs: number;
  readonly tellEveryMs: number;
}

export const usualTiming: LockTiming = {
  deadlineMs: 10_000,
  holdMs: 20_000,
  staleMs: 30_000,
  updateMs: 5_000,
  tellAfterMs: 200,
  tellEveryMs: 1_000,
};

export interface Waiting {
  readonly owner: LockOwner;
  readonly waitedMs: number;
  readonly isOver: boolean;
}

export type WhyStopped = 'deadline' | 'stopped' | 'closing';

export interface WaitRequest {
  readonly files: BatchFiles;
  readonly batchId: string;
  readonly thisHost: string;
  readonly timing: LockTiming;
  /** The person's own. */
  readonly signal?: AbortSignal | undefined;
  /** Fires when the program is about to end. */
  readonly closing?: AbortSignal | undefined;
  readonly onWaiting?: ((waiting: Waiting) => void) | undefined;
}

export class LockWait {
  readonly #request: WaitRequest;
  readonly #stop = new AbortController();
  readonly #begun = performance.now();
  readonly #detach: () => void;
  #why: WhyStopped = 'deadline';
  #told: LockOwner | null = null;
  #isOver = false;
  #timer: NodeJS.Timeout;

  constructor(request: WaitRequest) {
    this.#request = request;
    const { signal, closing, timing } = request;
    const onSignal = (): void => this.#end('stopped');
    const onClosing = (): void => this.#end('closing');
    signal?.addEventListener('abort', onSignal);
    closing?.addEventListener('abort', onClosing);
    const deadline = setTimeout(() => this.#end('deadline'), timing.deadlineMs);
    this.#detach = () => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', onSignal);
      closing?.removeEventListener('abort', onClosing);
    };
    this.#timer = setTimeout(() => void this.#tell(), timing.tellAfterMs);
    if (closing?.aborted) this.#end('closing');
    else if (signal?.aborted) this.#end('stopped');
  }

  /** Fires once, at the deadline or when the wait is given up. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  get waitedMs(): number {
    return Math.round(performance.now() - this.#begun);
  }

  /** Both locks are held, or all is given up: nothing is told and nothing fires any more. */
  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#detach();
    clearTimeout(this.#timer);
    if (this.#told !== null) {
      this.#request.onWaiting?.({ owner: this.#told, waitedMs: this.waitedMs, isOver: true });
    }
  }

  throwIfStopped(): void {
    if (this.stop.aborted) throw new Stopped();
  }

  /** What the person is told who waited in vain. */
  async failure(): Promise<FailureError> {
    const owner = await this.#owner();
    const { batchId } = this.#request;
    const waitedMs = this.waitedMs;
    const since = owner.isThisHost && owner.since !== null ? Date.parse(owner.since) : Number.NaN;
    const ageMs = Number.isNaN(since) ? null : Math.max(0, Date.now() - since);
    const details = { reason: this.#why, owner, ageMs, waitedMs };
    const who = `${batchId} is locked by ${describeOwner(owner)}`;
    const waited = `${(waitedMs / 1000).toFixed(1)} s`;
    const messages: Readonly<Record<WhyStopped, string>> = {
      deadline: `${who}; waited ${waited}. Nothing was written; try again when they are done.`,
      stopped: `${who}; the wait was stopped after ${waited}. Nothing was written.`,
      closing: `${who}; Picture Lock is closing, so the wait was stopped. Nothing was written.`,
    };
    return new FailureError('locked', messages[this.#why], { details });
  }

  #end(why: WhyStopped): void {
    if (this.#stop.signal.aborted) return;
    this.#why = why;
    this.#stop.abort();
  }

  async #tell(): Promise<void> {
    const owner = await this.#owner();
    if (this.#isOver) return;
    this.#told = owner;
    this.#request.onWaiting?.({ owner, waitedMs: this.waitedMs, isOver: false });
    this.#timer = setTimeout(() => void this.#tell(), this.#request.timing.tellEveryMs);
  }

  async #owner(): Promise<LockOwner> {
    const { files, thisHost, timing } = this.#request;
    return (await readLockOwner(files, thisHost, timing.staleMs)) ?? unknownOwner;
  }
}

/** Thrown between the parts of a wait; whoever began it answers with `failure()`. */
export class Stopped extends Error {}
