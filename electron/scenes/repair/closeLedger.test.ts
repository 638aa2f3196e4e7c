/** Closing a torn ledger off: the torn text stays, the chain goes on, and nothing else changes. */
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseLedger, readLedger } from '../ledger/ledger.ts';
import { filesWith } from '../testing/testFaults.ts';
import { makeScene } from '../testing/testOrders.ts';
import { testBatch as batch, failureOf, makeStore } from '../testing/testStores.ts';
import { snapshot } from '../testing/testWorkspaces.ts';

const torn = '{"seq":4,"at":"2026-11-21T09:4';

async function withTornEnd(options: Parameters<typeof makeStore>[0] = {}) {
  const made = await makeStore(options);
  await made.store.writeSceneCandidate(batch, makeScene(batch, 1));
  await made.store.writeSceneCandidate(batch, makeScene(batch, 2), { parentVersion: 1 });
  await appendFile(made.files.ledger, torn);
  return made;
}

it('puts a newline behind the torn end and a line that says so, and the chain holds', async () => {
  const { store, files } = await withTornEnd();
  const manifest = await readFile(files.manifest);
  const before = await readFile(files.ledger, 'utf8');
  const asked = await store.previewRepair(batch, { repair: 'closeLedger' });
  expect(asked.preview).toEqual({ repair: 'closeLedger', line: 4, text: torn });
  const done = await store.closeLedger(batch, { confirm: asked.previewId, note: 'power cut' });
  const after = await readFile(files.ledger, 'utf8');
  expect(after.startsWith(`${before}\n`)).toBe(true);
  expect(after.endsWith('}\n')).toBe(true);
  const ledger = await readLedger(files.ledger);
  // What was lost stays told, but there is nothing left to close.
  expect(ledger.problems.map(({ code, repair }) => [code, repair])).toEqual([['ledger_torn', undefined]]);
  expect(ledger.lines.at(-1)).toMatchObject({
    seq: 5,
    action: 'repair',
    from: 1,
    to: 1,
    note: 'power cut',
    revision: done.revision,
    entries: [],
  });
  expect(await readFile(files.manifest)).toEqual(manifest);
  await store.conform(batch, 2);
  expect((await readLedger(files.ledger)).problems.map(({ code }) => code)).toEqual(['ledger_torn']);
});

it('offers itself only where the end is torn, not where a torn line stands further up', () => {
  const line = '{"torn":\n';
  expect(parseLedger(Buffer.from(line.trimEnd()), 'x').problems).toMatchObject([{ repair: 'closeLedger' }]);
  const [problem] = parseLedger(Buffer.from(line), 'x').problems;
  expect(problem?.code).toBe('ledger_torn');
  expect(problem).not.toHaveProperty('repair');
});

it('says that nothing is to be closed where there is no ledger, and where it ends in a whole line', async () => {
  const { store, files, scenesFolder } = await makeStore();
  await store.writeSceneCandidate(batch, makeScene(batch, 1));
  const before = await snapshot(scenesFolder);
  expect(await failureOf(store.closeLedger(batch))).toMatchObject({
    code: 'notFound',
    message: expect.stringContaining('ends in a whole line'),
  });
  expect(await snapshot(scenesFolder)).toEqual(before);
  await rm(files.ledger);
  expect((await failureOf(store.previewRepair(batch, { repair: 'closeLedger' }))).message).toContain('has no ledger');
  await mkdir(files.ledger);
  expect((await failureOf(store.closeLedger(batch))).code).toBe('damaged');
});

it('closes a ledger off beside a manifest that cannot be read, and of a flat batch', async () => {
  const damaged = await withTornEnd();
  await writeFile(damaged.files.manifest, 'no JSON');
  expect(await damaged.store.closeLedger(batch)).toMatchObject({ manifest: null, problems: [] });
  const { lines } = await readLedger(damaged.files.ledger);
  expect(lines.slice(-2).map(({ action, to }) => [action, to])).toEqual([
    ['observed', null],
    ['repair', null],
  ]);
  const flat = await makeStore();
  await flat.store.writeSceneCandidate(batch, makeScene(batch, 1));
  await appendFile(flat.files.ledger, torn);
  expect(await flat.store.closeLedger(batch)).toEqual({ manifest: null, revision: 'absent', problems: [] });
});

it('fails and leaves the ledger as it was where the disk takes no line, and nothing waits', async () => {
  const full = { write: (name: string) => (name.endsWith('.jsonl') && isFull ? 0 : Number.POSITIVE_INFINITY) };
  let isFull = false;
  const { store, files } = await withTornEnd({ durableFiles: filesWith(full) });
  const before = await readFile(files.ledger);
  isFull = true;
  expect((await failureOf(store.closeLedger(batch))).code).toBe('io');
  expect(await readFile(files.ledger)).toEqual(before);
  isFull = false;
  await store.closeLedger(batch);
  const { lines } = await readLedger(files.ledger);
  expect(lines.filter(({ action }) => action === 'repair')).toHaveLength(1);
});

it('asks again where the manifest is another one than beside what was shown: its revision goes into the line', async () => {
  const { store, files } = await withTornEnd();
  const { previewId } = await store.previewRepair(batch, { repair: 'closeLedger' });
  const before = await readFile(files.ledger);
  await writeFile(files.manifest, 'no JSON');
  expect((await failureOf(store.closeLedger(batch, { confirm: previewId }))).code).toBe('conflict');
  expect(await readFile(files.ledger)).toEqual(before);
});
