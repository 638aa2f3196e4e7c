/** A damaged workspace: every batch is reported, in the list and on the Problems screen, and each kind of repair is done by a person, who sees before what it does. */
import { writeFileSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { appUser, expect, test } from './host/fixtures.ts';
import { changedPaths, folderStamps } from './host/folderStamps.ts';
import { holdPipelineLock } from './host/pipelineLock.ts';
import { problemsScreen } from './host/problemsScreen.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';
import { projectRoot } from './host/temporaryFolders.ts';
import { expectNoViolation } from './host/violations.ts';

test.use({ projects: ['damaged', 'harbor-lights'] });

const expectedShape = z.record(
  z.string(),
  z.looseObject({ problem: z.string().nullable(), version: z.number().optional() }),
);

async function expectedProblems() {
  const file = path.join(projectRoot, 'e2e/fixtures/workspaces/damaged.expected.json');
  return Object.entries(expectedShape.parse(JSON.parse(await readFile(file, 'utf8'))));
}

/** How a person reads each kind of damage. */
const titles: Readonly<Record<string, (version: number | undefined) => string>> = {
  manifest_unreadable: () => 'The manifest cannot be read',
  manifest_invalid: () => 'The manifest is not as it must be',
  manifest_batch_mismatch: () => 'The manifest is of another batch',
  schema_version_unsupported: () => 'The manifest is newer than this app',
  active_version_unregistered: (version) => `The pointer is on v${version}, which is not in the manifest`,
  version_registered_twice: (version) => `v${version} is registered twice`,
  artifact_outside_scenes_folder: (version) => `v${version} names a body outside the scenes folder`,
  body_missing: (version) => `The body of v${version} is missing`,
  body_unreadable: (version) => `The body of v${version} cannot be read`,
  number_out_of_range: (version) => `v${version} holds a number that cannot be kept exactly`,
  scene_id_mismatch: (version) => `v${version} is the body of another scene`,
  fingerprint_missing: (version) => `v${version} was recorded without a fingerprint`,
  fingerprint_mismatch: (version) => `v${version} was changed after it was written`,
  orphan_body: (version) => `v${version} is on disk and in no manifest`,
};

const titleOf = (problem: string, version: number | undefined): string => {
  const title = titles[problem]?.(version);
  if (title === undefined) throw new Error(`No words for ${problem}.`);
  return title;
};

test('all 20 damaged batches stand in the list and on the Problems screen as expected, and looking touches nothing', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  const problems = problemsScreen(window);
  const expected = await expectedProblems();
  expect(expected).toHaveLength(20);
  const damaged = expected.filter(([, { problem }]) => problem !== null);
  const before = await folderStamps(workspace);

  await screen.ready();
  await expect(screen.filter('Problems')).toContainText(String(damaged.length));
  for (const [batchId, { problem, version }] of expected) {
    const row = screen.batch(`${batchId.slice('BATCH_'.length)} `).first();
    await row.scrollIntoViewIfNeeded();
    if (problem === null) await expect(row.getByRole('img', { name: /manifest|body|v\d/ })).toHaveCount(0);
    else await expect(row.getByRole('img', { name: titleOf(problem, version) })).toBeVisible();
  }

  // From batch to batch by the keyboard, as far as it goes.
  await problems.open();
  await expect(window.getByText(`in ${damaged.length} of 40 batches`)).toBeVisible();
  await problems.feed.focus();
  const focused = problems.feed.locator('article:focus');
  for (const [index, [batchId, { problem, version }]] of damaged.entries()) {
    await expect(focused).toHaveAccessibleName(new RegExp(`${batchId}$`));
    await expect(focused).toHaveAttribute('aria-posinset', String(index + 1));
    await expect(focused).toHaveAttribute('aria-setsize', String(damaged.length));
    const items = focused.getByRole('listitem');
    await expect(items).toHaveCount(1);
    await expect(items).toContainText(titleOf(problem ?? '', version));
    await window.keyboard.press('ArrowDown');
  }
  await window.getByRole('button', { name: 'Check everything anew' }).click();
  await expect(window.getByText(/^40 batches were read anew at/)).toBeVisible();
  await expect(window.getByText(`in ${damaged.length} of 40 batches`)).toBeVisible();
  expect(changedPaths(before, await folderStamps(workspace))).toEqual([]);
});

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

test('the screen is found from the list, the status bar and the palette, and leads back to the batch', async ({
  window,
}) => {
  const screen = scenesScreen(window);
  const problems = problemsScreen(window);
  await screen.ready();
  await screen.filter('Problems').click();
  await screen.button('See what is wrong, and what to do').click();
  await expect(problems.feed).toBeVisible();
  await window.getByRole('button', { name: 'Warnings 2' }).click();
  await expect(problems.feed.getByRole('article')).toHaveCount(2);
  await (await problems.batch('BATCH_019')).getByRole('button', { name: 'Show in Scenes' }).click();
  await expect(screen.heading).toHaveText('INT. STORE ROOM – BATCH_019');

  await window.getByRole('button', { name: '16 problems' }).click();
  await expect(problems.feed).toBeVisible();
  await window.keyboard.press('Control+k');
  await window.keyboard.type('back to scenes');
  await window.keyboard.press('Enter');
  await screen.ready();
  await window.keyboard.press('Control+k');
  await window.keyboard.type('show the problems');
  await window.keyboard.press('Enter');
  await expect(problems.feed).toBeVisible();
  await window.keyboard.press('F6');
  await expect(problems.feed.locator('article:focus')).toHaveAttribute('aria-posinset', '1');
});

test('a check of everything tells how far it is and can be stopped', { tag: '@chromium' }, async ({
  window,
  workspace,
}) => {
  test.slow();
  // Enough to be stopped in the midst of.
  const scenes = path.join(workspace, 'damaged/ep_001/scenes');
  const flat = await readFile(path.join(workspace, 'harbor-lights/ep_001/scenes/ep_001_BATCH_001.json'), 'utf8');
  const ids = Array.from({ length: 4_000 }, (_, index) => `BATCH_${index + 1_000}`);
  for (const id of ids) writeFileSync(path.join(scenes, `ep_001_${id}.json`), flat.replaceAll('BATCH_001', id));
  await window.keyboard.press('Control+k');
  await window.keyboard.type('check everything anew');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('progressbar', { name: 'Reading every batch anew' })).toBeVisible();
  await window.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(window.getByText(/^Stopped at .* of 4,040 batches/)).toBeVisible();
  await expect(window.getByRole('button', { name: 'Check everything anew' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, { tag: '@chromium' }, () => {
    test.use({ colorScheme });
    test('axe finds nothing on the Problems screen and in the dialogs of repairs', async ({ window }) => {
      const screen = scenesScreen(window);
      const problems = problemsScreen(window);
      await problems.open();
      await window.getByRole('button', { name: 'Check everything anew' }).click();
      await expect(window.getByText(/were read anew at/)).toBeVisible();
      await expectNoViolation(window, 'the Problems screen');
      await (await problems.batch('BATCH_001')).getByRole('button', { name: 'Rebuild the manifest…' }).click();
      await expect(screen.dialog(/^Rebuild/)).toBeVisible();
      await expectNoViolation(window, 'the dialog of a rebuild');
      await window.keyboard.press('Escape');
      await (await problems.batch('BATCH_012')).getByRole('button', { name: 'Adopt v7…' }).click();
      await expect(screen.dialog(/^Adopt/)).toBeVisible();
      await expectNoViolation(window, 'the dialog of an adoption');
    });
  });
}

test.describe('at 720 × 450', { tag: '@chromium' }, () => {
  test.use({ viewport: { width: 720, height: 450 } });
  test('the screen can be worked in, and left', async ({ window }) => {
    const screen = scenesScreen(window);
    const problems = problemsScreen(window);
    await window.getByRole('button', { name: '16 problems' }).click();
    await expectNoViolation(window, 'the Problems screen in a narrow window');
    await (await problems.batch('BATCH_012')).getByRole('button', { name: 'Adopt v7…' }).click();
    await screen
      .dialog(/^Adopt v7/)
      .getByRole('button', { name: 'Adopt v7' })
      .click();
    await expect(screen.toast('v7 is a candidate now.')).toBeVisible();
    expect(await window.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
    await window.getByRole('button', { name: 'Back to Scenes' }).click();
    await expect(window.getByRole('navigation', { name: 'Panes' })).toBeVisible();
  });
});

test.describe('nothing is wrong', () => {
  test.use({ projects: ['harbor-lights'] });
  test('the screen stands in no bar, and says what was read where it is asked for', async ({ window }) => {
    const screen = scenesScreen(window);
    await screen.ready();
    const bar = window.getByRole('navigation', { name: 'Screens' });
    await expect(bar.getByRole('button')).toHaveText(['Scenes']);
    await window.keyboard.press('Control+k');
    await window.keyboard.type('check everything anew');
    await window.keyboard.press('Enter');
    await expect(window.getByRole('heading', { name: 'Nothing is wrong' })).toBeVisible();
    await expect(bar.getByRole('button')).toHaveText(['Scenes', /^Problems/]);
    await bar.getByRole('button', { name: 'Scenes' }).click();
    await expect(bar.getByRole('button')).toHaveText(['Scenes']);
  });
});
