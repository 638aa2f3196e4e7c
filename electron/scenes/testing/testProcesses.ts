/** For tests: builds the writing process with its lock thread as the program is built, starts it, and a pipeline in Python beside it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, onTestFinished } from 'vitest';
import type { WriterAnswer, WriterOrder } from './testOrders.ts';

export interface BuiltWriter {
  readonly script: string;
  readonly flockWorker: URL;
}

/** Removed again after the file's tests. */
export async function buildWriter(): Promise<BuiltWriter> {
  const folder = await mkdtemp(join(tmpdir(), 'picture-lock-writer-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  await symlink(source('../../../node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await build({
    configFile: false,
    logLevel: 'error',
    root: source('../../..'),
    build: {
      ssr: true,
      outDir: join(folder, 'built'),
      target: 'node20',
      rolldownOptions: {
        input: { testWriter: source('./testWriter.ts'), flockWorker: source('../lock/flockWorker.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return {
    script: join(folder, 'built', 'testWriter.js'),
    flockWorker: pathToFileURL(join(folder, 'built', 'flockWorker.js')),
  };
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that ends with the test, whatever becomes of the test. */
class Child {
  readonly process: ChildProcess;
  readonly ended: Promise<Ending>;
  #errors = '';

  constructor(command: string, args: readonly string[], onLine: (line: string) => void) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.process = child;
    this.ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
    child.stderr.on('data', (text: Buffer) => {
      this.#errors += text.toString();
    });
    // A process that killed itself no longer reads.
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stdout }).on('line', onLine);
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await this.ended;
    });
  }

  get errors(): string {
    return this.#errors;
  }

  say(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }
}

export interface WriterOptions {
  readonly built: BuiltWriter;
  readonly scenesFolder: string;
  readonly dataFolder: string;
  /** After how many steps it kills itself, counted from its start. */
  readonly killAt?: number;
  readonly deadlineMs?: number;
}

type Spoken = Extract<WriterAnswer, { id: 0 }> | WriterAnswer;
export type Order = WriterOrder extends infer One ? (One extends WriterOrder ? Omit<One, 'id'> : never) : never;

/** A process of ours that carries out orders, several at once if it gets them. */
export class Writer extends Child {
  readonly spoken: Spoken[] = [];
  readonly #listeners = new Set<(answer: WriterAnswer) => void>();
  #lastId = 0;

  constructor({ built, scenesFolder, dataFolder, killAt = 0, deadlineMs = 10_000 }: WriterOptions) {
    super(process.execPath, [built.script, scenesFolder, dataFolder, String(killAt), String(deadlineMs)], (line) => {
      const answer: WriterAnswer = JSON.parse(line);
      if (answer.id === 0) this.spoken.push(answer);
      for (const listener of this.#listeners) listener(answer);
    });
  }

  /** Null where the process ended without an answer. */
  async order(order: Order): Promise<WriterAnswer | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answered = this.heard((answer) => answer.id === id);
    this.say(JSON.stringify({ ...order, id }));
    return await Promise.race([answered, this.ended.then(() => null)]);
  }

  heard(isIt: (answer: WriterAnswer) => boolean): Promise<WriterAnswer> {
    return new Promise((resolve) => {
      const before = this.spoken.find(isIt);
      if (before !== undefined) return resolve(before);
      const listener = (answer: WriterAnswer): void => {
        if (!isIt(answer)) return;
        this.#listeners.delete(listener);
        resolve(answer);
      };
      this.#listeners.add(listener);
    });
  }
}

/** A Python 3 process, as the pipeline is one; each line that it prints is heard. */
export class Python extends Child {
  readonly lines: string[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(program: string, args: readonly string[]) {
    super('python3', ['-u', '-c', program, ...args], (line) => {
      this.lines.push(line);
      for (const listener of this.#listeners) listener();
    });
  }

  heard(line: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.lines.includes(line)) resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }
}

/** Holds the lock until told a line on its standard input. */
export const holdLock = `
import fcntl, sys
with open(sys.argv[1], "a+") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held")
    sys.stdin.readline()
print("let go")
`;

/** What the pipeline does, as often as it can for some seconds: one version more, and now and then its pointer moved. */
export const writeAlong = `
import fcntl, json, os, re, sys, time
folder, batch, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
prefix = os.path.join(folder, "ep_001_" + batch)
def put(path, text):
    temp = os.path.join(os.path.dirname(path), "." + os.path.basename(path) + ".py")
    with open(temp, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.rename(temp, path)
end = time.time() + seconds
count = 0
while time.time() < end:
    with open(prefix + ".versions.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(prefix + ".versions.json", encoding="utf-8") as file:
            manifest = json.load(file)
        on_disk = [int(m.group(1)) for m in (re.fullmatch(r"ep_001_" + batch + r"\\.v(\\d+)\\.json", n) for n in os.listdir(folder)) if m]
        version = max([e["version"] for e in manifest["versions"]] + on_disk) + 1
        name = "ep_001_%s.v%03d.json" % (batch, version)
        assert not os.path.exists(os.path.join(folder, name)), name
        body = {"schema_version": 1, "scene_id": batch, "episode": 1, "title": "py", "beats": [{"beat_id": "b", "shot": {"duration_s": version, "by": "pipeline"}}]}
        put(os.path.join(folder, name), json.dumps(body, indent=2, ensure_ascii=False) + "\\n")
        manifest["versions"].append({"version": version, "artifact": name, "state": "candidate", "downstream": "not_derived", "kind": "pickup", "source": "rederive", "parent_version": version - 1, "shot_count": 1, "created_at": "2026-11-21T00:00:00.000Z"})
        put(prefix + ".versions.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\\n")
        count += 1
        print("wrote %d" % version)
`;
