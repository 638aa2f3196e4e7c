/** The reading threads of a host: started when there is much to read, more of them where files answer slowly, ended when idle. */
import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AnswerMessage, Answers, ChecksOrder, OrderMessage, ReadingOrder, RowsOrder } from './readingOrders.ts';

/** Beside the built chunk. Sources have no such file: a test that needs threads builds one and names it. */
let workerUrl = new URL('./readingWorker.js', import.meta.url);

export function chooseReadingWorker(url: URL): void {
  workerUrl = url;
}

/** A local disk keeps as many threads busy as there are processors, and is not faster with more than a few. */
const fewThreads = Math.max(1, Math.min(4, cpus().length));
/** A network drive is waited for, so that more are under way at once. */
const manyThreads = 12;
/** Milliseconds for opening a file above which the time goes into waiting; a local disk takes a tenth of it. */
const slowOpening = 0.2;
/** Orders that a thread has at hand, so that it need not wait for the main thread. */
const ahead = 2;
const idleMs = 3_000;
/** A thread holds the files of one order; without a limit it collects its garbage late and holds much more. */
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  readonly order: ReadingOrder;
  /** Called once; null where it was given up. */
  readonly answer: (text: string | null) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly underWay: Map<number, Waiting>;
}

export class ReadingThreads {
  readonly #threads: Thread[] = [];
  readonly #queue: Waiting[] = [];
  #lastId = 0;
  #most = fewThreads;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #canStart = true;
  #hasAnswered = false;
  readonly #warn: (message: string, error: unknown) => void;

  constructor(warn: (message: string, error: unknown) => void) {
    this.#warn = warn;
  }

  /** Orders at once for what nobody waits for: one processor stays free, but many are under way where they only wait. */
  get backgroundWidth(): number {
    return this.#most > fewThreads ? this.#most : Math.max(1, fewThreads - 1);
  }

  /** Null where no thread can be had, or where the one that had the order died: then the caller reads by itself. */
  rows(order: RowsOrder): Promise<Answers['rows'] | null> {
    return this.#run(order, (text): Answers['rows'] => JSON.parse(text));
  }

  /** As `rows`. */
  checks(order: ChecksOrder): Promise<Answers['checks'] | null> {
    return this.#run(order, (text): Answers['checks'] => JSON.parse(text));
  }

  /** Starts the threads ahead of the first order: each takes some 50 ms for it. */
  prepare(): void {
    while (this.#canStart && this.#threads.length < fewThreads) this.#start();
    this.#waitForIdle();
  }

  /** Orders that are under way are given up; a new one starts threads again. */
  close(): void {
    clearTimeout(this.#idle);
    for (const thread of [...this.#threads]) this.#end(thread);
    this.#giveUpQueued();
  }

  /** The text is our own thread's and holds what its types say. */
  #run<Answer>(order: ReadingOrder, read: (text: string) => Answer): Promise<Answer | null> {
    if (!this.#canStart) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#queue.push({ order, answer: (text) => resolve(text === null ? null : read(text)) });
      this.#feed();
    });
  }

  #feed(): void {
    clearTimeout(this.#idle);
    while (this.#queue.length > 0) {
      const thread = this.#freest();
      if (thread === null) return;
      const waiting = this.#queue.shift();
      if (waiting === undefined) return;
      this.#lastId += 1;
      thread.underWay.set(this.#lastId, waiting);
      // A process that has nothing else to do waits for an answer, and ends while its threads are idle.
      thread.worker.ref();
      thread.worker.postMessage({ id: this.#lastId, order: waiting.order } satisfies OrderMessage);
    }
    this.#waitForIdle();
  }

  /** Started ones first; null where all have enough to do. */
  #freest(): Thread | null {
    let freest: Thread | null = null;
    for (const each of this.#threads) if (freest === null || each.underWay.size < freest.underWay.size) freest = each;
    if (freest?.underWay.size === 0) return freest;
    if (this.#threads.length < this.#most) return this.#start();
    return freest !== null && freest.underWay.size < ahead ? freest : null;
  }

  #start(): Thread {
    const worker = new Worker(workerUrl, { resourceLimits });
    const thread: Thread = { worker, underWay: new Map() };
    this.#threads.push(thread);
    worker.unref();
    worker.on('message', (message: AnswerMessage) => this.#take(thread, message));
    worker.on('error', (error) => this.#died(thread, error));
    worker.on('exit', () => this.#died(thread, new Error('A reading thread ended.')));
    return thread;
  }

  #take(thread: Thread, { id, answer, openingMs }: AnswerMessage): void {
    const waiting = thread.underWay.get(id);
    thread.underWay.delete(id);
    this.#hasAnswered = true;
    if (thread.underWay.size === 0) thread.worker.unref();
    if (openingMs !== null) this.#most = openingMs > slowOpening ? manyThreads : fewThreads;
    waiting?.answer(answer);
    this.#feed();
  }

  /** False where it was ended before. */
  #end(thread: Thread): boolean {
    const at = this.#threads.indexOf(thread);
    if (at < 0) return false;
    this.#threads.splice(at, 1);
    void thread.worker.terminate();
    for (const waiting of thread.underWay.values()) waiting.answer(null);
    thread.underWay.clear();
    return true;
  }

  #died(thread: Thread, error: Error): void {
    if (!this.#end(thread)) return;
    this.#warn('A reading thread died; its batches are read without one', error);
    if (this.#hasAnswered) this.#feed();
    else this.#startNoMore();
  }

  /** None ever answered: the next one would die as well. */
  #startNoMore(): void {
    this.#canStart = false;
    this.#giveUpQueued();
  }

  #giveUpQueued(): void {
    for (const waiting of this.#queue.splice(0)) waiting.answer(null);
  }

  #waitForIdle(): void {
    if (this.#threads.some(({ underWay }) => underWay.size > 0)) return;
    this.#idle = setTimeout(() => this.close(), idleMs);
    this.#idle.unref();
  }
}
