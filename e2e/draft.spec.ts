/** A draft outlives its host: killed at once and started again, what was typed is there, JSON that is not finished too. */
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { editorScreen } from './host/editorScreen.ts';
import { expect, test } from './host/fixtures.ts';
import { holdPipelineLock } from './host/pipelineLock.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';

const fishMarket = ['003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN'] as const;
const ref = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
const edited = 'Mara counts the crates aloud, twice, and stops at ten.';
const tooLarge = '90071992547409931';

/** Files of drafts, without those that are still being written. */
async function draftFiles(data: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(data, 'drafts'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

async function pressAll(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('what was edited, and JSON that is not finished, come back after the host was killed', async ({
  app,
  workspace,
}) => {
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  let scenes = scenesScreen(app.page);
  let editor = editorScreen(app.page);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.beat('B003').click();
  await editor.field('Summary').fill(edited);
  await editor.button('Kind: reshoot').click();
  await app.page.getByRole('menuitemradio', { name: 'pickup' }).click();

  // A number in the raw JSON of another beat that no file could hold.
  await editor.beat('B009').click();
  const json = editor.json.getByRole('textbox', { name: 'Raw JSON of B009' });
  await json.click();
  await app.page.keyboard.press('Control+Home');
  await app.page.keyboard.press('End');
  await app.page.keyboard.type(`\n"slate_no": ${tooLarge},`);
  await expect(editor.json.getByText('Line 2, $.slate_no: this number cannot be held exactly.')).toBeVisible();
  await expect(editor.button('1 error')).toBeVisible();
  await expect(editor.button('Write candidate v5')).toBeDisabled();
  await editor.isKept();
  const files = await draftFiles(app.data);
  expect(files).toHaveLength(1);
  expect((await stat(files[0] ?? '')).mode & 0o777).toBe(0o600);

  scenes = scenesScreen(await app.killAndRestart());
  editor = editorScreen(app.page);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Continue draft').click();
  await expect(editor.heading).toHaveText('New candidate from v4 will be v5');
  await expect(editor.field('Summary')).toHaveValue(edited);
  await expect(editor.button('Kind: pickup')).toBeVisible();
  await expect(editor.button('Write candidate v5')).toBeDisabled();

  // The line leads to the text as it was typed; mended, it is part of the draft.
  await editor.button('line 2').click();
  const pending = editor.json.getByRole('textbox', { name: 'Raw JSON of B009' });
  await expect(pending).toContainText(`"slate_no": ${tooLarge},`);
  await pending.getByText(tooLarge).click();
  await pressAll(app.page, ['End', 'Shift+Home', 'Delete']);
  await app.page.keyboard.insertText(`"slate_no": "${tooLarge}",`);
  await expect(editor.button('Write candidate v5')).toBeEnabled();
  await expect(editor.sentence('Draft against v4: 2 edited')).toBeVisible();
  await editor.button('Write candidate v5').click();
  await editor.dialog('Write candidate v5').getByRole('button', { name: 'Write candidate v5' }).click();
  await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
  expect(await disk.entry(5)).toMatchObject({ parent_version: 4, kind: 'pickup', state: 'candidate' });
  const text = await disk.readText('ep_001_BATCH_003.v005.json');
  expect(text).toContain(`"slate_no": "${tooLarge}"`);
  expect(text).toContain(edited);
  expect(await draftFiles(app.data)).toEqual([]);
});

test('what was typed in the moment before the window goes is kept', async ({ app, host }) => {
  const scenes = scenesScreen(app.page);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  const editor = editorScreen(app.page);
  await editor.beat('B003').click();
  await editor.field('Summary').fill('Mara counts');
  await editor.isKept();
  await editor.field('Summary').fill(edited);
  if (host === 'electron') {
    const ended = new Promise((resolve) => app.electron.process().once('exit', resolve));
    await app.electron.evaluate(({ app: program }) => program.quit());
    await ended;
  } else {
    const closed = app.page.waitForEvent('close');
    await app.page.close({ runBeforeUnload: true });
    await closed;
  }
  const again = scenesScreen(await app.restart());
  await again.openBatch(...fishMarket);
  await again.button('Continue draft').click();
  const continued = editorScreen(app.page);
  await continued.beat('B003').click();
  await expect(continued.field('Summary')).toHaveValue(edited);
});

test('a window with a draft that cannot be kept asks before it goes', { tag: '@electron' }, async ({ app, window }) => {
  const drafts = path.join(app.data, 'drafts');
  await writeFile(drafts, 'no folder');
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.field('Summary').fill(edited);
  await expect(window.getByRole('alert').getByText('The draft is not kept.')).toBeVisible();
  const asked = await app.electron.evaluate(async ({ app: program, dialog, BrowserWindow }) => {
    const [shown] = BrowserWindow.getAllWindows();
    return new Promise<string>((resolve) => {
      dialog.showMessageBoxSync = (...words: unknown[]) => {
        resolve(JSON.stringify(words.at(-1)));
        return 0;
      };
      shown?.once('closed', () => resolve('closed'));
      program.quit();
    });
  });
  expect(asked).toContain('The draft is not kept.');
  await rm(drafts);
  await editor.isKept();
  await expect(editor.field('Summary')).toHaveValue(edited);
});

test('form and JSON are one draft: each follows the other, one undo for both, and Tab leaves after Escape', async ({
  window,
}) => {
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.beat('B003').click();
  const json = editor.json.getByRole('textbox', { name: 'Raw JSON of B003' });
  await editor.field('Duration').fill('9.5');
  await expect(json).toContainText('"duration_s": 9.5');
  await expect(editor.sentence('Draft against v4: 1 retimed')).toBeVisible();

  // From the text into the form, with the cursor where it was.
  await json.getByText('9.5').click();
  await pressAll(window, ['End', 'ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft']);
  await window.keyboard.insertText('7.2');
  await expect(editor.field('Duration')).toHaveValue('7.20');
  await window.keyboard.insertText('5');
  await expect(editor.field('Duration')).toHaveValue('7.25');
  // Within a second the two are one step, else they are two.
  await expect(async () => {
    await window.keyboard.press('Control+z');
    await expect(json).toContainText('"duration_s": 9.5', { timeout: 500 });
  }).toPass();
  await window.keyboard.press('Control+y');
  await expect(editor.field('Duration')).not.toHaveValue('9.50');
  await window.keyboard.press('Control+y');
  await expect(json).toContainText('"duration_s": 7.25');

  // Runtime keys may be typed, and are said to be left out.
  await window.keyboard.press('Control+Home');
  await window.keyboard.press('End');
  await window.keyboard.type('\n"status": "open",');
  await expect(editor.json.getByText('"status" is left out of a candidate')).toBeVisible();
  await expect(editor.button('1 warning')).toBeVisible();
  await expect(editor.button('Write candidate v5')).toBeEnabled();

  // Tab indents; after Escape it leaves.
  await window.keyboard.press('Tab');
  await expect(json).toBeFocused();
  await window.keyboard.press('Escape');
  await window.keyboard.press('Tab');
  await expect(json).not.toBeFocused();

  // The whole scene, the other way round.
  await window.getByRole('tab', { name: 'Whole scene' }).click();
  const whole = editor.json.getByRole('textbox', { name: 'Raw JSON of the whole scene' });
  await whole.getByText('INT. FISH MARKET').first().click();
  await window.keyboard.press('End');
  await window.keyboard.press('ArrowLeft');
  await window.keyboard.press('ArrowLeft');
  await window.keyboard.type(', LATER');
  await expect(window.getByRole('option', { name: /^Scene.*LATER/ })).toBeVisible();
  await expect(editor.json.getByRole('button', { name: /edited\s*scene/ })).toBeVisible();

  // Against the active version instead of the parent.
  await editor.button('active v3').click();
  await expect(editor.sentence('Draft against v3:')).toBeVisible();
  await editor.button('parent v4').click();
  await expect(editor.sentence('Draft against v4:')).toBeVisible();

  // A row of the comparison leads to its beat.
  await editor.beat('B007').click();
  await editor.json.getByRole('button', { name: /retimed.*B003|B003.*/ }).click();
  await expect(editor.beat('B003')).toHaveAttribute('aria-selected', 'true');
});

test('a text that is not finished keeps its place: no other text is taken until it is mended', async ({ window }) => {
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.beat('B009').click();
  await editor.json.getByRole('textbox', { name: 'Raw JSON of B009' }).click();
  await window.keyboard.press('Control+End');
  await window.keyboard.type('x');
  await expect(editor.button('1 error')).toBeVisible();
  await editor.beat('B003').click();
  await expect(editor.json.getByText('The text of B009 is not finished.')).toBeVisible();
  await expect(editor.json.getByRole('textbox', { name: 'Raw JSON of B003' })).not.toBeEditable();
  await editor.button('Go to B009').click();
  await editor.json.getByRole('textbox', { name: 'Raw JSON of B009' }).click();
  await window.keyboard.press('Control+End');
  await window.keyboard.press('Backspace');
  await expect(editor.button('1 error')).toHaveCount(0);
  await expect(editor.button('Write candidate v5')).toBeEnabled();
});

test('what is there already is said, and written only where the person wants it twice', async ({
  window,
  workspace,
}) => {
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.button('Write candidate v5').click();
  const identical = editor.dialog('v4 is identical');
  await expect(identical).toContainText('nothing would be written');
  await expect(identical.getByRole('button', { name: 'Back to the draft' })).toBeFocused();
  await identical.getByRole('button', { name: 'Show v4' }).click();
  await expect(scenes.version(4)).toHaveAttribute('aria-selected', 'true');
  expect((await disk.manifest()).versions).toHaveLength(4);

  await scenes.button('Edit v4 into a new candidate').click();
  await editor.button('Write candidate v5').click();
  await identical.getByRole('button', { name: 'Write anyway' }).click();
  await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
  const [before, after] = [await disk.entry(4), await disk.entry(5)];
  expect(after.structure_fingerprint).toBe(before.structure_fingerprint);
});

test('the dialog says what will be written, and the fingerprint is the one that stands in the manifest', async ({
  window,
  workspace,
}) => {
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await secondWriterDoes(workspace, 'Lena Fischer', {
    request: 'markDerived',
    input: { ...ref, version: 3, note: 'Boards are in.' },
  });
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.field('Duration').fill('9');
  await window.keyboard.press('Control+Enter');
  const dialog = editor.dialog('Write candidate v5');
  await expect(dialog).toContainText('The pointer stays on v3');
  await expect(dialog).toContainText('candidate, from v4');
  await expect(dialog).toContainText('1 retimed');
  const print = await dialog.locator('[title^="sf1:"]').getAttribute('title');
  await dialog.getByRole('combobox', { name: 'Source' }).fill('director_note');
  await dialog.getByRole('button', { name: 'pickup' }).click();
  await dialog.getByRole('button', { name: 'Write candidate v5' }).click();
  await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
  expect(await disk.entry(5)).toMatchObject({
    structure_fingerprint: print,
    source: 'director_note',
    kind: 'pickup',
    parent_version: 4,
  });
  await scenes.button('Conform v5…').click();
  await expect(scenes.dialog('Conform v5')).toBeVisible();
});

test('what was typed last counts, although its field was never left: undone as such, and written', async ({
  window,
  workspace,
}) => {
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.beat('B003').click();
  const was = await editor.field('Duration').inputValue();
  await editor.field('Duration').fill('');
  await window.keyboard.press('Control+z');
  await expect(editor.field('Duration')).toHaveValue(was);

  await editor.button('Add a character').click();
  await window.keyboard.type('HARBOUR PILOT');
  await window.keyboard.press('Control+Enter');
  const dialog = editor.dialog('Write candidate v5');
  await expect(dialog).toContainText('1 edited');
  await dialog.getByRole('button', { name: 'Write candidate v5' }).click();
  await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
  expect(await disk.readText('ep_001_BATCH_003.v005.json')).toContain('"HARBOUR PILOT"');
});

test('a candidate waits for the pipeline’s lock, and the wait can be given up with nothing lost', async ({
  window,
  workspace,
}) => {
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.field('Summary').fill(edited);
  await editor.button('Write candidate v5').click();
  const dialog = editor.dialog('Write candidate v5');
  const lock = await holdPipelineLock(disk.lockFile);
  try {
    await dialog.getByRole('button', { name: 'Write candidate v5' }).click();
    await expect(dialog.getByText(/Locked by the pipeline/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    expect((await disk.manifest()).versions).toHaveLength(4);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(dialog.getByText(/Locked by the pipeline/)).toBeVisible();
  } finally {
    await lock.release();
  }
  await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
  expect((await disk.manifest()).versions).toHaveLength(5);
});

test.describe('in the browser host', { tag: '@chromium' }, () => {
  test('of two windows on one draft, what the other one keeps is never lost without being asked about', async ({
    window,
  }) => {
    const scenes = scenesScreen(window);
    const editor = editorScreen(window);
    await scenes.openBatch(...fishMarket);
    await scenes.button('Edit v4 into a new candidate').click();
    await editor.field('Summary').fill('Typed in the first window.');
    await editor.isKept();

    const second = await window.context().newPage();
    await second.goto(window.url());
    const there = editorScreen(second);
    await scenesScreen(second).openBatch(...fishMarket);
    await scenesScreen(second).button('Continue draft').click();
    await expect(there.field('Summary')).toHaveValue('Typed in the first window.');
    await there.field('Summary').fill('Typed in the second window.');
    await expect(there.json.getByRole('textbox')).toContainText('Typed in the second window.');
    await second.close({ runBeforeUnload: true });

    await editor.field('Summary').fill('Typed in the first window, again.');
    await expect(window.getByText('Another window has kept a draft of BATCH_003 meanwhile')).toBeVisible();
    await editor.button('Discard draft').click();
    await editor.dialog('Discard the draft').getByRole('button', { name: 'Discard draft' }).click();
    await scenes.button('Continue draft').click();
    await expect(editor.field('Summary')).toHaveValue('Typed in the second window.');
    await editor.field('Summary').fill('Typed in the first window at last.');
    await editor.isKept();
  });

  test('an answer that was lost is looked for before anything is written twice', async ({ app, window, workspace }) => {
    const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
    let lost = 0;
    await window.routeWebSocket(/\/socket$/, (page) => {
      const host = page.connectToServer();
      let writing: unknown = null;
      page.onMessage((text) => {
        const { id, request } = JSON.parse(String(text));
        if (request === 'writeCandidate' && lost === 0) writing = id;
        host.send(text);
      });
      host.onMessage((text) => {
        if (writing !== null && JSON.parse(String(text)).id === writing) {
          lost += 1;
          void page.close({ code: 1001 });
        } else page.send(text);
      });
    });
    app.mayComplain(/WebSocket connection to/);
    await window.reload();
    const scenes = scenesScreen(window);
    const editor = editorScreen(window);
    await scenes.openBatch(...fishMarket);
    await scenes.button('Edit v4 into a new candidate').click();
    await editor.field('Summary').fill(edited);
    await editor.button('Write candidate v5').click();
    await editor.dialog('Write candidate v5').getByRole('button', { name: 'Write candidate v5' }).click();
    await expect(scenes.toast('v5 is written as a candidate.')).toBeVisible();
    await expect(scenes.toast(/Its answer was lost, and found again/)).toBeVisible();
    await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
    expect(lost).toBe(1);
    expect((await disk.manifest()).versions).toHaveLength(5);
    expect(await draftFiles(app.data)).toEqual([]);
  });
});
