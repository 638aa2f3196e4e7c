/** Bodies from elsewhere: a file that is bad is told line by line and writes nothing, a good one becomes a candidate; and a batch that is new. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { editorScreen } from './host/editorScreen.ts';
import { type App, expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';

/** Runs a command of the palette. */
async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search/).fill(command);
  await page.getByRole('option', { name: new RegExp(`^${command}`) }).click();
}

/** The person's choice of a file: in the browser by upload, in Electron in the system's dialog, which no test can open. */
async function choosing(
  app: App,
  host: 'browser' | 'electron',
  file: string,
  open: () => Promise<void>,
): Promise<void> {
  if (host === 'electron') {
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);
    await open();
    return;
  }
  const chooser = app.page.waitForEvent('filechooser');
  await open();
  await (await chooser).setFiles(file);
}

/** Names of everything in the workspace. */
const treeOf = async (workspace: string): Promise<readonly string[]> =>
  (await readdir(workspace, { recursive: true })).toSorted();

test('a bad file names its errors, line by line, and writes nothing; mended, it becomes a candidate', async ({
  app,
  host,
  folder,
  workspace,
}) => {
  const scenes = scenesScreen(app.page);
  const editor = editorScreen(app.page);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const file = path.join(folder, 'from the floor.json');
  const good = await disk.readText('ep_001_BATCH_003.v004.json');
  const bad = good
    .replace('"duration_s": 8.25', '"duration_s": "8.25"')
    .replace('"lens_mm": 18', '"lens_mm": 18, "slate_no": 90071992547409931')
    .replace('"title"', '"title": "twice",\n  "title"');
  await writeFile(file, bad);
  await scenes.ready();
  const before = await treeOf(workspace);

  await choosing(app, host, file, () => run(app.page, 'Import a body'));
  const refused = editor.dialog('from the floor.json cannot be imported');
  await expect(refused).toContainText('2 errors in the file; nothing was written.');
  const line = (words: string) => bad.slice(0, bad.indexOf(words)).split('\n').length;
  await expect(refused).toContainText(
    `Line ${line('"8.25"')}, $.beats[0].shot.duration_s: "duration_s" must be a number`,
  );
  await expect(refused).toContainText(
    `Line ${line('9007')}, $.beats[1].shot.camera.slate_no: this number cannot be held`,
  );
  await expect(refused.getByRole('region', { name: 'Warnings' })).toContainText('"title" stands twice');
  expect(await treeOf(workspace)).toEqual(before);

  await writeFile(file, good.replace('stops at nine', 'stops at eleven'));
  await choosing(app, host, file, () => refused.getByRole('button', { name: 'Choose a file…' }).click());
  const offered = editor.dialog('Import from the floor.json');
  await expect(offered).toContainText('ep_001 / BATCH_003');
  await expect(offered).toContainText('the draft is held against v3, the active one');
  await offered.getByRole('button', { name: 'Open as a draft' }).click();
  await expect(editor.heading).toHaveText('New candidate from v3 will be v5');
  await expect(editor.sentence('Draft against v3:')).toBeVisible();
  expect(await treeOf(workspace)).toEqual(before);
  await editor.button('Write candidate v5').click();
  await editor.dialog('Write candidate v5').getByRole('button', { name: 'Write candidate v5' }).click();
  await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
  expect(await disk.entry(5)).toMatchObject({ parent_version: 3, state: 'candidate' });
  expect(await disk.readText('ep_001_BATCH_003.v005.json')).toContain('stops at eleven');
});

test('the body of another batch is named as such, and goes where it is sent only under that one’s id', async ({
  app,
  host,
  folder,
  workspace,
}) => {
  const scenes = scenesScreen(app.page);
  const editor = editorScreen(app.page);
  const file = path.join(folder, 'other.json');
  const other = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_004');
  await writeFile(file, await other.readText('ep_001_BATCH_004.v002.json'));
  await scenes.ready();
  await choosing(app, host, file, () => run(app.page, 'Import a body'));
  const dialog = editor.dialog('Import other.json');
  await dialog.getByRole('textbox', { name: 'Episode' }).fill('7');
  await dialog.getByRole('textbox', { name: 'Batch' }).fill('BATCH_001');
  await expect(dialog).toContainText('is new');
  await expect(dialog).toContainText('The body says that it is of BATCH_004, episode 1, not of BATCH_001 in ep_007.');
  const open = dialog.getByRole('button', { name: 'Open as a draft' });
  await expect(open).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'Set scene_id to BATCH_001 and episode to 7 in the draft' }).check();
  await open.click();
  await expect(editor.heading).toHaveText('New batch BATCH_001 will be v1');
  await app.page.keyboard.press('Control+Enter');
  await editor.dialog('Write BATCH_001').getByRole('button', { name: 'Write BATCH_001' }).click();
  await expect(scenes.toast('BATCH_001 is written.')).toBeVisible();
  const written: unknown = JSON.parse(
    await readFile(path.join(workspace, 'harbor-lights/ep_007/scenes/ep_007_BATCH_001.json'), 'utf8'),
  );
  expect(written).toMatchObject({ scene_id: 'BATCH_001', episode: 7 });
});

test('a file that is no text, and one that is too large, say so', async ({ app, host, folder }) => {
  const scenes = scenesScreen(app.page);
  const editor = editorScreen(app.page);
  await scenes.ready();
  const file = path.join(folder, 'utf16.json');
  await writeFile(file, Buffer.from('\ufeff{"scene_id": "BATCH_001", "beats": []}', 'utf16le'));
  await choosing(app, host, file, () => run(app.page, 'Import a body'));
  const refused = editor.dialog('utf16.json cannot be imported');
  await expect(refused).toContainText('The file is not UTF-8 text. It seems to be UTF-16.');
  await refused.getByRole('button', { name: 'Cancel' }).click();
  const large = path.join(folder, 'large.json');
  await writeFile(large, Buffer.alloc(33 * 1_048_576, ' '));
  await choosing(app, host, large, () => run(app.page, 'Import a body'));
  await expect(scenes.toast('large.json has 33')).toBeVisible();
});

test('a new batch begins empty in an episode that is new, refuses one that is there, and writes only at the end', async ({
  window,
  workspace,
}) => {
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.ready();
  const before = await treeOf(workspace);
  await scenes.button(/^Workspace/).click();
  await window.getByRole('menuitem', { name: 'New batch…' }).click();
  const dialog = editor.dialog('New batch');
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toBeFocused();
  const batch = dialog.getByRole('textbox', { name: 'Batch' });
  await expect(batch).toHaveValue('BATCH_011');
  await batch.fill('BATCH_003');
  await expect(dialog).toContainText('BATCH_003 is there already.');
  await expect(dialog.getByRole('button', { name: 'Begin BATCH_003' })).toBeDisabled();
  await batch.fill('BATCH_011');
  await dialog.getByRole('textbox', { name: 'Episode' }).fill('12');
  await expect(batch).toHaveValue('BATCH_001');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('EXT. QUAY – NIGHT');
  await window.keyboard.press('Enter');
  await expect(editor.heading).toHaveText('New batch BATCH_001 will be v1');
  await editor.button(/^Add a beat/).click();
  await editor.field('Summary').fill('The quay is empty.');
  await editor.isKept();
  expect(await treeOf(workspace)).toEqual(before);

  await window.keyboard.press('Control+Enter');
  const write = editor.dialog('Write BATCH_001');
  await expect(write).toContainText('active version at once');
  await write.getByRole('button', { name: 'Write BATCH_001' }).click();
  await expect(scenes.heading).toHaveText('EXT. QUAY – NIGHT');
  await expect(scenes.version(1)).toHaveAttribute('aria-selected', 'true');
  const body: unknown = JSON.parse(
    await readFile(path.join(workspace, 'harbor-lights/ep_012/scenes/ep_012_BATCH_001.json'), 'utf8'),
  );
  expect(body).toMatchObject({
    schema_version: 1,
    scene_id: 'BATCH_001',
    episode: 12,
    title: 'EXT. QUAY – NIGHT',
    beats: [{ summary: 'The quay is empty.' }],
  });
});
