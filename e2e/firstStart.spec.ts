/** The first start, and what surrounds the screen: the sample, the palette, the keys, the appearance. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';

test.describe('with no workspace', () => {
  test.use({ projects: null });

  test('a copy of the sample opens at once, under a banner that says so, and may be changed', async ({
    app,
    window,
    workspace,
  }) => {
    const screen = scenesScreen(window);
    await screen.ready();
    await expect(window.getByText('This is a copy of the sample workspace; change it freely.')).toBeVisible();
    await expect(screen.button('Choose a folder')).toBeVisible();
    await expect(screen.heading).toHaveText('EXT. CAR DECK – DUSK');
    await screen.button('Conform v5').click();
    await screen.dialog('Conform v5').getByRole('button', { name: 'Conform v5' }).click();
    await expect(screen.toast('v5 is the active version.')).toBeVisible();
    const disk = batchOnDisk(workspace, 'night-ferry', 1, 'BATCH_001');
    expect((await disk.manifest()).active_version).toBe(5);
    expect((await disk.ledger()).at(-1)).toMatchObject({ seq: 8, action: 'conform', from: 3, to: 5 });

    const again = scenesScreen(await app.restart());
    await again.openBatch('001 EXT. CAR DECK', 'EXT. CAR DECK – DUSK');
    await expect(again.facts.filter({ hasText: /^v5/ })).toBeVisible();
  });

  test('its problems are the two that are meant', async ({ window }) => {
    const screen = scenesScreen(window);
    await screen.ready();
    await expect(screen.filter('Problems')).toContainText('2');
    await screen.filter('Problems').click();
    await expect(screen.batches.getByRole('treeitem', { name: /v4 is on disk and in no manifest/ })).toBeVisible();
    await expect(screen.batches.getByRole('treeitem', { name: /v2 was changed after it was written/ })).toBeVisible();
  });
});

test('opening and looking writes nothing into the workspace', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await screen.version(1).click();
  await expect(screen.sentence('v1 against')).toBeVisible();
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  await expect(access(disk.lockFile)).rejects.toThrow();
  await expect(access(path.join(workspace, '.picture-lock'))).rejects.toThrow();
});

test('the palette holds the actions and the batches', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await window.keyboard.press('Control+k');
  const palette = window.getByRole('dialog', { name: 'Commands' });
  await expect(palette).toBeVisible();
  await window.keyboard.type('fish');
  await expect(palette.getByRole('option', { name: /INT\. FISH MARKET – DAWN/ }).first()).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(screen.heading).toHaveText('INT. FISH MARKET – DAWN');

  await window.keyboard.press('Control+k');
  await window.keyboard.type('mark');
  await expect(palette.getByRole('option', { name: /^Mark v3 derived/ })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('? lists the keys', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await window.keyboard.press('?');
  const keys = screen.dialog('Keys');
  await expect(keys.getByText('Against active, parent, last approved')).toBeVisible();
  await expect(keys.getByText('Conform the selected version')).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});

test('the appearance that was chosen holds after a restart', async ({ app, window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  const theme = (page: typeof window) => page.locator('html').getAttribute('data-theme');
  await screen.button(/^Workspace /).click();
  await window.getByRole('menuitemradio', { name: /^Dark/ }).click();
  await expect.poll(() => theme(window)).toBe('dark');
  const again = await app.restart();
  await scenesScreen(again).ready();
  await expect.poll(() => theme(again)).toBe('dark');
});
