/** What the built program opens while it lists, reads, compares, previews repairs and verifies a damaged workspace, as the kernel saw it: nothing outside the scenes folders. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

const home = path.join(import.meta.dirname, '..');
const program = path.join(home, 'dist/main/stdio.js');

/** A small process that may be traced: some containers have strace and forbid it. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

const answersSchema = z.array(z.object({ id: z.number(), ok: z.boolean() }));

/** `open("…", flags)` and `openat(…, "…", flags)` as strace writes them, with `-y` of descriptors too. */
const openPattern = /\bopen(?:at2?)?\((?:[^"]*)"((?:[^"\\]|\\.)*)"(.*)$/;

it.runIf(canTrace)(
  'opens nothing but scenes folders and what is in them, whatever a manifest or a link names',
  async () => {
    if (!existsSync(program)) throw new Error(`${program} is not built: run npm run build first.`);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'picture-lock-reads-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const workspace = path.join(folder, 'workspaces');
    await cp(path.join(home, 'e2e/fixtures/workspaces'), workspace, { recursive: true });
    const scenes = path.join(workspace, 'damaged/ep_001/scenes');
    const link = path.join(scenes, 'ep_001_BATCH_017.v002.json');
    await rm(link);
    await symlink('../../../outside.json', link);

    const ids = Array.from({ length: 20 }, (_, index) => `BATCH_${String(index + 1).padStart(3, '0')}`);
    const requests = [
      { request: 'listBatches', input: {} },
      ...ids.flatMap((batchId) => {
        const batch = { project: 'damaged', episode: 1, batchId };
        const versions = [1, 2, 3, 7, 42];
        return [
          { request: 'getBatch', input: batch },
          ...versions.map((version) => ({ request: 'readScene', input: { ...batch, version } })),
          ...versions.map((to) => ({ request: 'compareVersions', input: { ...batch, from: 1, to } })),
          ...versions.map((version) => ({
            request: 'repairBatch',
            input: { ...batch, repair: 'adoptOrphan', version },
          })),
          { request: 'repairBatch', input: { ...batch, repair: 'rebuildManifest' } },
          { request: 'repairBatch', input: { ...batch, repair: 'closeLedger' } },
        ];
      }),
      { request: 'verifyWorkspace', input: {} },
    ];
    const log = path.join(folder, 'trace');
    const { answers, code } = await traced(
      log,
      [program, '--workspace', workspace, '--data', path.join(folder, 'data')],
      requests,
    );
    expect(code).toBe(0);
    expect(answers).toHaveLength(requests.length);
    expect(answers.find(({ id }) => id === 0)?.ok).toBe(true);
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(100);

    const opened = (await readFile(log, 'utf8')).split('\n').flatMap((line) => {
      const [, name, rest] = openPattern.exec(line) ?? [];
      return name?.startsWith(`${workspace}/`) ? [{ name, isFolder: rest?.includes('O_DIRECTORY') === true }] : [];
    });
    // The trace is what it is taken for: the bodies of these batches are in it.
    expect(opened.map(({ name }) => name)).toContain(path.join(scenes, 'ep_001_BATCH_017.v003.json'));
    const files = opened.filter(({ isFolder }) => !isFolder).map(({ name }) => path.dirname(name));
    expect([...new Set(files)].sort()).toEqual(
      [
        scenes,
        path.join(workspace, 'harbor-lights/ep_001/scenes'),
        path.join(workspace, 'harbor-lights/ep_002/scenes'),
      ].sort(),
    );
    expect(opened.map(({ name }) => path.resolve(name))).not.toContain(path.join(workspace, 'outside.json'));
  },
  60_000,
);

function traced(log: string, words: readonly string[], requests: readonly object[]) {
  const calls = 'trace=open,openat,openat2';
  const child = spawn('strace', ['-f', '-o', log, '-s', '4096', '-e', calls, process.execPath, ...words], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  child.stdin.end(requests.map((request, id) => `${JSON.stringify({ id, ...request })}\n`).join(''));
  return new Promise<{ answers: z.infer<typeof answersSchema>; code: number | null }>((resolve) =>
    child.on('close', (code) => {
      const lines = output.trim().split('\n');
      resolve({ answers: answersSchema.parse(lines.map((line): unknown => JSON.parse(line))), code });
    }),
  );
}
