/** Deciding on many batches at once: marking, preview, one by one with a failure among them, stop, undo, mark derived. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { isBatchId, isProjectName } from '../shared/ids.ts';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { test as base, expect } from './host/fixtures.ts';
import { holdPipelineLock } from './host/pipelineLock.ts';
import { type ScenesScreen, scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';
import { projectRoot } from './host/temporaryFolders.ts';

/** In each of these projects 8 of 20 batches need review and the gate of 4 is closed. */
const projects = ['harbor-1', 'harbor-2', 'harbor-3', 'harbor-4'] as const;

const test = base.extend<object>({
  workspace: async ({ folder }, use) => {
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    for (const project of projects) {
      const from = path.join(projectRoot, 'e2e/fixtures/workspaces/harbor-lights');
      await cp(from, path.join(workspace, project), { recursive: true });
    }
    await use(workspace);
  },
});

/** What needs review in each project, with the version that would be conformed, in the order of the list. */
const waiting = [
  [1, 'BATCH_001', 2],
  [1, 'BATCH_003', 4],
  [1, 'BATCH_006', 2],
  [1, 'BATCH_008', 4],
  [2, 'BATCH_001', 2],
  [2, 'BATCH_003', 4],
  [2, 'BATCH_006', 2],
  [2, 'BATCH_008', 4],
] as const;

interface Waiting {
  readonly project: string;
  readonly episode: number;
  readonly batchId: string;
  readonly version: number;
}

const all: readonly Waiting[] = projects.flatMap((project) =>
  waiting.map(([episode, batchId, version]) => ({ project, episode, batchId, version })),
);

const diskOf = (workspace: string, { project, episode, batchId }: Omit<Waiting, 'version'>) =>
  batchOnDisk(workspace, project, episode, batchId);

function refOf({ project, episode, batchId }: Waiting) {
  if (!isProjectName(project) || !isBatchId(batchId)) throw new Error(`${project}/${batchId} names no batch`);
  return { project, episode, batchId };
}

const batchRows = (screen: ScenesScreen): Locator => screen.batches.getByRole('treeitem', { level: 2 });

/** All that need review, marked. */
async function markWaiting(screen: ScenesScreen): Promise<void> {
  await screen.ready();
  await screen.filter('Needs review').click();
  await expect(screen.filter('Needs review')).toContainText('32');
  await screen.batches.focus();
  await screen.page.keyboard.press('Control+a');
  await expect(screen.button('Conform newest candidates…')).toBeVisible();
}

test('30 are conformed together, and the one that somebody changed meanwhile fails alone', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await markWaiting(screen);
  // Two are given up again, from the end of the list.
  await screen.batches.press('End');
  for (const key of ['Space', 'ArrowUp', 'Space']) await screen.batches.press(key);
  await expect(window.getByText('30 selected', { exact: true }).first()).toBeVisible();
  const subjects = all.slice(0, 30);
  const lenas = subjects[9];
  if (!lenas) throw new Error('There is no tenth batch.');

  await screen.button('Conform newest candidates…').click();
  const dialog = window.getByRole('dialog');
  const conform = dialog.getByRole('button', { name: 'Conform 30 batches' });
  await expect(conform).toBeFocused();
  await expect(conform).toHaveAttribute('aria-disabled', 'false');
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('v1v2');
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('gate closed');
  await dialog.getByRole('textbox', { name: /^Note/ }).fill('The whole reel; 渡辺 agrees.');
  await secondWriterDoes(workspace, 'Lena Fischer', {
    request: 'conformVersion',
    input: { ...refOf(lenas), version: 2, note: 'Pickup wins.' },
  });
  await conform.click();

  await expect(screen.dialog('29 conformed, 1 failed')).toBeVisible({ timeout: 30_000 });
  const failed = dialog.getByRole('listitem').nth(1);
  await expect(failed).toContainText(/Not conformed: the batch changed meanwhile\. Lena Fischer on .* conformed v2 at/);
  await expect(failed).toContainText('“Pickup wins.”');
  for (const subject of subjects) {
    const disk = diskOf(workspace, subject);
    const last = (await disk.ledger()).at(-1);
    if (subject === lenas) {
      expect((await disk.manifest()).active_version).toBe(2);
      expect(last).toMatchObject({ by: { user: 'Lena Fischer' }, action: 'conform', to: 2 });
      continue;
    }
    expect((await disk.manifest()).active_version, `${subject.project} ${subject.batchId}`).toBe(subject.version);
    expect(await disk.entry(subject.version)).toMatchObject({ state: 'approved', downstream: 'not_derived' });
    expect(last).toMatchObject({ action: 'conform', to: subject.version, note: 'The whole reel; 渡辺 agrees.' });
  }
  for (const left of all.slice(30)) expect(await diskOf(workspace, left).ledger()).toEqual([]);

  // The failed one: shown, then tried again on top of what Lena made of it.
  await failed.getByRole('button', { name: /^Show BATCH_003/ }).click();
  await expect(dialog).toBeHidden();
  await expect(screen.heading).toHaveText('INT. FISH MARKET – DAWN');
  await window.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Show the list' }).click();
  await dialog.getByRole('button', { name: 'Try the failed one again' }).click();
  await dialog.getByRole('button', { name: 'Conform 1 batch' }).click();
  await expect(screen.dialog('1 conformed')).toBeVisible();
  expect((await diskOf(workspace, lenas).manifest()).active_version).toBe(lenas.version);
});

test('Stop lets those under way finish and leaves the rest untouched', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  await markWaiting(screen);
  const before = await Promise.all(all.map((each) => readFile(diskOf(workspace, each).manifestFile, 'utf8')));
  await screen.button('Conform newest candidates…').click();
  const dialog = window.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Conform 32 batches' })).toHaveAttribute('aria-disabled', 'false');
  // As many as are carried out at once wait here, so that nothing goes on before Stop.
  const locks = await Promise.all(all.slice(0, 4).map((each) => holdPipelineLock(diskOf(workspace, each).lockFile)));
  try {
    // Begun; then leaving asks first, the way on is nearest, and Stop stands before it. No pause: a lock is waited for 10 s.
    for (const key of ['Enter', 'Escape', 'Shift+Tab', 'Enter']) await window.keyboard.press(key);
    await expect(dialog.getByText('What is under way ends, the rest stays untouched.')).toBeVisible();
  } finally {
    await Promise.all(locks.map((lock) => lock.release()));
  }
  await expect(screen.dialog('4 conformed, 28 not begun')).toBeVisible();
  for (const [index, each] of all.entries()) {
    const disk = diskOf(workspace, each);
    if (index < 4) expect((await disk.manifest()).active_version).toBe(each.version);
    else expect(await readFile(disk.manifestFile, 'utf8')).toBe(before[index]);
  }
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(window.getByText('28 selected', { exact: true }).first()).toBeVisible();
});

test('what was damaged after the preview fails with the reason, and all else can be taken back together', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await screen.filter('Needs review').click();
  await screen.batches.focus();
  // Three in a row by keyboard, from the first batch.
  for (const key of ['Home', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown']) await window.keyboard.press(key);
  await expect(batchRows(screen).nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(batchRows(screen).nth(3)).toHaveAttribute('aria-selected', 'false');
  await expect(batchRows(screen).nth(0)).toHaveAttribute('aria-current', 'true');
  await screen.button('Conform newest candidates…').press('Enter');
  const dialog = window.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Conform 3 batches' })).toHaveAttribute('aria-disabled', 'false');

  const broken = diskOf(workspace, { project: 'harbor-1', episode: 1, batchId: 'BATCH_003' });
  const artifact = (await broken.entry(4)).artifact;
  await writeFile(path.join(broken.folder, artifact), '{"scene_id": "BATCH_003", "beats": [');
  await window.keyboard.press('Enter');
  await expect(screen.dialog('2 conformed, 1 failed')).toBeVisible();
  await expect(dialog.getByRole('listitem').nth(1)).toContainText(artifact);
  expect((await broken.manifest()).active_version).toBe(3);
  expect(await broken.ledger()).toEqual([]);

  await dialog.getByRole('button', { name: 'Copy as text' }).click();
  await expect(dialog.getByText('Copied, one line per batch.')).toBeVisible();

  await dialog.getByRole('button', { name: 'Undo all 2' }).click();
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('v2v1');
  await dialog.getByRole('button', { name: 'Undo all 2' }).click();
  await expect(screen.dialog('2 taken back')).toBeVisible();
  for (const batchId of ['BATCH_001', 'BATCH_006']) {
    const disk = diskOf(workspace, { project: 'harbor-1', episode: 1, batchId });
    expect((await disk.manifest()).active_version).toBe(1);
    expect((await disk.ledger()).map((line) => line.action)).toEqual(['observed', 'conform', 'revert']);
  }
  await dialog.getByRole('button', { name: 'Close' }).click();
  await screen.filterField.press('ControlOrMeta+v');
  await expect(screen.filterField).toHaveValue(/BATCH_003.*failed.*Not conformed/);
});

test('several are marked derived together, once it was said that this cannot be undone', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await screen.filterField.fill('harbor-2');
  await expect(batchRows(screen).first()).toBeVisible();
  await screen.batches.focus();
  await window.keyboard.press('Control+a');
  await screen.button('Mark derived…').click();
  const dialog = window.getByRole('dialog');
  await expect(dialog).toContainText('This cannot be undone');
  await expect(dialog).toContainText('16 batches are left out');
  await expect(dialog).toContainText('v1 is derived already.');
  await dialog.getByRole('button', { name: 'Mark 4 batches derived' }).click();
  await expect(screen.dialog('4 marked derived, 16 left out')).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Undo/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(screen.filter('Gate closed')).toContainText('12');
  for (const [episode, batchId] of [
    [1, 'BATCH_002'],
    [1, 'BATCH_007'],
    [2, 'BATCH_002'],
    [2, 'BATCH_007'],
  ] as const) {
    const disk = diskOf(workspace, { project: 'harbor-2', episode, batchId });
    expect((await disk.entry((await disk.manifest()).active_version)).downstream).toBe('derived');
    expect((await disk.ledger()).at(-1)).toMatchObject({ action: 'mark_derived' });
  }
});

test('marks survive filters, decisions and reading again, and hidden ones are said', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await expect(screen.heading).toHaveText('INT. BREAKWATER – DAWN');
  const count = (text: string) => window.getByText(text, { exact: true }).first();
  // The shown one counts as the first.
  await batchRows(screen)
    .nth(2)
    .click({ modifiers: ['ControlOrMeta'] });
  await expect(count('2 selected')).toBeVisible();
  await batchRows(screen)
    .nth(5)
    .click({ modifiers: ['Shift'] });
  await expect(count('5 selected')).toBeVisible();
  await expect(screen.heading).toHaveText('INT. BREAKWATER – DAWN');
  await screen.filter('Needs review').click();
  await expect(count('5 selected, 2 hidden by the filter')).toBeVisible();

  await screen.button('Conform v2').click();
  await screen.dialog('Conform v2').getByRole('button', { name: 'Conform v2' }).click();
  await expect(screen.toast('v2 is the active version.')).toBeVisible();
  await expect(window.getByText(/^5 selected/).first()).toBeVisible();
  await screen.filter('All').click();
  await expect(count('5 selected')).toBeVisible();

  // A whole episode by its row, and all of it given up by the same.
  const episode = screen.batches.getByRole('treeitem', { name: /harbor-1.*ep_001/ });
  await episode.click({ modifiers: ['ControlOrMeta'] });
  await expect(episode).toHaveAttribute('aria-selected', 'true');
  await expect(episode).toContainText('10 selected of 10');
  await episode.click({ modifiers: ['ControlOrMeta'] });
  await expect(screen.button('Clear')).toHaveCount(0);

  await screen.batches.press('Control+a');
  await expect(count('80 selected')).toBeVisible();
  await screen.button('Clear').click();
  await expect(screen.batches).toBeFocused();
  await expect(screen.batches.getByRole('treeitem', { selected: true })).toHaveCount(1);

  // Another workspace begins without marks.
  await screen.batches.press('Control+a');
  await expect(count('80 selected')).toBeVisible();
  await window.keyboard.press('Control+k');
  await window.keyboard.type('Open the sample workspace');
  await window.keyboard.press('Enter');
  await expect(batchRows(screen).first()).toBeVisible();
  await expect(screen.filter('All')).not.toContainText('80');
  await expect(screen.button('Clear')).toHaveCount(0);
});
