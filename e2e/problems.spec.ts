/** A damaged workspace on the Problems screen: every batch is reported, everything can be checked anew, and looking touches nothing. */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { expect, test } from './host/fixtures.ts';
import { changedPaths, folderStamps } from './host/folderStamps.ts';
import { problemsScreen } from './host/problemsScreen.ts';
import { scenesScreen } from './host/scenesScreen.ts';
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
      test.slow();
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
