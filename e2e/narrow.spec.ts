/** At 200 % zoom, or in a narrow window, the panes become tabs and the job can still be done. */
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { expectNoViolation } from './host/violations.ts';

test.describe('at 720 × 450', { tag: '@chromium' }, () => {
  test.use({ viewport: { width: 720, height: 450 } });

  test('the panes are tabs, and a batch is found, compared and conformed', async ({ window }) => {
    const screen = scenesScreen(window);
    const tab = (name: string) =>
      window.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name, exact: true });
    await tab('Batches').click();
    await expect(screen.batches).toBeVisible();
    await expectNoViolation(window, 'the tab of batches');
    await screen.filterField.fill('batch_003 ep_001');
    await screen.batch('003 INT. FISH MARKET').click();
    await tab('Versions').click();
    await expect(screen.version(4)).toBeVisible();
    await expectNoViolation(window, 'the tab of versions');
    await tab('Comparison').click();
    await expect(screen.sentence('v4 against v3: 1 edited')).toBeVisible();
    await expectNoViolation(window, 'the tab of the comparison');
    await screen.button('Conform v4').click();
    await expectNoViolation(window, 'the conform dialog');
    await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
    await expect(screen.toast('v4 is the active version.')).toBeVisible();
    // Nothing is wider than the window.
    expect(await window.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
  });
});
