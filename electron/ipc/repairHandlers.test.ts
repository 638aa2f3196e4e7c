import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Value } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { failureOf } from '../scenes/testing/testStores.ts';
import { copyWorkspaces, openSession, snapshot } from '../scenes/testing/testWorkspaces.ts';
import { repairHandlers } from './repairHandlers.ts';

const batch = { project: 'damaged', episode: 1, batchId: 'BATCH_012' };
const adopt = { ...batch, repair: 'adoptOrphan', version: 7 };

async function openRepairs() {
  const workspace = await copyWorkspaces();
  const { session, notices } = await openSession(workspace);
  const { repairBatch } = repairHandlers(session);
  const ask = async (input: unknown): Promise<Value<'repairBatch'>> => {
    const parsed = repairBatch.input.safeParse(input);
    if (!parsed.success) throw new FailureError('invalid', parsed.error.message);
    return await repairBatch.run(parsed.data);
  };
  return { ask, notices, session, workspace, scenes: join(workspace, 'damaged/ep_001/scenes') };
}

test('a repair is shown first and writes nothing, then it is confirmed by the preview’s id and told to whoever listens', async () => {
  const { ask, notices, session, workspace } = await openRepairs();
  const before = await snapshot(workspace);
  const shown = await ask(adopt);
  expect(shown).toMatchObject({ preview: { repair: 'adoptOrphan', version: 7 }, previewId: expect.any(String) });
  expect(await snapshot(workspace)).toEqual(before);
  expect(notices.some(({ notice }) => notice === 'batchChanged')).toBe(false);
  if (!('previewId' in shown)) throw new Error('a preview has an id');
  const done = await ask({ ...adopt, confirm: shown.previewId, note: '  found by Lena  ' });
  expect(done).toMatchObject({ manifest: { active_version: 1 }, problems: [] });
  expect(notices.some(({ notice }) => notice === 'batchChanged')).toBe(true);
  const [row] = (await session.listBatches()).filter(({ batchId }) => batchId === 'BATCH_012');
  expect(row).toMatchObject({ problems: [], newestCandidate: 7 });
  const ledger = await readFile(join(workspace, 'damaged/ep_001/scenes/ep_001_BATCH_012.decisions.jsonl'), 'utf8');
  expect(JSON.parse(ledger.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ note: 'found by Lena' });
});

test('what was changed since it was shown is a conflict that brings the new preview along, and the manifest as it is', async () => {
  const { ask, scenes } = await openRepairs();
  const shown = await ask(adopt);
  if (!('previewId' in shown)) throw new Error('a preview has an id');
  const file = join(scenes, 'ep_001_BATCH_012.versions.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"active_version": 1', '"active_version": 2'));
  const { code, details } = await failureOf(ask({ ...adopt, confirm: shown.previewId }));
  expect(code).toBe('conflict');
  expect(details).toMatchObject({
    preview: { repair: 'adoptOrphan' },
    previewId: expect.any(String),
    manifest: { active_version: 2 },
    revision: expect.any(String),
    ledger: [],
  });
  expect(details?.previewId).not.toBe(shown.previewId);
});

test('an orphan needs its number, and no other repair takes one', async () => {
  const { ask } = await openRepairs();
  expect((await failureOf(ask({ ...batch, repair: 'adoptOrphan' }))).message).toContain('the number of the orphan');
  expect((await failureOf(ask({ ...batch, repair: 'closeLedger', version: 1 }))).message).toContain(
    'adoptOrphan alone',
  );
});
