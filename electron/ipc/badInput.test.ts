/** Bad input on the built stdio face: every request refuses it with a code, the process lives on, and no file is touched. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RequestName } from '../../shared/contract.ts';
import type { FailureCode } from '../../shared/failure.ts';

const root = path.join(import.meta.dirname, '../..');
const program = path.join(root, 'dist/main/stdio.js');

const answerShape = z.object({
  id: z.number().nullable(),
  ok: z.boolean(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
});
type Answer = z.infer<typeof answerShape>;

interface Stdio {
  readonly child: ChildProcessWithoutNullStreams;
  /** Sends one line as it is and takes the next answer. */
  ask(line: string): Promise<Answer>;
  /** Ends the input and gives the exit code. */
  end(): Promise<number | null>;
}

function startStdio(workspace: string, data: string): Stdio {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('PICTURE_LOCK_')),
  );
  const child = spawn(process.execPath, [program, '--workspace', workspace, '--data', data], { env: environment });
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    ask: async (line) => {
      child.stdin.write(`${line}\n`);
      const next = await lines.next();
      if (next.done) throw new Error(`The process ended at: ${line.slice(0, 200)}`);
      return answerShape.parse(JSON.parse(next.value));
    },
    end: () =>
      new Promise((resolve) => {
        child.once('close', resolve);
        child.stdin.end();
      }),
  };
}

/** Names and bytes of everything in a folder, in one number. */
function treeHash(folder: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const entry of entries) {
    hash.update(`${path.relative(folder, entry)}\0`);
    try {
      hash.update(readFileSync(entry));
    } catch {
      hash.update('a folder');
    }
  }
  return hash.digest('hex');
}

interface Bad {
  readonly input: unknown;
  readonly code: FailureCode;
}

const invalid = (...inputs: readonly unknown[]): Bad[] => inputs.map((input) => ({ input, code: 'invalid' }));
const notFound = (...inputs: readonly unknown[]): Bad[] => inputs.map((input) => ({ input, code: 'notFound' }));

const batch = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
const scene = { schema_version: 1, scene_id: 'BATCH_003', episode: 1, title: 'A scene', beats: [] };

/** Wrong for whatever takes a batch; `rest` is what else the request needs, and right. */
const wrongBatches = (rest: object = {}): Bad[] => [
  ...wrongBatchNames(rest),
  ...notFound({ ...batch, ...rest, project: 'no-such-project' }, { ...batch, ...rest, project: 'Harbor-Lights' }),
];

const wrongBatchNames = (rest: object = {}): Bad[] =>
  invalid(
    rest,
    'BATCH_003',
    [batch],
    7,
    { ...batch, ...rest, project: 7 },
    { ...batch, ...rest, project: '' },
    { ...batch, ...rest, project: '../harbor-lights' },
    { ...batch, ...rest, project: 'harbor-lights/../harbor-lights' },
    { ...batch, ...rest, project: '..' },
    { ...batch, ...rest, project: 'harbor-lights\0' },
    { ...batch, ...rest, project: '..\\harbor-lights' },
    { ...batch, ...rest, episode: '1' },
    { ...batch, ...rest, episode: 1.5 },
    { ...batch, ...rest, episode: -1 },
    { ...batch, ...rest, episode: null },
    { ...batch, ...rest, episode: [1] },
    { ...batch, ...rest, batchId: 'BATCH_3' },
    { ...batch, ...rest, batchId: 'batch_003' },
    { ...batch, ...rest, batchId: '../BATCH_003' },
    { ...batch, ...rest, batchId: 'BATCH_003/../BATCH_004' },
    { ...batch, ...rest, batchId: { name: 'BATCH_003' } },
    { ...batch, ...rest, batchId: undefined },
    { ...batch, ...rest, somethingElse: true },
  );

const unknownBatches = (rest: object = {}): Bad[] =>
  notFound({ ...batch, ...rest, batchId: 'BATCH_999' }, { ...batch, ...rest, episode: 77 });

const wrongVersions = (rest: object = {}): Bad[] =>
  invalid(
    { ...batch, ...rest },
    { ...batch, ...rest, version: '3' },
    { ...batch, ...rest, version: 2.5 },
    { ...batch, ...rest, version: 0 },
    { ...batch, ...rest, version: -1 },
    { ...batch, ...rest, version: null },
    { ...batch, ...rest, version: { $number: '3' } },
  );

const decisions: Bad[] = [
  ...wrongBatches({ version: 3 }),
  ...unknownBatches({ version: 3 }),
  ...wrongVersions(),
  ...invalid(
    { ...batch, version: 3, note: 7 },
    { ...batch, version: 3, note: ['why'] },
    { ...batch, version: 3, expectedRevision: 'yesterday' },
    { ...batch, version: 3, expectedRevision: 4 },
    { ...batch, version: 3, expectedRevision: 'A'.repeat(64) },
  ),
  ...notFound({ ...batch, version: 99 }),
  { input: { ...batch, version: 3, expectedRevision: '0'.repeat(64) }, code: 'conflict' },
  { input: { ...batch, version: 3, expectedRevision: 'absent' }, code: 'conflict' },
];

const takesNothing: Bad[] = invalid('all', 7, true, [], [{}], { path: '/' });

const draft = { batch, baseVersion: 3, scene, kind: 'reshoot', source: 'rederive', pending: null };
const wrongDraft = (change: object): Bad => ({ input: { draft: { ...draft, ...change } }, code: 'invalid' });

/** Every request of the contract: one that is forgotten here does not compile. */
const badInputs: Readonly<Record<RequestName, readonly Bad[]>> = {
  openWorkspace: [
    ...invalid({}, 'here', [], { path: 7 }, { path: '' }, { path: null }, { path: '.', more: 1 }),
    ...notFound({ path: '/nowhere/at/all' }, { path: '../nowhere/at/all' }),
  ],
  openSample: takesNothing,
  listBatches: takesNothing,
  getBatch: [...wrongBatches(), ...unknownBatches()],
  readScene: [
    ...wrongBatches({ version: 1 }),
    ...unknownBatches({ version: 1 }),
    ...wrongVersions(),
    ...notFound({ ...batch, version: 99 }),
  ],
  compareVersions: [
    ...wrongBatches({ from: 1, to: 2 }),
    ...unknownBatches({ from: 1, to: 2 }),
    ...invalid({ ...batch, from: 1 }, { ...batch, from: '1', to: 2 }, { ...batch, from: 1, to: [2] }),
    ...notFound({ ...batch, from: 1, to: 99 }, { ...batch, from: 99, to: 1 }),
  ],
  writeCandidate: [
    ...wrongBatches({ scene }),
    ...invalid(
      { ...batch },
      { ...batch, scene: null },
      { ...batch, scene: 'BATCH_003' },
      { ...batch, scene: [] },
      { ...batch, scene: {} },
      { ...batch, scene: { ...scene, beats: 'none' } },
      { ...batch, scene: { ...scene, beats: [7] } },
      { ...batch, scene: { ...scene, scene_id: 'BATCH_004' } },
      { ...batch, scene: { ...scene, scene_id: '../BATCH_003' } },
      { ...batch, scene, kind: 'remake' },
      { ...batch, scene, kind: 7 },
      { ...batch, scene, parentVersion: 'three' },
      { ...batch, scene, parentVersion: 1.5 },
      { ...batch, scene, source: 7 },
      { ...batch, scene, dedup: 'yes' },
      { ...batch, scene, expectedRevision: 'now' },
    ),
    { input: { ...batch, scene, expectedRevision: '0'.repeat(64) }, code: 'conflict' },
  ],
  conformVersion: decisions,
  revertVersion: decisions,
  markDerived: decisions,
  stopWaiting: [...wrongBatches(), ...unknownBatches()],
  verifyWorkspace: takesNothing,
  stopVerifying: takesNothing,
  repairBatch: [
    ...wrongBatches({ repair: 'closeLedger' }),
    ...unknownBatches({ repair: 'closeLedger' }),
    ...invalid(
      { ...batch },
      { ...batch, repair: 'everything' },
      { ...batch, repair: 7 },
      { ...batch, repair: ['closeLedger'] },
      { ...batch, repair: 'adoptOrphan' },
      { ...batch, repair: 'adoptOrphan', version: '7' },
      { ...batch, repair: 'adoptOrphan', version: 0 },
      { ...batch, repair: 'adoptOrphan', version: 1.5 },
      { ...batch, repair: 'rebuildManifest', version: 3 },
      { ...batch, repair: 'closeLedger', version: 3 },
      { ...batch, repair: 'closeLedger', note: 7 },
      { ...batch, repair: 'closeLedger', confirm: true },
      { ...batch, repair: 'closeLedger', confirm: 'yes' },
      { ...batch, repair: 'rebuildManifest', confirm: '../../etc-20261121T143753Z' },
    ),
    // Nothing of this batch is to be repaired, whether it is asked about or confirmed.
    ...notFound(
      { ...batch, repair: 'adoptOrphan', version: 3 },
      { ...batch, repair: 'adoptOrphan', version: 99 },
      { ...batch, repair: 'rebuildManifest' },
      { ...batch, repair: 'rebuildManifest', confirm: `20261121T143753Z-${'0'.repeat(64)}` },
      { ...batch, repair: 'closeLedger' },
      { ...batch, repair: 'closeLedger', confirm: '0'.repeat(64) },
    ),
  ],
  describeHost: takesNothing,
  chooseFolder: [...takesNothing, ...invalid({})],
  listFolders: invalid('here', [], { path: 7 }, { path: '' }, { path: null }, { folder: '/' }),
  // A draft outlives its batch, so a batch that is not there is no error of these.
  readDraft: wrongBatchNames(),
  discardDraft: wrongBatchNames(),
  saveDraft: [
    ...invalid({}, 'draft', [], { draft: null }, { draft: [] }, { draft: { ...draft, more: 1 } }, { draft, more: 1 }),
    ...wrongBatchNames().map(({ input }) => wrongDraft({ batch: input })),
    wrongDraft({ baseVersion: 0 }),
    wrongDraft({ baseVersion: '3' }),
    wrongDraft({ baseVersion: undefined }),
    wrongDraft({ scene: null }),
    wrongDraft({ scene: [] }),
    wrongDraft({ scene: 'BATCH_003' }),
    wrongDraft({ scene: {} }),
    wrongDraft({ scene: { ...scene, beats: [7] } }),
    wrongDraft({ scene: { ...scene, odd: { $number: 'seven' } } }),
    wrongDraft({ scene: { ...scene, odd: { $set: ['S', 'a'] } } }),
    wrongDraft({ kind: 'remake' }),
    wrongDraft({ source: 7 }),
    wrongDraft({ source: 'x'.repeat(201) }),
    wrongDraft({ pending: 'text' }),
    wrongDraft({ pending: { scope: 'beat', text: '{' } }),
    wrongDraft({ pending: { scope: 'beat', beat: -1, text: '{' } }),
    wrongDraft({ pending: { scope: 'shot', text: '{' } }),
    wrongDraft({ pending: { scope: 'scene', text: 7 } }),
  ],
  listDrafts: takesNothing,
  // This face has no file dialog.
  chooseBodyFile: [...takesNothing, ...invalid({})],
  inspectBody: [
    ...invalid(
      {},
      'body.json',
      { name: 'body.json' },
      { base64: '' },
      { name: '', base64: '' },
      { name: 7, base64: '' },
      { name: 'body.json', base64: 7 },
      { name: 'body.json', base64: 'abc' },
      { name: 'body.json', base64: 'ab=c' },
      { name: 'body.json', base64: 'äöü!' },
      { name: 'body.json', base64: 'abcd', path: '/etc/passwd' },
    ),
    { input: { name: 'body.json', base64: 'A'.repeat(44_739_248) }, code: 'invalid' },
  ],
  revealBody: [
    ...wrongBatches({ version: 1 }),
    ...unknownBatches({ version: 1 }),
    ...wrongVersions(),
    // This face has no file manager to show it in.
    ...invalid({ ...batch, version: 1 }),
  ],
  getSettings: takesNothing,
  saveSettings: invalid(
    'dark',
    [],
    { user: '' },
    { user: '  ' },
    { user: 7 },
    { appearance: 'sepia' },
    { hasSingleLetterKeys: 'no' },
    { workspace: '/' },
  ),
};

const brokenLines: readonly string[] = [
  'not JSON',
  '{"id": 1, "request": "listBatches"',
  '[]',
  '"listBatches"',
  'null',
  '7',
  '{}',
  '{"id": 1}',
  '{"id": 1, "request": 7}',
  '{"id": 1, "request": null, "input": {}}',
  '{"id": 1, "request": "dropEverything", "input": {}}',
  '{"id": 1, "request": "__proto__", "input": {}}',
  '{"id": 1, "request": "constructor", "input": {}}',
  '{"id": 1, "request": "toString", "input": {}}',
  '{"id": 1, "request": "getBatch", "input": {"project": "harbor-lights", "episode": 123456789012345678901, "batchId": "BATCH_003"}}',
  `{"id": 1, "request": "getBatch", "input": ${'['.repeat(2000)}${']'.repeat(2000)}}`,
  '{"id": 1, "request": "getBatch", "input": {"__proto__": {"project": "harbor-lights", "episode": 1, "batchId": "BATCH_003"}}}',
  '\u0000\u0001\u0002',
];

describe('bad input on stdio', () => {
  let folder: string;
  let workspace: string;
  let stdio: Stdio;

  beforeAll(() => {
    if (!existsSync(program)) throw new Error(`${program} is not built: run npm run build first.`);
  });

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'picture-lock-bad-'));
    workspace = path.join(folder, 'workspace');
    cpSync(path.join(root, 'e2e/fixtures/workspaces/harbor-lights'), path.join(workspace, 'harbor-lights'), {
      recursive: true,
    });
    stdio = startStdio(workspace, path.join(folder, 'data'));
  });

  afterEach(() => {
    stdio.child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const expectAliveAndUntouched = async (before: string): Promise<void> => {
    expect(await stdio.ask(JSON.stringify({ id: 9999, request: 'getBatch', input: batch }))).toMatchObject({
      id: 9999,
      ok: true,
    });
    expect(await stdio.end()).toBe(0);
    expect(treeHash(workspace)).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['data', 'workspace']);
  };

  it.each(Object.entries(badInputs))('%s refuses it with its code, lives on and writes nothing', async (name, bads) => {
    const before = treeHash(workspace);
    const wrong: string[] = [];
    for (const [index, { input, code }] of bads.entries()) {
      const line = JSON.stringify({ id: index, request: name, input });
      const answer = await stdio.ask(line);
      const sentence = answer.failure?.message ?? '';
      if (answer.ok || answer.id !== index || answer.failure?.code !== code || sentence.length < 10) {
        wrong.push(`${line}: expected ${code}, got ${JSON.stringify(answer)}`);
      }
    }
    expect(wrong).toEqual([]);
    await expectAliveAndUntouched(before);
  });

  it('answers a line that is no request with invalid, lives on and writes nothing', async () => {
    const before = treeHash(workspace);
    const wrong: string[] = [];
    for (const line of brokenLines) {
      const answer = await stdio.ask(line);
      if (answer.ok || answer.failure?.code !== 'invalid') {
        wrong.push(`${line.slice(0, 120)}: got ${JSON.stringify(answer)}`);
      }
    }
    expect(wrong).toEqual([]);
    await expectAliveAndUntouched(before);
  });
});
