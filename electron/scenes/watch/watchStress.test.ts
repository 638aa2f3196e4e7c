/** A storm of changes by another process: what was told at its end is what a fresh listing shows. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { BatchRow, Notice } from '../../../shared/contract.ts';
import { batchKey } from '../../../shared/ids.ts';
import { openWatched } from '../testing/testWatching.ts';
import { makeFolder, openSession } from '../testing/testWorkspaces.ts';

const batches = 60;
const changes = 500;

/** Plain JavaScript for a process of its own: writes as a pipeline, a shell and a bad disk do, in an order that its seed tells. */
const storm = `
import * as fs from 'node:fs';
const [scenes, seedText, batches, changes] = process.argv.slice(1);
let seed = Number(seedText);
const random = (below) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor((seed / 2147483648) * below); };
const put = (path, text) => { fs.writeFileSync(scenes + '/.storm', text); fs.renameSync(scenes + '/.storm', path); };
const body = (id, title) => JSON.stringify({ schema_version: 1, scene_id: id, episode: 1, title, beats: [{ beat_id: 'B1', summary: title }] }, null, 2) + '\\n';
const pad = (number) => String(number).padStart(3, '0');
for (let at = 0; at < Number(changes); at += 1) {
  const id = 'BATCH_' + pad(1 + random(Number(batches)));
  const path = (ending) => scenes + '/ep_001_' + id + '.' + ending;
  const read = () => { try { return JSON.parse(fs.readFileSync(path('versions.json'), 'utf8')); } catch { return null; } };
  const write = (manifest) => put(path('versions.json'), JSON.stringify(manifest, null, 2) + '\\n');
  const kind = random(9);
  const manifest = read();
  if (kind <= 2) {
    const version = Math.max(1, ...(manifest?.versions ?? []).map((each) => each.version)) + 1;
    if (manifest === null) put(path('json'), body(id, 'Flat ' + at));
    put(path('v' + pad(version) + '.json'), body(id, 'Version ' + at));
    const flat = { version: 1, artifact: 'ep_001_' + id + '.json', state: 'approved', downstream: 'derived' };
    const entry = { version, artifact: 'ep_001_' + id + '.v' + pad(version) + '.json', state: 'candidate', downstream: 'not_derived' };
    write({ schema_version: 1, batch_id: id, active_version: manifest?.active_version ?? 1, versions: [...(manifest?.versions ?? [flat]), entry] });
  } else if (kind === 3 && manifest) {
    const chosen = manifest.versions[random(manifest.versions.length)];
    write({ ...manifest, active_version: chosen.version });
  } else if (kind === 4) {
    for (const name of fs.readdirSync(scenes)) if (name.startsWith('ep_001_' + id + '.')) fs.unlinkSync(scenes + '/' + name);
  } else if (kind === 5) fs.writeFileSync(path('json'), body(id, 'In place ' + at));
  else if (kind === 6) fs.writeFileSync(path('versions.json'), '{"torn"');
  else if (kind === 7) fs.appendFileSync(path('decisions.jsonl'), 'no line\\n');
  else fs.rmSync(path('versions.json'), { force: true });
  if (random(3) === 0) await new Promise((resolve) => setTimeout(resolve, random(25)));
}
`;

async function runStorm(scenes: string, seed: number): Promise<void> {
  const args = ['--input-type=module', '-e', storm, scenes, String(seed), String(batches), String(changes)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
}

/** The list as a window keeps it: the listing it got, and every notice after it. */
function listOf(listing: readonly BatchRow[], notices: readonly Notice[]): ReadonlyMap<string, BatchRow> {
  const rows = new Map(listing.map((row) => [batchKey(row), row]));
  for (const notice of notices) {
    if (notice.notice === 'batchesListed' || notice.notice === 'batchesChecked') {
      for (const row of notice.value.batches) rows.set(batchKey(row), row);
    }
    if (notice.notice !== 'batchesChanged') continue;
    for (const { batch, row } of notice.value.changes) {
      if (row === null) rows.delete(batchKey(batch));
      else rows.set(batchKey(row), row);
    }
  }
  return rows;
}

const sorted = (rows: Iterable<BatchRow>): readonly BatchRow[] =>
  [...rows].sort((a, b) => (batchKey(a) < batchKey(b) ? -1 : 1));

async function freshRows(workspace: string): Promise<readonly BatchRow[]> {
  const { session, notices, batches: listed } = await openSession(workspace);
  await session.verifyWorkspace();
  return sorted(listOf(listed, notices).values());
}

test.each([1, 2, 3])(
  'after 500 changes of 60 batches by another process the list is what a fresh one shows (storm %i)',
  async (seed) => {
    const workspace = await makeFolder();
    const scenes = join(workspace, 'film/ep_001/scenes');
    await mkdir(scenes, { recursive: true });
    for (let at = 1; at <= batches; at += 2) {
      const id = `BATCH_${String(at).padStart(3, '0')}`;
      await writeFile(join(scenes, `ep_001_${id}.json`), JSON.stringify({ scene_id: id, title: 'First', beats: [] }));
    }
    // No glance at the folders: what the system tells has to be enough.
    const { notices, batches: listing } = await openWatched(workspace, { times: { glanceMs: 3_600_000 } });
    // While the check in the background still goes on.
    await runStorm(scenes, seed);
    const expected = await freshRows(workspace);
    expect(expected.length).toBeGreaterThan(20);
    await vi.waitFor(() => expect(sorted(listOf(listing, notices).values())).toEqual(expected), {
      timeout: 10_000,
      interval: 100,
    });
  },
  60_000,
);
