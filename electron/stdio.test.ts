/** The face for scripts as a real process on the built program: its protocol, its end, and nothing else on standard output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const home = path.join(import.meta.dirname, '..');
const program = path.join(home, 'dist/main/stdio.js');

let folder: string;
let children: ChildProcess[];

beforeAll(() => {
  if (!existsSync(program)) throw new Error(`${program} is not built: run npm run build first.`);
});

beforeEach(async () => {
  children = [];
  folder = await mkdtemp(path.join(os.tmpdir(), 'stdio-'));
  await cp(path.join(home, 'e2e/fixtures/workspaces/harbor-lights'), path.join(folder, 'shows/harbor-lights'), {
    recursive: true,
  });
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const answerSchema = z.object({
  id: z.union([z.number(), z.string(), z.null()]),
  ok: z.boolean(),
  value: z.unknown().optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
});
type Answer = z.infer<typeof answerSchema>;

interface Run {
  readonly answers: readonly Answer[];
  readonly output: string;
  readonly errors: string;
  readonly code: number | null;
  readonly firstAnswerMs: number;
  /** From the end of the input to the end of the process. */
  readonly endMs: number;
}

interface RunOptions {
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

function run(input: string | Buffer, { words = [], environment = {} }: RunOptions = {}): Promise<Run> {
  const started = performance.now();
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PICTURE_LOCK_')));
  const child = spawn(process.execPath, [program, '--data', path.join(folder, 'data'), ...words], {
    env: { ...clean, ...environment },
  });
  children.push(child);
  const output: Buffer[] = [];
  let errors = '';
  let firstAnswerMs = Number.POSITIVE_INFINITY;
  let endedAt = 0;
  child.stdout.on('data', (piece: Buffer) => {
    if (output.length === 0) firstAnswerMs = performance.now() - started;
    output.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => {
    errors += piece.toString();
  });
  // A process that refuses its command line closes its input unread.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input, () => {
    endedAt = performance.now();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(output).toString('utf8');
      const lines = text.split('\n').filter((line) => line !== '');
      const answers = lines.map((line) => answerSchema.parse(JSON.parse(line)));
      resolve({ answers, output: text, errors, code, firstAnswerMs, endMs: performance.now() - endedAt });
    });
  });
}

/** The pipeline's lock, held until the process is killed. */
const holdLock = `
import fcntl, sys, time
f = open(sys.argv[1], 'a+')
fcntl.flock(f, fcntl.LOCK_EX)
print('held', flush=True)
time.sleep(60)
`;

const line = (id: unknown, request: string, input: unknown = {}): string =>
  `${JSON.stringify({ id, request, input })}\n`;
const shows = (): string => path.join(folder, 'shows');
const withId = (answers: readonly Answer[], id: unknown): Answer | undefined => answers.find((each) => each.id === id);

describe('stdio', () => {
  it('answers one line for each request, by id, and ends with 0 at the end of its input', async () => {
    const requests = line(1, 'listBatches') + line('two', 'describeHost') + line(3, 'getSettings');
    const { answers, output, code } = await run(requests, { words: ['--workspace', shows()] });
    expect(code).toBe(0);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([1, 'two', 3]));
    expect(output.endsWith('\n')).toBe(true);
    expect(withId(answers, 'two')?.value).toMatchObject({ kind: 'stdio', workspace: { path: shows() } });
  });

  it('gives its first answer soon', async () => {
    const { firstAnswerMs } = await run(line(1, 'getSettings'));
    // The bar is 0.5 s on an idle machine; other tests run beside this one.
    expect(firstAnswerMs).toBeLessThan(3_000);
  });

  it('ends with 0 and says nothing where it is asked nothing', async () => {
    expect(await run('')).toMatchObject({ output: '', code: 0 });
    expect(await run('\n  \n\r\n')).toMatchObject({ output: '', code: 0 });
  });

  it('answers a last line without a newline, and lines that end as on Windows', async () => {
    const { answers } = await run(`${line(1, 'getSettings').trimEnd()}\r\n${line(2, 'getSettings').trimEnd()}`);
    expect(answers.map(({ id, ok }) => [id, ok])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  it('goes on after lines that are no requests', async () => {
    const broken = Buffer.concat([
      Buffer.from('no JSON\n[1]\n{"id":true,"request":"getSettings"}\n{"id":5}\n{"id":6,"request":"dropAll"}\n'),
      Buffer.from([0x7b, 0xff, 0xfe, 0x0a]),
      Buffer.from(line(7, 'getSettings')),
    ]);
    const { answers, code } = await run(broken);
    const failed = answers.filter(({ ok }) => !ok);
    expect(failed.map(({ id, failure }) => [id, failure?.code])).toEqual([
      [null, 'invalid'],
      [null, 'invalid'],
      [null, 'invalid'],
      [5, 'invalid'],
      [6, 'invalid'],
      [null, 'invalid'],
    ]);
    expect(withId(answers, 7)?.ok).toBe(true);
    expect(code).toBe(0);
  });

  it('gives an id back digit by digit', async () => {
    const { output } = await run('{"id":12345678901234567890,"request":"getSettings"}\n');
    expect(output).toMatch(/^\{"id":12345678901234567890,"ok":true/);
  });

  it('names the field that is wrong', async () => {
    const { answers } = await run(line(1, 'openWorkspace', { path: 7 }));
    expect(answers[0]?.failure?.message).toBe('"path" of openWorkspace must be text, not a number.');
  });

  it('lets a request see the workspace that the line before it opened', async () => {
    const { answers } = await run(line(1, 'openWorkspace', { path: shows() }) + line(2, 'listBatches'));
    expect(answers.map(({ id, ok }) => [id, ok])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  it('opens no sample by itself, and says how a workspace is named', async () => {
    const { answers } = await run(line(1, 'listBatches') + line(2, 'describeHost'));
    expect(withId(answers, 1)?.failure).toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('--workspace'),
    });
    expect(withId(answers, 2)?.value).toMatchObject({ workspace: null });
    expect(existsSync(path.join(folder, 'data/sample'))).toBe(false);
  });

  it('lets --workspace win over the environment, and says why a workspace cannot be opened', async () => {
    const environment = { PICTURE_LOCK_WORKSPACE: path.join(folder, 'missing'), PICTURE_LOCK_USER: 'farm' };
    const named = await run(line(1, 'describeHost'), { words: ['--workspace', shows()], environment });
    expect(named.answers[0]?.value).toMatchObject({ user: 'farm', workspace: { path: shows() } });
    const fallen = await run(line(1, 'listBatches'), { environment });
    expect(fallen.answers[0]?.failure).toMatchObject({ code: 'notFound', message: expect.stringContaining('missing') });
    expect(fallen.code).toBe(0);
  });

  it('takes a line of several megabytes', async () => {
    const beats = Array.from({ length: 20_000 }, (_, at) => ({ beat_id: `b${at}`, summary: 'x'.repeat(300) }));
    const scene = { schema_version: 1, scene_id: 'BATCH_999', beats };
    const input = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003', scene };
    const text = line(1, 'writeCandidate', input);
    expect(text.length).toBeGreaterThan(6_000_000);
    const { answers, code } = await run(text, { words: ['--workspace', shows()] });
    expect(answers[0]).toMatchObject({ id: 1, ok: false, failure: { code: 'invalid' } });
    expect(code).toBe(0);
  });

  it('answers hundreds of lines that come at once', async () => {
    const many = Array.from({ length: 500 }, (_, id) => line(id, 'getSettings')).join('');
    const { answers } = await run(many);
    expect(answers.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 500 }, (_, id) => id),
    );
  });

  it('opens no folder by an empty --workspace', async () => {
    const { output, errors, code } = await run(line(1, 'listBatches'), { words: ['--workspace', ''] });
    expect({ output, code }).toEqual({ output: '', code: 2 });
    expect(errors).toContain('--workspace names no folder');
  });

  it('refuses a path that no system can have, in a short sentence', async () => {
    const paths = ['/shows\0', `/${'x'.repeat(10_000)}`];
    const requests = paths.map((each) => line(each.length, 'listFolders', { path: each }));
    const { answers } = await run(requests.join(''));
    expect(answers.map(({ failure }) => failure?.code)).toEqual(['invalid', 'invalid']);
    expect(Math.max(...answers.map(({ failure }) => failure?.message.length ?? 0))).toBeLessThan(200);
  });

  it('refuses a command line that it does not know, on standard error', async () => {
    const { output, errors, code } = await run('', { words: ['--workspce', '/x'] });
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain('--workspce');
  });

  it('works where its data folder cannot be made', async () => {
    const words = ['--workspace', shows(), '--data', '/dev/null/data'];
    const { answers, code, output } = await run(line(1, 'listBatches') + line(2, 'saveSettings', { user: 'A' }), {
      words,
    });
    expect(withId(answers, 1)?.ok).toBe(true);
    expect(withId(answers, 2)?.failure?.code).toBe('io');
    expect(output.split('\n').filter((each) => each !== '')).toHaveLength(2);
    expect(code).toBe(0);
  });

  it('gives up a wait for a lock at the end of its input, answers it, and ends with 0 within 5 s', async () => {
    const scenes = path.join(shows(), 'harbor-lights/ep_001/scenes');
    const holder = spawn('python3', ['-c', holdLock, path.join(scenes, 'ep_001_BATCH_003.versions.lock')]);
    children.push(holder);
    await new Promise((resolve, reject) => {
      holder.on('error', reject);
      holder.stdout.once('data', resolve);
    });
    const input = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003', version: 2 };
    const words = ['--workspace', shows()];
    const { answers, code, endMs } = await run(line(1, 'revertVersion', input), { words });
    expect(answers).toMatchObject([{ id: 1, ok: false, failure: { code: 'locked' } }]);
    expect(code).toBe(0);
    expect(endMs).toBeLessThan(5_000);
  });

  it('ends within 5 s of its input too where more requests wait for a lock than are begun at once, and answers all', async () => {
    const scenes = path.join(shows(), 'harbor-lights/ep_001/scenes');
    const holder = spawn('python3', ['-c', holdLock, path.join(scenes, 'ep_001_BATCH_003.versions.lock')]);
    children.push(holder);
    await new Promise((resolve, reject) => {
      holder.on('error', reject);
      holder.stdout.once('data', resolve);
    });
    const input = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003', version: 2 };
    const many = Array.from({ length: 150 }, (_, id) => line(id, 'revertVersion', input)).join('');
    const { answers, code, endMs } = await run(many, { words: ['--workspace', shows()] });
    expect(answers.map(({ failure }) => failure?.code)).toEqual(Array.from({ length: 150 }, () => 'locked'));
    expect(code).toBe(0);
    expect(endMs).toBeLessThan(5_000);
  });

  it('ends soon after its input', async () => {
    const { endMs } = await run(line(1, 'verifyWorkspace'), { words: ['--workspace', shows()] });
    expect(endMs).toBeLessThan(5_000);
  });
});
