/** Somebody else decides in between: what they did is shown, and the same is asked again. */
import { batchOnDisk } from './host/batchOnDisk.ts';
import { appUser, expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { secondWriterDoes } from './host/secondWriter.ts';

const ref = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' };
const other = 'Lena Fischer';

for (const choice of ['keep', 'overrule'] as const) {
  test(`a second writer conforms in between: who and what is shown, and the person can ${choice}`, async ({
    window,
    workspace,
  }) => {
    const screen = scenesScreen(window);
    const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
    await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
    await screen.button('Conform v4').click();
    const note = screen.dialog('Conform v4').getByRole('textbox', { name: /^Note/ });
    await note.fill('The tenth crate is the point.');
    await secondWriterDoes(workspace, other, {
      request: 'conformVersion',
      input: { ...ref, version: 2, note: 'Pickup wins; 渡辺 approved it on the floor.' },
    });
    await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();

    const conflict = screen.dialog('The batch changed while you were looking');
    await expect(conflict).toContainText(`${other} on`);
    await expect(conflict).toContainText('conformed v2');
    await expect(conflict).toContainText('Pickup wins; 渡辺 approved it on the floor.');
    await expect(conflict.getByRole('button', { name: 'Keep v2' })).toBeFocused();
    await expect(conflict.getByRole('textbox', { name: /^Note/ })).toHaveValue('The tenth crate is the point.');
    expect((await disk.manifest()).active_version).toBe(2);

    if (choice === 'keep') {
      await conflict.getByRole('button', { name: 'Keep v2' }).click();
      await expect(conflict).toBeHidden();
      await expect(screen.facts.filter({ hasText: /^v2/ })).toBeVisible();
      expect((await disk.ledger()).map((line) => line.by.user)).not.toContain(appUser);
      // What is shown is new now, so the next decision meets no conflict.
      await screen.button('Conform v4').click();
      await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
    } else {
      await conflict.getByRole('button', { name: 'Conform v4 over v2' }).click();
    }
    await expect(screen.toast('v4 is the active version.')).toBeVisible();
    expect((await disk.manifest()).active_version).toBe(4);
    expect((await disk.ledger()).at(-1)).toMatchObject({ action: 'conform', from: 2, to: 4, by: { user: appUser } });
    expect((await disk.ledger()).filter((line) => line.action === 'conform')).toHaveLength(2);
  });
}

test('an undo that meets somebody else’s decision asks instead of overruling it', async ({ window, workspace }) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  await screen.button('Conform v4').click();
  await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
  await expect(screen.button('Undo')).toBeVisible();
  await secondWriterDoes(workspace, other, { request: 'conformVersion', input: { ...ref, version: 2 } });
  await screen.button('Undo').click();
  const conflict = screen.dialog('The batch changed while you were looking');
  await expect(conflict).toContainText('conformed v2');
  await conflict.getByRole('button', { name: 'Keep v2' }).click();
  expect((await disk.manifest()).active_version).toBe(2);
});
