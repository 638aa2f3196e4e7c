/** The pipeline holds the batch's lock: the window says so, goes on when it is free, and can stop waiting. */
import { batchOnDisk } from './host/batchOnDisk.ts';
import { expect, test } from './host/fixtures.ts';
import { holdPipelineLock } from './host/pipelineLock.ts';
import { scenesScreen } from './host/scenesScreen.ts';

test('a decision waits for the pipeline and goes on as soon as the lock is free', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  const lock = await holdPipelineLock(disk.lockFile);
  try {
    await screen.button('Conform v4').click();
    await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
    await expect(window.getByText(/Locked by the pipeline/).first()).toBeVisible();
    expect((await disk.manifest()).active_version).toBe(3);
  } finally {
    await lock.release();
  }
  await expect(screen.toast('v4 is the active version.')).toBeVisible();
  await expect(window.getByText(/Locked by the pipeline/)).toHaveCount(0);
  expect((await disk.manifest()).active_version).toBe(4);
});

test('Stop waiting gives the decision up and writes nothing', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  const lock = await holdPipelineLock(disk.lockFile);
  try {
    await screen.button('Conform v4').click();
    await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
    await window.getByRole('button', { name: 'Stop waiting' }).first().click();
    await expect(window.getByText(/Locked by the pipeline/)).toHaveCount(0);
    await expect(window.getByRole('button', { name: 'Stop waiting' })).toHaveCount(0);
  } finally {
    await lock.release();
  }
  expect((await disk.manifest()).active_version).toBe(3);
  expect(await disk.ledger()).toEqual([]);
});
