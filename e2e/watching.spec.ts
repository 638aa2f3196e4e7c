/** The workspace is watched: what others change is on the screen within a second, and nothing moves under the person's eyes. */
import { rename } from 'node:fs/promises';
import { batchOnDisk } from './host/batchOnDisk.ts';
import { expect, test } from './host/fixtures.ts';
import { pipelineWrites } from './host/pipelineWrites.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';

const ref = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
const other = 'Lena Fischer';

test('a candidate that the pipeline appends is in the list and in the open batch, and what is compared stays', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await expect(screen.sentence('v4 against v3:')).toBeVisible();
  await expect(window.getByText('Watching')).toBeVisible();

  // An opened beat, a scrolled comparison, a cursor, and the focus in the table of beats.

  const edited = screen.beats.getByRole('gridcell', { name: /^edited/ }).first();
  await edited.click();
  await expect(edited).toHaveAttribute('aria-expanded', 'true');
  const scroller = window.locator('.compare__body');
  await scroller.evaluate((element) => element.scrollTo(0, 60));
  const focused = () => window.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'));
  const before = { focused: await focused(), scrolled: await scroller.evaluate((element) => element.scrollTop) };

  const version = await pipelineWrites(workspace).append('BATCH_003');
  expect(version).toBe(5);
  await expect(screen.version(5)).toBeVisible({ timeout: 2_000 });
  await expect(screen.batch('003 INT. FISH MARKET')).toContainText('v5');
  const note = window.getByRole('status').filter({ hasText: 'v5 was added' });
  await expect(note).toContainText('outside the ledger');
  await expect(note).not.toContainText('orphan');

  await expect(screen.sentence('v4 against v3:')).toBeVisible();
  await expect(screen.version(4)).toHaveAttribute('aria-selected', 'true');
  await expect(edited).toHaveAttribute('aria-expanded', 'true');
  expect({ focused: await focused(), scrolled: await scroller.evaluate((element) => element.scrollTop) }).toEqual(
    before,
  );

  await note.getByRole('button', { name: 'Show v5' }).click();
  await expect(screen.sentence('v5 against v3:')).toBeVisible();
  await note.getByRole('button', { name: 'Close this note' }).click();
  await expect(note).toBeHidden();
});

test('a decision of somebody else says who, when and why, and an open question keeps what it was asked about', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await screen.button('Conform v4').click();
  const dialog = screen.dialog('Conform v4');
  const note = dialog.getByRole('textbox', { name: /^Note/ });
  await note.fill('The tenth crate is the point.');
  await secondWriterDoes(workspace, other, {
    request: 'conformVersion',
    input: { ...ref, version: 2, note: 'Pickup wins; 渡辺 approved it on the floor.' },
  });
  // Behind the dialog the screen is right at once; the question stays as it was asked.
  const told = window.locator('.outside').filter({ hasText: `${other} on` });
  await expect(told).toContainText('conformed v2 at');
  await expect(told).toContainText('Pickup wins; 渡辺 approved it on the floor.');
  await expect(note).toHaveValue('The tenth crate is the point.');
  await expect(dialog.getByText('v3')).not.toHaveCount(0);
  await dialog.getByRole('button', { name: 'Conform v4' }).click();
  await expect(screen.dialog('The batch changed while you were looking')).toContainText('conformed v2');
  await screen.dialog('The batch changed while you were looking').getByRole('button', { name: 'Keep v2' }).click();
  expect((await batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003').manifest()).active_version).toBe(2);
});

test('a batch that others change while another is open is marked until it is looked at', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.openBatch('004 INT. LIGHTHOUSE', 'INT. LIGHTHOUSE LAMP ROOM – NIGHT');
  await secondWriterDoes(workspace, other, { request: 'conformVersion', input: { ...ref, version: 2 } });
  const row = screen.batch('003 INT. FISH MARKET');
  await expect(row.getByRole('img', { name: 'Changed by others' })).toBeVisible();
  await expect(row).toContainText('v2');
  await expect(window.getByRole('contentinfo')).toContainText(`BATCH_003: ${other} on`);
  await row.click();
  await expect(row.getByRole('img', { name: 'Changed by others' })).toBeHidden();
  await expect(window.locator('.outside')).toContainText(`${other} on`);
  await screen.batch('004 INT. LIGHTHOUSE').click();
  await expect(window.locator('.outside')).toBeEmpty();
  await expect(row.getByRole('img', { name: 'Changed by others' })).toBeHidden();
});

test('new batches, episodes and projects come by themselves, and many changes are one sentence', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.ready();
  const pipeline = pipelineWrites(workspace);
  await pipeline.addBatch('BATCH_011', 'EXT. NEW PIER – DAY');
  await expect(screen.batch('011 EXT. NEW PIER – DAY')).toBeVisible({ timeout: 2_000 });
  await expect(screen.filter('All')).toContainText('21');
  await Promise.all(['BATCH_003', 'BATCH_004', 'BATCH_006'].map((batchId) => pipeline.append(batchId)));
  await expect(window.getByRole('contentinfo')).toContainText(/\d batches changed/);
  await rename(`${workspace}/harbor-lights/ep_002`, `${workspace}/harbor-lights/ep_012`);
  await expect(screen.batches.getByRole('treeitem', { name: /harbor-lights.*ep_002/ })).toHaveCount(0);
});

test('a batch that is removed while it is shown says so, and stays until the person goes on', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await expect(screen.sentence('v4 against v3:')).toBeVisible();
  await pipelineWrites(workspace).remove('BATCH_003', [
    'versions.json',
    'json',
    'v002.json',
    'v003.json',
    'v004.json',
    'decisions.jsonl',
  ]);
  await expect(window.getByRole('status').filter({ hasText: 'All files of this batch are gone' })).toBeVisible();
  await expect(screen.sentence('v4 against v3:')).toBeVisible();
  await expect(screen.batch('003 INT. FISH MARKET')).toContainText('gone');
  await expect(screen.button('Conform v4')).toBeDisabled();
  await expect(screen.filter('All')).toContainText('20');
  await screen.batch('004 INT. LIGHTHOUSE').click();
  await expect(screen.batch('003 INT. FISH MARKET')).toHaveCount(0);
  await expect(screen.filter('All')).toContainText('19');
});

test('a workspace that goes away says so and shows what it was; when it is back, so is what changed', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  // What was not read before cannot stay on the screen.
  await expect(screen.sentence('v4 against v3:')).toBeVisible();
  const away = `${workspace}-away`;
  await rename(workspace, away);
  await expect(window.getByRole('alert')).toContainText('is out of reach');
  await expect(screen.sentence('v4 against v3:')).toBeVisible();
  await expect(screen.filter('All')).toContainText('20');
  await pipelineWrites(away).movePointer('BATCH_003', 2);
  await rename(away, workspace);
  await expect(screen.facts.filter({ hasText: /^v2/ })).toBeVisible();
  await expect(window.getByRole('alert')).toHaveCount(0);
});

test('the list stays where it was scrolled to when batches come above', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  await window.setViewportSize({ width: 1440, height: 420 });
  await screen.ready();
  await screen.batches.evaluate((tree) => tree.scrollTo(0, 300));
  const place = async () => (await screen.batch('004 INT. CLIFF PATH').boundingBox())?.y;
  await expect.poll(place).toBeDefined();
  const before = await place();
  const selected = await screen.heading.textContent();
  // Sorted before every other.
  await pipelineWrites(workspace).addBatch('BATCH_000', 'EXT. FIRST – DAY');
  await expect(screen.filter('All')).toContainText('21');
  expect(await place()).toBe(before);
  await expect(screen.heading).toHaveText(selected ?? '');
});

test('looking at the folders does where the system tells of nothing', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await window.getByRole('button', { name: /^Workspace/ }).click();
  await window.getByRole('menuitemradio', { name: 'Looked for every 2 s' }).click();
  await expect(window.getByText('Looking every 2 s (as you chose)')).toBeVisible();
  await pipelineWrites(workspace).append('BATCH_003');
  await expect(screen.version(5)).toBeVisible();
  await expect(screen.sentence('v4 against v3:')).toBeVisible();
});

test('what another process renames into place is on the screen within a second, 95 times of 100', async ({
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await expect(screen.sentence('v4 against v3:')).toBeVisible();
  const pipeline = pipelineWrites(workspace);
  const times: number[] = [];
  const steps: number[] = [];
  for (let change = 0; change < 24; change += 1) {
    const version = change % 2 === 0 ? 2 : 3;
    const asked = performance.now();
    await window.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    steps.push(performance.now() - asked);
    const begun = performance.now();
    await pipeline.movePointer('BATCH_003', version);
    // Asked in the page at every frame: what counts is what a person sees.
    await window.waitForFunction(
      ([batch, text]) =>
        [...document.querySelectorAll('[role=treeitem]')].some(
          (row) => row.textContent?.startsWith(batch ?? '') === true && row.textContent.includes(`${text}`),
        ),
      ['003', `v${version}`],
      { polling: 'raf' },
    );
    times.push(performance.now() - begun);
  }
  const p95 = percentile95(times);
  const step = percentile95(steps);
  const sorted = [...times].sort((a, b) => a - b);
  console.log(
    `${times.length} changes by another process: median ${sorted[12]?.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; one step to the page alone, p95 ${step.toFixed(0)} ms.`,
  );
  // On a computer that has other work each of the handful of steps to the screen waits for its turn, as this one did.
  expect(p95).toBeLessThan(1_000 + 5 * step);
});

const percentile95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
