/** No violation of WCAG 2.2 A or AA that axe can find: on the screen and on each dialog, in both themes. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { editorScreen } from './host/editorScreen.ts';
import { expect, test } from './host/fixtures.ts';
import { holdPipelineLock } from './host/pipelineLock.ts';
import { pipelineWrites } from './host/pipelineWrites.ts';
import { type ScenesScreen, scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';
import { expectNoViolation } from './host/violations.ts';

async function choose(screen: ScenesScreen, appearance: 'Light' | 'Dark'): Promise<void> {
  await screen.button(/^Workspace /).click();
  await screen.page.getByRole('menuitemradio', { name: new RegExp(`^${appearance}`) }).click();
  await expect(screen.page.locator('html')).toHaveAttribute('data-theme', appearance.toLowerCase());
}

for (const appearance of ['Light', 'Dark'] as const) {
  test.describe(`in ${appearance.toLowerCase()}`, { tag: '@chromium' }, () => {
    test('the screen, with beats opened and the workspace menu', async ({ window }) => {
      const screen = scenesScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      await screen.version(1).click({ modifiers: ['Shift'] });
      await screen.beats.getByRole('row', { name: /^edited/ }).click();
      await expectNoViolation(window, 'the screen');
      await screen.filterField.fill('no such scene');
      await expect(screen.button('Show all batches')).toBeVisible();
      await expectNoViolation(window, 'the empty list');
      await screen.button(/^Workspace /).click();
      await expect(window.getByRole('menu')).toBeVisible();
      await expectNoViolation(window, 'the workspace menu');
    });

    test('conform, revert and mark derived, and the message with Undo', async ({ window }) => {
      const screen = scenesScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      await screen.button('Conform v4').click();
      await expect(screen.dialog('Conform v4')).toBeVisible();
      await expectNoViolation(window, 'the conform dialog');
      await window.keyboard.press('Enter');
      await expect(screen.button('Undo')).toBeVisible();
      await expectNoViolation(window, 'the message with Undo');
      await screen.button('Mark v4 derived').click();
      await expect(screen.dialog('Mark v4 derived')).toBeVisible();
      await expectNoViolation(window, 'the mark derived dialog');
      await window.keyboard.press('Escape');
      await screen.version(1).click();
      await screen.button('Revert to v1').click();
      await expect(screen.dialog('Revert to v1')).toBeVisible();
      await expectNoViolation(window, 'the revert dialog');
    });

    test('what others changed: the note, the marks in the list, and a batch that is gone', async ({
      window,
      workspace,
    }) => {
      const screen = scenesScreen(window);
      const pipeline = pipelineWrites(workspace);
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      await pipeline.append('BATCH_003');
      await pipeline.append('BATCH_004');
      await expect(screen.button('Show v5')).toBeVisible();
      await expect(screen.batches.getByRole('img', { name: 'Changed by others' })).toHaveCount(1);
      await expectNoViolation(window, 'the note and the marks');
      const bodies = ['v002.json', 'v003.json', 'v004.json', 'v005.json'];
      await pipeline.remove('BATCH_003', ['versions.json', 'json', ...bodies]);
      await expect(window.getByText('All files of this batch are gone')).toBeVisible();
      await expectNoViolation(window, 'a batch that is gone');
    });

    test('the conflict', async ({ window, workspace }) => {
      const screen = scenesScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      await screen.button('Conform v4').click();
      await secondWriterDoes(workspace, 'Lena Fischer', {
        request: 'conformVersion',
        input: { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003', version: 2, note: 'Pickup wins.' },
      });
      await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
      await expect(screen.dialog('The batch changed while you were looking')).toBeVisible();
      await expectNoViolation(window, 'the conflict dialog');
    });

    test('the wait for a lock', async ({ window, workspace }) => {
      const screen = scenesScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      const lock = await holdPipelineLock(batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003').lockFile);
      try {
        await screen.button('Conform v4').click();
        await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
        await expect(window.getByText(/Locked by the pipeline/).first()).toBeVisible();
        await expectNoViolation(window, 'the wait for a lock');
      } finally {
        await lock.release();
      }
      await expect(screen.toast('v4 is the active version.')).toBeVisible();
    });

    test('the menus of a version and of the comparison', async ({ window }) => {
      const screen = scenesScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      for (const name of [/^Actions on v/, 'More about the comparison']) {
        await screen.button(name).click();
        await expect(window.getByRole('menu')).toBeVisible();
        await expectNoViolation(window, `the menu ${String(name)}`);
        await window.keyboard.press('Escape');
        await expect(window.getByRole('menu')).toBeHidden();
      }
    });

    test('marked batches, the preview of many and what became of them', async ({ window }) => {
      const screen = scenesScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await screen.batches.focus();
      await window.keyboard.press('Control+a');
      await screen.batches.press('ArrowDown');
      await screen.batches.press('Space');
      await expectNoViolation(window, 'marked batches');
      await screen.button('Conform newest candidates…').click();
      await expect(screen.dialog(/^Conform \d+ batches$/)).toBeVisible();
      await expectNoViolation(window, 'the preview of many');
      await window
        .getByRole('dialog')
        .getByRole('button', { name: /^Conform/ })
        .click();
      await expect(screen.dialog(/^\d+ conformed/)).toBeVisible();
      await expectNoViolation(window, 'the outcome of many');
    });

    test('the editor: its form, the lists of its fields and the scene’s own fields', async ({ window }) => {
      const screen = scenesScreen(window);
      const editor = editorScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      await screen.button('Edit v4 into a new candidate').click();
      await editor.beat('B003').click();
      await editor.field('Summary').fill('Mara counts the crates aloud.');
      await editor.field('Duration').fill('four');
      await editor.button('Add a line').click();
      await expect(editor.sentence('Draft against v4: 1 edited')).toBeVisible();
      await expectNoViolation(window, 'the form with edits and an error');
      await editor.field('Move').click();
      await expect(window.getByRole('option', { name: 'handheld' })).toBeVisible();
      await expectNoViolation(window, 'the list of a field');
      await window.keyboard.press('Escape');
      await editor.button('Add a character').click();
      await expectNoViolation(window, 'a character to add');
      await editor.outline.getByRole('option', { name: /^Scene/ }).click();
      await expectNoViolation(window, 'the fields of the scene');
    });

    test('the editor: its questions, its keys and an error in its JSON', async ({ window }) => {
      const screen = scenesScreen(window);
      const editor = editorScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      await screen.button('Edit v4 into a new candidate').click();
      await editor.field('Summary').fill('Mara counts the crates aloud.');
      await editor.button('Discard draft').click();
      await expect(editor.dialog('Discard the draft')).toBeVisible();
      await expectNoViolation(window, 'the question before a draft is discarded');
      await window.keyboard.press('Escape');
      await window.keyboard.press('?');
      await expect(screen.dialog('Keys')).toBeVisible();
      await expectNoViolation(window, 'the keys of the editor');
      await window.keyboard.press('Escape');
      await editor.json.getByRole('textbox').click();
      await window.keyboard.press('Control+End');
      await window.keyboard.type('x');
      await expect(editor.button(/^line \d+/)).toBeVisible();
      await expectNoViolation(window, 'an error in the JSON');
      await editor.button('Back to BATCH_003').click();
      await screen.version(2).click();
      await window.keyboard.press('e');
      await expect(editor.dialog('BATCH_003 has a draft already')).toBeVisible();
      await expectNoViolation(window, 'the question about another draft');
    });

    test('what becomes a candidate, a batch that is new, and a body out of a file', async ({ window, folder }) => {
      const screen = scenesScreen(window);
      const editor = editorScreen(window);
      const file = path.join(folder, 'body.json');
      const choosing = async (open: () => Promise<void>) => {
        const chooser = window.waitForEvent('filechooser');
        await open();
        await (await chooser).setFiles(file);
      };
      await screen.ready();
      await choose(screen, appearance);
      await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
      await screen.button('Edit v4 into a new candidate').click();
      await editor.button('Write candidate v5').click();
      await expect(editor.dialog('v4 is identical')).toBeVisible();
      await expectNoViolation(window, 'a candidate that is there already');
      await window.keyboard.press('Escape');
      await editor.field('Summary').fill('Mara counts the crates aloud.');
      await window.getByRole('tab', { name: 'Whole scene' }).click();
      await expectNoViolation(window, 'the whole scene as JSON');
      await editor.button('Write candidate v5').click();
      await expect(editor.dialog('Write candidate v5')).toContainText('1 edited');
      await expectNoViolation(window, 'the question before a candidate is written');
      await window.keyboard.press('Escape');

      await screen.button(/^Workspace /).click();
      await window.getByRole('menuitem', { name: 'New batch…' }).click();
      await editor.dialog('New batch').getByRole('textbox', { name: 'Batch' }).fill('BATCH_003');
      await expect(editor.dialog('New batch')).toContainText('is there already');
      await expectNoViolation(window, 'a new batch that is there already');
      await window.keyboard.press('Escape');

      await writeFile(file, '{"scene_id": "BATCH_004", "beats": [{"summary": 7}]}');
      await screen.button(/^Workspace /).click();
      await choosing(() => window.getByRole('menuitem', { name: 'Import a body…' }).click());
      await expect(editor.dialog('body.json cannot be imported')).toBeVisible();
      await expectNoViolation(window, 'the errors of a file');
      await writeFile(file, '{"scene_id": "BATCH_004", "beats": [{"takes": []}]}');
      await choosing(() => editor.button('Choose a file…').click());
      await editor.dialog('Import body.json').getByRole('textbox', { name: 'Batch' }).fill('BATCH_005');
      await expect(editor.dialog('Import body.json')).toContainText('says that it is of BATCH_004');
      await expectNoViolation(window, 'a body of another batch');
    });

    test('palette and keys', async ({ window }) => {
      const screen = scenesScreen(window);
      await screen.ready();
      await choose(screen, appearance);
      await window.keyboard.press('Control+k');
      await expect(window.getByRole('dialog', { name: 'Commands' })).toBeVisible();
      await expectNoViolation(window, 'the palette');
      await window.keyboard.press('Escape');
      await window.keyboard.press('?');
      await expect(screen.dialog('Keys')).toBeVisible();
      await expectNoViolation(window, 'the keys');
    });

    test.describe('over the sample', () => {
      test.use({ projects: null });

      test('problems, the changed body and the folder dialog', async ({ window }) => {
        const screen = scenesScreen(window);
        await screen.ready();
        await choose(screen, appearance);
        await screen.openBatch('001 INT. CORRIDOR, DECK FIVE', 'INT. CORRIDOR, DECK FIVE – NIGHT');
        await expectNoViolation(window, 'a batch with a problem, under the banner');
        await screen.version(2).click();
        await screen.button('Revert to v2').click();
        await screen.dialog('Revert to v2').getByRole('button', { name: 'Revert to v2' }).click();
        await expect(screen.dialog('v2 is not what was recorded')).toBeVisible();
        await expectNoViolation(window, 'the changed body');
        await window.keyboard.press('Escape');
        await screen.button('Choose a folder').click();
        await expect(window.getByRole('dialog')).toBeVisible();
        await expectNoViolation(window, 'the folder dialog');
      });
    });
  });
}
