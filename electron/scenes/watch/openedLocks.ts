/** Tells who holds the lock of a batch that somebody has opened, once it is held longer than a write takes, and when it is free again. */
import type { LockOwner } from '../../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';

export interface OpenedLocksOptions {
  readonly lockOwner: (ref: BatchRef) => Promise<LockOwner | null>;
  readonly onSeen: (ref: BatchRef, owner: LockOwner | null) => void;
}

/** A usual write is over by then; to tell of each would only flicker. */
const settleMs = 250;

export class OpenedLocks {
  readonly #options: OpenedLocksOptions;
  /** What was told last, by batch; only of batches that were opened. */
  readonly #told = new Map<string, string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(options: OpenedLocksOptions) {
    this.#options = options;
  }

  opened(ref: BatchRef, owner: LockOwner | null): void {
    this.#told.set(batchKey(ref), JSON.stringify(owner));
  }

  changed(ref: BatchRef): void {
    const key = batchKey(ref);
    if (!this.#told.has(key) || this.#timers.has(key)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      void this.#look(ref);
    }, settleMs);
    timer.unref();
    this.#timers.set(key, timer);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#told.clear();
  }

  async #look(ref: BatchRef): Promise<void> {
    const key = batchKey(ref);
    const owner = await this.#options.lockOwner(ref).catch(() => null);
    const told = JSON.stringify(owner);
    if (!this.#told.has(key) || this.#told.get(key) === told) return;
    this.#told.set(key, told);
    this.#options.onSeen(ref, owner);
  }
}
