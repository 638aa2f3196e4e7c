/** Each kind of repair, done by a person who sees before what it does: on disk, in the ledger, and nowhere else. */
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { appUser, expect, test } from './host/fixtures.ts';
import { changedPaths, folderStamps } from './host/folderStamps.ts';
import { holdPipelineLock } from './host/pipelineLock.ts';
import { problemsScreen } from './host/problemsScreen.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';

test.use({ projects: ['damaged', 'harbor-lights'] });

test('one repair of each kind, seen before it is done, and nothing else changes', async ({ window, workspace }) => {
  const problems = problemsScreen(window);
  const screen = scenesScreen(window);
  const before = await folderStamps(workspace);
  const scenes = 'damaged/ep_001/scenes';
  const damagedText = await readFile(path.join(workspace, scenes, 'ep_001_BATCH_001.versions.json'), 'utf8');
  await problems.open();

  // A manifest that is torn: made anew from the bodies.
  const torn = await problems.batch('BATCH_001');
  await torn.getByRole('button', { name: 'Rebuild the manifest…' }).click();
  const rebuild = screen.dialog('Rebuild the manifest of BATCH_001');
  await expect(rebuild).toContainText('made from 3 bodies and 0 ledger lines');
  await expect(rebuild.getByRole('row')).toHaveText([
    /State known from/,
    /v3.*candidate.*not derived.*3.*not in the ledger/,
    /v2.*candidate.*not derived.*3.*not in the ledger/,
    /v1.*approved.*derived.*3.*flat body/,
  ]);
  await expect(rebuild.getByRole('row', { name: /^v1/ }).getByRole('img', { name: 'active' })).toBeVisible();
  await expect(rebuild).toContainText('v2 and v3 are taken as candidates.');
  const kept = /ep_001_BATCH_001\.versions\.json\.damaged-\d{8}T\d{6}Z/.exec(await rebuild.innerText())?.[0] ?? '';
  expect(kept).not.toBe('');
  // What was decided may be lost, so the focus starts on the way back.
  await expect(rebuild.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(changedPaths(before, await folderStamps(workspace))).toEqual([]);
  await rebuild.getByRole('textbox', { name: /^Note/ }).fill('The server lost power.');
  await rebuild.getByRole('button', { name: 'Rebuild manifest' }).click();
  await expect(screen.toast('The manifest is rebuilt; v1 is the active version.')).toBeVisible();
  await expect(torn).toHaveCount(0);
  // The button is gone with its problem; the focus stays in the list.
  await expect(problems.feed.locator('article:focus')).toHaveAttribute('aria-posinset', '1');
  const first = batchOnDisk(workspace, 'damaged', 1, 'BATCH_001');
  const manifest = await first.manifest();
  expect(manifest.active_version).toBe(1);
  expect(manifest.versions.map(({ version, state, downstream }) => [version, state, downstream])).toEqual([
    [1, 'approved', 'derived'],
    [2, 'candidate', 'not_derived'],
    [3, 'candidate', 'not_derived'],
  ]);
  expect(await first.readText(kept)).toBe(damagedText);
  expect((await first.ledger()).at(-1)).toMatchObject({
    action: 'repair',
    to: 1,
    note: 'The server lost power.',
    by: { user: appUser },
  });

  // A body of a writer that crashed: a candidate under its own number.
  const orphan = await problems.batch('BATCH_012');
  await orphan.getByRole('button', { name: 'Adopt v7…' }).click();
  const adopt = screen.dialog('Adopt v7 of BATCH_012');
  await expect(adopt).toContainText('ep_001_BATCH_012.v007.json');
  await expect(adopt).toContainText('stays the active version');
  await expect(adopt.getByRole('button', { name: 'Adopt v7' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(screen.toast('v7 is a candidate now.')).toBeVisible();
  await expect(orphan).toHaveCount(0);
  const twelfth = batchOnDisk(workspace, 'damaged', 1, 'BATCH_012');
  expect(await twelfth.entry(7)).toMatchObject({ artifact: 'ep_001_BATCH_012.v007.json', state: 'candidate' });
  expect((await twelfth.manifest()).active_version).toBe(1);
  expect((await twelfth.ledger()).at(-1)).toMatchObject({ action: 'repair', from: 1, to: 1, by: { user: appUser } });

  // A torn line of a writer that crashed now.
  const ledgerFile = path.join(first.folder, 'ep_001_BATCH_001.decisions.jsonl');
  const half = '{"seq":3,"at":"2026-11-21T18:0';
  await appendFile(ledgerFile, half);
  await window.getByRole('button', { name: 'Check everything anew' }).click();
  await expect(window.getByRole('button', { name: 'All 15', exact: true })).toBeVisible();
  const cut = await problems.batch('BATCH_001');
  await cut.getByRole('button', { name: 'Close off the torn line…' }).click();
  const close = screen.dialog('Close off the ledger of BATCH_001');
  await expect(close).toContainText(half);
  await close.getByRole('button', { name: 'Close off the line' }).click();
  await expect(screen.toast('The torn line is closed off.')).toBeVisible();
  // What was lost is still told, but there is nothing left to repair.
  await expect(cut).toContainText('The last ledger line is torn');
  await expect(cut.getByRole('button', { name: 'Close off the torn line…' })).toHaveCount(0);
  const lines = (await readFile(ledgerFile, 'utf8')).trimEnd().split('\n');
  expect(lines[2]).toBe(half);
  expect(JSON.parse(lines[3] ?? '')).toMatchObject({ seq: 4, action: 'repair', by: { user: appUser } });

  expect(changedPaths(before, await folderStamps(workspace))).toEqual(
    [
      `${scenes}/${kept}`,
      `${scenes}/ep_001_BATCH_001.decisions.jsonl`,
      `${scenes}/ep_001_BATCH_001.versions.json`,
      `${scenes}/ep_001_BATCH_001.versions.lock`,
      `${scenes}/ep_001_BATCH_012.decisions.jsonl`,
      `${scenes}/ep_001_BATCH_012.versions.json`,
      `${scenes}/ep_001_BATCH_012.versions.lock`,
    ].sort(),
  );

  // What was adopted can be conformed, from the batch itself.
  await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Scenes' }).click();
  await screen.openBatch('012 ', 'INT. STORE ROOM – BATCH_012');
  await screen.version(7).click();
  await screen.button('Conform v7').click();
  await screen.dialog('Conform v7').getByRole('button', { name: 'Conform v7' }).click();
  await expect(screen.toast('v7 is the active version.')).toBeVisible();
  expect((await twelfth.manifest()).active_version).toBe(7);
});

test('a repair is asked for in the batch itself, and shown anew where somebody was faster', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'damaged', 1, 'BATCH_012');
  await screen.openBatch('012 ', 'INT. STORE ROOM – BATCH_012');
  await screen.button('Adopt v7…').click();
  const adopt = screen.dialog('Adopt v7 of BATCH_012');
  await adopt.getByRole('textbox', { name: /^Note/ }).fill('Found it.');
  await secondWriterDoes(workspace, 'Lena Fischer', {
    request: 'conformVersion',
    input: { project: 'damaged', episode: 1, batchId: 'BATCH_012', version: 2 },
  });
  await adopt.getByRole('button', { name: 'Adopt v7' }).click();
  await expect(adopt).toContainText('The batch changed while you were looking.');
  await expect(adopt.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(adopt.getByRole('textbox', { name: /^Note/ })).toHaveValue('Found it.');
  expect((await disk.manifest()).versions.map(({ version }) => version)).toEqual([1, 2, 3]);

  // The pipeline holds the lock: the repair waits for it, as a decision does.
  const lock = await holdPipelineLock(disk.lockFile);
  try {
    await adopt.getByRole('button', { name: 'Adopt v7' }).click();
    await expect(adopt.getByText(/Locked by the pipeline/)).toBeVisible();
    await expect(adopt).toContainText('Your repair goes on');
  } finally {
    await lock.release();
  }
  await expect(screen.toast('v7 is a candidate now.')).toBeVisible();
  await expect(screen.button('Adopt v7…')).toHaveCount(0);
  await expect(screen.version(7)).toContainText('candidate');
  expect((await disk.ledger()).at(-1)).toMatchObject({ action: 'repair', to: 2, note: 'Found it.' });
  await expect(window.getByText(`v7 adopted by ${appUser}`)).toBeVisible();
});
