/** Starts writers and readers, and speaks with them line by line; each is ended by its own handle alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import {
  answerSchema,
  readerAnswerSchema,
  type Watched,
  type WriterAnswer,
  type WriterArgs,
  type WriterOrder,
  type WriterOutcome,
} from './messages.ts';

/** No warnings: of files whose closing was made to fail; others that stay open are looked for after each run. */
const ours = (name: string, ...args: readonly string[]): readonly string[] => [
  '--no-warnings',
  join(import.meta.dirname, `${name}.js`),
  ...args,
];
/** Longer than any deadline of a lock that a run sets. */
const patienceMs = 30_000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

class LineProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  hasEnded = false;
  code: number | null = null;

  constructor(program: string, args: readonly string[], onLine: (line: string) => void) {
    // One thread in the pool: its calls then have an order, and a tracer can count them.
    const env = { ...process.env, UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0' };
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.child = child;
    running.add(child);
    this.ended = new Promise((resolve) => {
      child.on('close', (code) => {
        running.delete(child);
        this.hasEnded = true;
        this.code = code;
        resolve();
      });
      child.on('error', () => resolve());
    });
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', onLine);
  }

  say(value: unknown): void {
    this.child.stdin?.write(`${JSON.stringify(value)}\n`);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export type Asked = Omit<WriterOrder, 'id'>;

/** Null where the process ended without an answer. */
export type Outcome = WriterOutcome | null | 'hangs';

type Ready = Extract<WriterAnswer, { kind: 'ready' }>;

export class Writer {
  readonly #process: LineProcess;
  readonly #listeners = new Set<(answer: WriterAnswer) => void>();
  /** With the thread in which its file calls are made. */
  readonly ready: Promise<Ready>;
  #lastId = 0;

  constructor(args: WriterArgs) {
    this.#process = new LineProcess(process.execPath, ours('writer', JSON.stringify(args)), (line) => {
      const answer = answerSchema.parse(JSON.parse(line));
      for (const listener of this.#listeners) listener(answer);
    });
    this.ready = new Promise((resolve) => {
      this.#listeners.add((answer) => {
        if (answer.kind === 'ready') resolve(answer);
      });
    });
  }

  get pid(): number {
    return this.#process.child.pid ?? 0;
  }

  /** The number of its next order. */
  get nextOrder(): number {
    return this.#lastId + 1;
  }

  get hasEnded(): boolean {
    return this.#process.hasEnded;
  }

  get ended(): Promise<void> {
    return this.#process.ended;
  }

  /** A writer that says nothing for long is ended, so that the run can go on. */
  async order(asked: Asked, onPaused: () => void = () => undefined): Promise<Outcome> {
    this.#lastId += 1;
    const id = this.#lastId;
    const timer = new AbortController();
    const answered = new Promise<WriterOutcome>((resolve) => {
      const listener = (answer: WriterAnswer): void => {
        if (answer.id !== id) return;
        if (answer.kind === 'paused') {
          onPaused();
          return;
        }
        this.#listeners.delete(listener);
        if (answer.kind !== 'ready') resolve(answer);
      };
      this.#listeners.add(listener);
    });
    this.#process.say({ ...asked, id });
    const late = delay(patienceMs, 'hangs' as const, { signal: timer.signal }).catch(() => 'hangs' as const);
    const outcome = await Promise.race([answered, this.ended.then(() => null), late]);
    timer.abort();
    if (outcome === 'hangs') await this.end();
    return outcome;
  }

  async end(): Promise<void> {
    await this.#process.kill();
  }
}

export interface Seen {
  readonly reads: number;
  readonly wrong: readonly string[];
}

export class Reader {
  readonly #process: LineProcess;
  readonly #waiting = new Map<number, (seen: Seen) => void>();
  #lastId = 0;

  constructor() {
    this.#process = new LineProcess(process.execPath, ours('reader'), (line) => {
      const { id, reads, wrong } = readerAnswerSchema.parse(JSON.parse(line));
      this.#waiting.get(id)?.({ reads, wrong });
      this.#waiting.delete(id);
    });
  }

  /** Resolves with what was seen of the place before. */
  watch(watched: Watched | null): Promise<Seen> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answered = new Promise<Seen>((resolve) => this.#waiting.set(id, resolve));
    this.#process.say({ id, watch: watched });
    return answered;
  }

  async end(): Promise<void> {
    await this.#process.kill();
  }
}

/** A program in Python, as the pipeline is one; `lines` is what it has said so far. */
export class Python {
  readonly #process: LineProcess;
  readonly lines: string[] = [];

  constructor(program: string, args: readonly string[]) {
    this.#process = new LineProcess('python3', ['-u', '-c', program, ...args], (line) => this.lines.push(line));
  }

  /** Whether it ended well. */
  async ended(): Promise<boolean> {
    await this.#process.ended;
    return this.#process.code === 0;
  }

  async end(): Promise<void> {
    await this.#process.kill();
  }
}
