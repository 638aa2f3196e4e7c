/** The whole job without a mouse: find a batch, compare, walk the changes, conform with a note, undo, revert, mark derived. */
import type { Page } from '@playwright/test';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';

/** The element with the focus, by what a screen reader would say of it. */
const focused = (page: Page) => page.locator(':focus');

test('open, filter, compare, conform with a note, undo, revert and mark derived by keyboard alone', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const { keyboard } = window;
  await screen.ready();

  // Find the batch.
  await keyboard.press('/');
  await expect(screen.filterField).toBeFocused();
  await keyboard.type('batch_003 ep_001');
  await expect(screen.batches.getByRole('treeitem', { level: 2 })).toHaveCount(1);
  await keyboard.press('ArrowDown');
  await expect(screen.batches).toBeFocused();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect(screen.heading).toHaveText('INT. FISH MARKET – DAWN');

  // Choose versions, compare, walk the changes.
  await keyboard.press('Enter');
  await expect(screen.versions).toBeFocused();
  await expect(screen.sentence('v4 against v3: 1 edited')).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect(screen.version(2)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Shift+Enter');
  await keyboard.press('Home');
  await expect(screen.sentence('v4 against v2: 1 added, 1 removed, 1 edited')).toBeVisible();
  await keyboard.press('1');
  await expect(screen.sentence('v4 against v3: 1 edited')).toBeVisible();
  await keyboard.press('n');
  await expect(focused(window)).toContainText('A horn sounds out past the bar');
  await keyboard.press('Enter');
  await expect(screen.beats.getByRole('row', { name: /^camera\.move/ })).toContainText('handheld');
  await keyboard.press('Enter');
  await expect(screen.beats.getByRole('row', { name: /^camera\.move/ })).toHaveCount(0);

  // Conform with a note: the focus starts on the button, the note is one step back.
  await keyboard.press('c');
  const conform = screen.dialog('Conform v4');
  await expect(conform.getByRole('button', { name: 'Conform v4' })).toBeFocused();
  await keyboard.press('Shift+Tab');
  await keyboard.press('Shift+Tab');
  await expect(conform.getByRole('textbox', { name: /^Note/ })).toBeFocused();
  await keyboard.type('Chosen without a mouse. c r d ?');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(screen.toast('v4 is the active version.')).toBeVisible();
  expect((await disk.ledger()).at(-1)).toMatchObject({
    action: 'conform',
    to: 4,
    note: 'Chosen without a mouse. c r d ?',
  });

  // Undo, then revert by its own key, and undo that.
  await keyboard.press('Control+z');
  await expect(screen.toast('The pointer is back on v3.')).toBeVisible();
  expect((await disk.manifest()).active_version).toBe(3);
  await keyboard.press('r');
  await expect(window.getByRole('dialog', { name: /^Revert to v/ })).toBeVisible();
  await keyboard.press('Enter');
  await expect(screen.toast('v4 is the active version.')).toBeVisible();
  expect((await disk.manifest()).active_version).toBe(4);

  // Mark derived asks first; Escape is the way back.
  await keyboard.press('d');
  const derive = screen.dialog('Mark v4 derived');
  await expect(derive).toBeVisible();
  await keyboard.press('Escape');
  await expect(derive).toBeHidden();
  expect((await disk.entry(4)).downstream).toBe('not_derived');
  await keyboard.press('d');
  await expect(derive).toBeVisible();
  await keyboard.press('Enter');
  await expect(screen.toast('v4 is marked derived.')).toBeVisible();
  expect((await disk.entry(4)).downstream).toBe('derived');
});

test('] and [ go through the batches, F6 from pane to pane', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await expect(screen.heading).toHaveText('INT. BREAKWATER – DAWN');
  await window.keyboard.press(']');
  await expect(window.getByText('ep_001 / BATCH_002')).toBeVisible();
  await window.keyboard.press(']');
  await expect(window.getByText('ep_001 / BATCH_003')).toBeVisible();
  await window.keyboard.press('[');
  await expect(window.getByText('ep_001 / BATCH_002')).toBeVisible();

  const pane = () =>
    window.evaluate(() => document.activeElement?.closest('section')?.getAttribute('aria-label') ?? '');
  const seen = new Set<string>();
  let last = await pane();
  for (let turn = 0; turn < 3; turn += 1) {
    await window.keyboard.press('F6');
    await expect.poll(async () => ![last, ''].includes(await pane())).toBe(true);
    last = await pane();
    seen.add(last);
  }
  expect([...seen].sort()).toEqual(['Batches', 'Comparison', 'Version history']);
});

test('letters typed into a field are text and no commands', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await screen.filterField.focus();
  await window.keyboard.type('c r d f ? 1 ] n');
  await expect(screen.filterField).toHaveValue('c r d f ? 1 ] n');
  await expect(window.getByRole('dialog')).toHaveCount(0);
});
