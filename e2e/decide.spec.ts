/** Deciding: conform with a note, revert, undo of both, mark derived, and the question that a changed body asks. */
import { readFile } from 'node:fs/promises';
import { batchOnDisk, sha256 } from './host/batchOnDisk.ts';
import { appUser, expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';

const fishMarket = ['003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN'] as const;

test('conform shows what it will do, and writes pointer, state and a ledger line with the note', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const before = await disk.manifest();
  await screen.openBatch(...fishMarket);
  await screen.button('Conform v4').click();

  const dialog = screen.dialog('Conform v4');
  await expect(dialog).toContainText('Make v4 the active version and mark it approved; v3 stays in the history.');
  await expect(dialog).toContainText('candidate becomes approved');
  await expect(dialog).toContainText('1 edited');
  await expect(dialog.getByRole('button', { name: 'Conform v4' })).toBeFocused();
  await dialog.getByRole('textbox', { name: /^Note/ }).fill('Handheld plays; 渡辺 agrees.');
  await dialog.getByRole('button', { name: 'Conform v4' }).click();

  await expect(screen.toast('v4 is the active version.')).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(screen.facts.filter({ hasText: /^v4/ })).toContainText('approved');
  await expect(screen.facts.filter({ hasText: 'closed' })).toBeVisible();
  await expect(window.getByText('Handheld plays; 渡辺 agrees.')).toBeVisible();

  const after = await disk.manifest();
  expect(after.active_version).toBe(4);
  expect(await disk.entry(4)).toMatchObject({ state: 'approved', downstream: 'not_derived' });
  expect(after.versions.slice(0, 3)).toEqual(before.versions.slice(0, 3));
  const ledger = await disk.ledger();
  expect(ledger.map((line) => line.action)).toEqual(['observed', 'conform']);
  expect(ledger.at(-1)).toMatchObject({
    by: { user: appUser },
    from: 3,
    to: 4,
    note: 'Handheld plays; 渡辺 agrees.',
    revision: sha256(await readFile(disk.manifestFile)),
  });
});

test('Cancel and Escape leave everything as it was, and give the focus back', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const before = await readFile(disk.manifestFile, 'utf8');
  await screen.openBatch(...fishMarket);
  const open = screen.button('Conform v4');
  await open.click();
  await screen.dialog('Conform v4').getByRole('button', { name: 'Cancel' }).click();
  await expect(screen.dialog('Conform v4')).toBeHidden();
  await open.press('Enter');
  await expect(screen.dialog('Conform v4')).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(screen.dialog('Conform v4')).toBeHidden();
  await expect(open).toBeFocused();
  expect(await readFile(disk.manifestFile, 'utf8')).toBe(before);
  expect(await disk.ledger()).toEqual([]);
});

test('Undo of a conform moves the pointer back and says that the version stays approved', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  await screen.openBatch(...fishMarket);
  await screen.button('Conform v4').click();
  await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
  await screen.button('Undo').click();
  await expect(screen.toast('v4 stays approved.')).toBeVisible();
  await expect(screen.facts.filter({ hasText: /^v3/ })).toBeVisible();
  expect((await disk.manifest()).active_version).toBe(3);
  expect((await disk.entry(4)).state).toBe('approved');
  expect((await disk.ledger()).map((line) => line.action)).toEqual(['observed', 'conform', 'revert']);
});

test('revert moves the pointer alone, and its Undo moves it back', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const before = await disk.manifest();
  await screen.openBatch(...fishMarket);
  await screen.version(1).click();
  await screen.button('Revert to v1').click();
  const dialog = screen.dialog('Revert to v1');
  await expect(dialog).toContainText('No state, no body and no gate mark of any version changes.');
  await dialog.getByRole('textbox', { name: /^Note/ }).fill('Crane not cleared.');
  await dialog.getByRole('button', { name: 'Revert to v1' }).click();
  await expect(screen.toast('v1 is the active version.')).toBeVisible();

  const after = await disk.manifest();
  expect(after).toEqual({ ...before, active_version: 1 });
  expect((await disk.ledger()).at(-1)).toMatchObject({ action: 'revert', from: 3, to: 1, note: 'Crane not cleared.' });

  await window.keyboard.press('Control+z');
  await expect(screen.toast('The pointer is back on v3.')).toBeVisible();
  expect(await disk.manifest()).toEqual(before);
});

test('mark derived asks first, opens the gate and offers no Undo', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_002');
  await screen.openBatch('002 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await expect(screen.facts.filter({ hasText: 'closed' })).toBeVisible();
  await screen.button('Mark v3 derived').click();
  const dialog = screen.dialog('Mark v3 derived');
  await expect(dialog).toContainText('This cannot be undone');
  await dialog.getByRole('button', { name: 'Mark v3 derived' }).click();
  await expect(screen.toast('v3 is marked derived.')).toBeVisible();
  await expect(screen.facts.filter({ hasText: 'open' })).toBeVisible();
  await expect(screen.button('Undo')).toHaveCount(0);
  await expect(screen.filter('Gate closed')).toContainText('3');
  expect((await disk.entry(3)).downstream).toBe('derived');
  expect((await disk.manifest()).active_version).toBe(3);
  expect((await disk.ledger()).at(-1)).toMatchObject({ action: 'mark_derived', to: 3 });
});

test.describe('where a body was changed after it was written', () => {
  test.use({ projects: ['night-ferry'] });

  test('the same is asked once more, with what is recorded and what is on disk', async ({ window, workspace }) => {
    const screen = scenesScreen(window);
    const disk = batchOnDisk(workspace, 'night-ferry', 2, 'BATCH_001');
    await screen.openBatch('001 INT. CORRIDOR, DECK FIVE', 'INT. CORRIDOR, DECK FIVE – NIGHT');
    await expect(window.getByText('v2 was changed after it was written').first()).toBeVisible();
    await screen.version(2).click();
    await screen.button('Revert to v2').click();
    await screen.dialog('Revert to v2').getByRole('button', { name: 'Revert to v2' }).click();

    const again = screen.dialog('v2 is not what was recorded');
    await expect(again.getByRole('button', { name: 'Cancel' })).toBeFocused();
    expect((await disk.manifest()).active_version).toBe(3);
    await again.getByRole('checkbox', { name: 'I have looked at v2 as it is now' }).check();
    await again.getByRole('button', { name: 'Revert to v2 as it is now' }).click();
    await expect(screen.toast('v2 is the active version.')).toBeVisible();
    expect((await disk.manifest()).active_version).toBe(2);
  });
});
