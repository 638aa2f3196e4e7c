/** Edit into a new candidate: fields, order, steps back and forth, until it is written, compared and conformed. */
import { readFile } from 'node:fs/promises';
import type { WebSocketRoute } from '@playwright/test';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { editorScreen } from './host/editorScreen.ts';
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';
import { expectNoViolation } from './host/violations.ts';

const ref = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
const fishMarket = ['003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN'] as const;

/** A body as another pipeline might write it: fields that nobody here knows, numbers that no double holds, old forms. */
const oddScene = {
  zeta: { $number: '1.00000000000000000001' },
  schema_version: 1,
  scene_id: 'BATCH_003',
  episode: 1,
  title: 'INT. FISH MARKET – DAWN',
  beats: [
    {
      beat_id: 'B003',
      summary: 'Mara counts the crates twice and stops at nine.',
      mood: { grade: [{ $number: '0.1234567890123456789' }, 'cold'] },
      shot: { shot_id: 'EP001_SH0030', camera: 'locked off', duration_s: 8.25, characters: ['MARA'], slate: '12A' },
      boards: [{ board_id: 'b1' }],
      takes: [],
      status: 'open',
    },
    {
      beat_id: 'B009',
      summary: 'Ines folds the chart along the old crease.',
      shot: {
        shot_id: 'EP001_SH0090',
        camera: { move: 'static', lens_mm: 18, rig: 'sled' },
        duration_s: 3.1,
        characters: ['INES', 'THE PILOT'],
        dialogue: [{ character: 'INES', line: 'Leave it lit.', emotion: 'flat' }],
        raw: { description: 'Ines folds the chart.', source_text_hash: 'sha256:ee605b42', take_hint: 3 },
      },
      updated_at: '2026-01-01T00:00:00Z',
    },
    { beat_id: 'B001', summary: 'A horn sounds.', shot: { shot_id: 'EP001_SH0010', duration_s: 8.19 }, receipts: {} },
    { beat_id: 'B002', summary: 'The Pilot sets the key down.', shot: { shot_id: 'EP001_SH0020', duration_s: 3.23 } },
  ],
};

test('a version is edited, written, compared and conformed while somebody else appends to the same batch', async ({
  window,
  workspace,
}) => {
  // Many steps in one go, and two processes beside the app.
  test.slow();
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await secondWriterDoes(workspace, 'Lena Fischer', {
    request: 'writeCandidate',
    input: { ...ref, scene: oddScene, parentVersion: 4 },
  });
  await scenes.openBatch(...fishMarket);
  await scenes.version(5).click();
  await scenes.button('Edit v5 into a new candidate').click();
  await expect(editor.heading).toHaveText('New candidate from v5 will be v6');
  await expect(editor.sentence('Draft against v5: nothing differs')).toBeVisible();

  // Fields: a text, a number, an old camera, a line, a character.
  await editor.beat('B003').click();
  await editor.field('Summary').fill('Mara counts the crates aloud, twice, and stops at ten.');
  await expect(window.getByText('was: Mara counts the crates twice and stops at nine.')).toBeVisible();
  await editor.field('Duration').fill('4,20');
  await expect(window.getByText('was: 8.25 s')).toBeVisible();
  await expect(editor.field('Camera')).toHaveValue('locked off');
  await editor.button('Add a line').click();
  await window.keyboard.type('Then it kept ten.');
  await editor.field('Character of line 1').fill('MARA');
  await editor.button('Add a character').click();
  await editor.field('Character to add').fill('OLD PETTER');
  await window.keyboard.press('Enter');
  await window.keyboard.press('Escape');
  await editor
    .beat('Scene')
    .or(editor.outline.getByRole('option', { name: /^Scene/ }))
    .first()
    .click();
  await editor.field('Title').fill('INT. FISH MARKET – NIGHT');
  await editor.isKept();

  // Order: by the hand and by the keys.
  await editor.drag('B002', 'B003', 'upper');
  await expect.poll(() => editor.order()).toEqual(['B002', 'B003', 'B009', 'B001']);
  await editor.beat('B001').click();
  await window.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => editor.order()).toEqual(['B002', 'B003', 'B001', 'B009']);

  // Whole beats.
  await window.keyboard.press('Control+d');
  await expect.poll(() => editor.order()).toEqual(['B002', 'B003', 'B001', 'B010', 'B009']);
  await expect(editor.beat('B010')).toHaveAttribute('aria-selected', 'true');
  await editor.button('Add a beat after B010').click();
  await expect.poll(() => editor.order()).toEqual(['B002', 'B003', 'B001', 'B010', 'B011', 'B009']);
  await editor.field('Summary').fill('June finds the tenth label.');
  await editor.beat('B010').click();
  await window.keyboard.press('Delete');
  await expect.poll(() => editor.order()).toEqual(['B002', 'B003', 'B001', 'B011', 'B009']);

  // Steps: the removal comes back and goes again.
  await window.keyboard.press('Control+z');
  await expect(editor.beat('B010')).toBeVisible();
  await window.keyboard.press('Control+Shift+Z');
  await expect(editor.beat('B010')).toHaveCount(0);
  await expect(editor.sentence('Draft against v5: 1 added')).toBeVisible();

  // Somebody else appends: the number follows, the draft stays. Once more while the question stands, and it is asked anew.
  const append = (title: string) =>
    secondWriterDoes(workspace, 'Lena Fischer', {
      request: 'writeCandidate',
      input: { ...ref, scene: { ...oddScene, title }, parentVersion: 5 },
    });
  await append('Lena’s first');
  await expect(editor.heading).toHaveText('New candidate from v5 will be v7');
  await editor.button('Write candidate v7').click();
  await append('Lena’s second');
  await editor.dialog('Write candidate v7').getByRole('button', { name: 'Write candidate v7' }).click();
  const conflict = editor.dialog('The batch changed while you were writing');
  await expect(conflict).toContainText('Lena Fischer');
  await conflict.getByRole('button', { name: 'Write candidate v8' }).click();
  await expect(scenes.version(8)).toHaveAttribute('aria-selected', 'true');
  expect(await disk.entry(8)).toMatchObject({ parent_version: 5, state: 'candidate', downstream: 'not_derived' });
  expect((await disk.manifest()).versions.map((each) => each.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);

  // Compared and conformed.
  await scenes.version(5).click({ modifiers: ['Shift'] });
  await expect(scenes.sentence('v8 against v5: 1 added')).toBeVisible();
  await scenes.button('Conform v8').click();
  await scenes.dialog('Conform v8').getByRole('button', { name: 'Conform v8' }).click();
  await expect(scenes.toast('v8 is the active version.')).toBeVisible();
  expect((await disk.manifest()).active_version).toBe(8);

  // On disk: what was edited, and everything else as it was written.
  const text = await disk.readText('ep_001_BATCH_003.v008.json');
  expect(text).toContain('"zeta": 1.00000000000000000001');
  expect(text).toContain('0.1234567890123456789');
  const body = JSON.parse(text);
  expect(Object.keys(body)).toEqual(['zeta', 'schema_version', 'scene_id', 'episode', 'title', 'beats']);
  expect(body.title).toBe('INT. FISH MARKET – NIGHT');
  expect(body.beats.map((beat: { beat_id: string }) => beat.beat_id)).toEqual(['B002', 'B003', 'B001', 'B011', 'B009']);
  const [, counted, , added, folded] = body.beats;
  expect(counted).toEqual({
    beat_id: 'B003',
    summary: 'Mara counts the crates aloud, twice, and stops at ten.',
    mood: { grade: [0.12345678901234568, 'cold'] },
    shot: {
      shot_id: 'EP001_SH0030',
      camera: 'locked off',
      duration_s: 4.2,
      characters: ['MARA', 'OLD PETTER'],
      dialogue: [{ character: 'MARA', line: 'Then it kept ten.' }],
      slate: '12A',
    },
  });
  expect(added).toMatchObject({ summary: 'June finds the tenth label.', shot: { shot_id: 'EP001_SH0110' } });
  const { updated_at: _left, ...known } = oddScene.beats[1] ?? {};
  expect(folded).toEqual(known);
  for (const key of ['takes', 'boards', 'status', 'receipts', 'updated_at']) expect(text).not.toContain(`"${key}"`);
});

test('one undo for all: inside a field it is the draft’s own, and edits of one field in a row are one step', async ({
  window,
}) => {
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.versions.focus();
  await window.keyboard.press('e');
  await expect(editor.heading).toHaveText('New candidate from v4 will be v5');
  await expect(editor.outline).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(editor.field('Summary')).toBeFocused();
  await window.keyboard.press('End');
  // Two edits and no more: on a busy computer a second may pass between any two of many.
  await window.keyboard.insertText(' Twi');
  await window.keyboard.insertText('ce.');
  await editor.field('Duration').fill('9');
  await window.keyboard.press('Control+z');
  await expect(editor.field('Duration')).toHaveValue('8.25');
  await expect(editor.field('Summary')).toHaveValue('Mara counts the crates twice and stops at nine. Twice.');
  await window.keyboard.press('Control+z');
  await expect(editor.field('Summary')).toHaveValue('Mara counts the crates twice and stops at nine.');
  await window.keyboard.press('Control+z');
  await expect(editor.field('Summary')).toHaveValue('Mara counts the crates twice and stops at nine.');
  await window.keyboard.press('Control+y');
  await window.keyboard.press('Control+Shift+Z');
  await expect(editor.field('Duration')).toHaveValue('9');

  // A number that is none is said, and never becomes part of the draft.
  await editor.field('Duration').fill('nine');
  await expect(window.getByText('This is no number. Write one such as 4.5. The draft still has 9.00.')).toBeVisible();
  await editor.field('Summary').focus();
  await expect(editor.field('Duration')).toHaveValue('9.00');
});

test('the keys of the Scenes screen do nothing while the editor is shown, and leaving keeps the draft', async ({
  window,
}) => {
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.versions.focus();
  await window.keyboard.press('e');
  await expect(editor.outline).toBeFocused();
  for (const key of ['c', 'r', 'd', 'n', 'f', ']', '/', '1']) await window.keyboard.press(key);
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(editor.heading).toHaveText('New candidate from v4 will be v5');
  await window.keyboard.press('a');
  await expect(editor.beat('B010')).toBeVisible();
  await editor.button('Back to BATCH_003').click();
  await expect(scenes.heading).toHaveText('INT. FISH MARKET – DAWN');
  await scenes.button('Continue draft').click();
  await expect(editor.beat('B010')).toBeVisible();
  await editor.button('Discard draft').click();
  await editor.dialog('Discard the draft').getByRole('button', { name: 'Discard draft' }).click();
  await expect(scenes.button('Edit v4 into a new candidate')).toBeVisible();
});

test('a draft that was begun from another version is never given up without being asked about', async ({ window }) => {
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  await scenes.openBatch(...fishMarket);
  await scenes.version(2).click();
  await scenes.button('Edit v2 into a new candidate').click();
  await editor.field('Summary').fill('Of the draft.');
  await editor.isKept();
  await editor.button('Back to BATCH_003').click();
  await expect(scenes.button('Continue draft')).toBeVisible();
  await scenes.version(4).click();
  await window.keyboard.press('e');
  const question = editor.dialog('BATCH_003 has a draft already');
  await expect(question).toContainText('begun from v2');
  await expect(question.getByRole('button', { name: 'Continue the draft' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(editor.heading).toHaveText('New candidate from v2 will be v5');
  await expect(editor.field('Summary')).toHaveValue('Of the draft.');
  await editor.button('Back to BATCH_003').click();
  await window.keyboard.press('e');
  await question.getByRole('button', { name: 'Discard it and edit v4' }).click();
  await expect(editor.heading).toHaveText('New candidate from v4 will be v5');
  await expect(editor.field('Summary')).toHaveValue('Mara counts the crates twice and stops at nine.');
});

test('while the host cannot be reached the draft waits in the window, can be saved as a file, and is kept afterwards', {
  tag: '@chromium',
}, async ({ window }) => {
  const scenes = scenesScreen(window);
  const editor = editorScreen(window);
  let isAway = false;
  let open: WebSocketRoute | null = null;
  await window.routeWebSocket(/\/socket$/, (socket) => {
    if (isAway) {
      void socket.close();
      return;
    }
    open = socket;
    socket.connectToServer();
  });
  const lose = async (socket: WebSocketRoute | null) => {
    isAway = true;
    await socket?.close();
  };
  await window.reload();
  await scenes.openBatch(...fishMarket);
  await scenes.button('Edit v4 into a new candidate').click();
  await editor.field('Summary').fill('Before.');
  await editor.isKept();

  await lose(open);
  await expect(window.getByText('The connection to Picture Lock is lost.')).toBeVisible();
  await editor.field('Summary').fill('While it was away.');
  await expect(window.getByText('draft not kept')).toBeVisible();
  await expect(editor.button('Write candidate v5')).toBeDisabled();
  await expectNoViolation(window, 'a draft that is not kept');
  const downloading = window.waitForEvent('download');
  await editor.button('Save it as a file').click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('ep_001_BATCH_003.draft.json');
  expect(await readFile(await download.path(), 'utf8')).toContain('"summary": "While it was away."');

  isAway = false;
  await editor.isKept();
  await window.reload();
  await scenes.openBatch(...fishMarket);
  await scenes.button('Continue draft').click();
  await expect(editor.field('Summary')).toHaveValue('While it was away.');
});

test.describe('at 720 × 450', { tag: '@chromium' }, () => {
  test.use({ viewport: { width: 720, height: 450 } });

  test('the panes of the editor are tabs, and a field is edited and written', async ({ window }) => {
    const scenes = scenesScreen(window);
    const editor = editorScreen(window);
    const tab = (name: string) =>
      window.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name, exact: true });
    await scenes.batch('003 INT. FISH MARKET').first().click();
    await tab('Versions').click();
    await scenes.button('Edit v4 into a new candidate').click();
    await tab('Beats').click();
    await expectNoViolation(window, 'the tab of beats');
    await editor.outline.getByRole('option').nth(3).click();
    await expect(tab('Fields')).toHaveAttribute('aria-current', 'true');
    await editor.field('Summary').fill('A horn sounds.');
    await expectNoViolation(window, 'the tab of fields');
    await editor.button('Edit as JSON: render_flags').click();
    await expect(editor.sentence('Draft against v4: 1 edited')).toBeVisible();
    await expectNoViolation(window, 'the tab of JSON');
    expect(await window.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
    await editor.button('Write candidate v5').click();
    await editor.dialog('Write candidate v5').getByRole('button', { name: 'Write candidate v5' }).click();
    await tab('Versions').click();
    await expect(scenes.version(5)).toHaveAttribute('aria-selected', 'true');
  });
});
