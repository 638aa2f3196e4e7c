/** Pictures to look at beside the drawn ones: the screen and its dialogs, in both themes and at both sizes. */
import path from 'node:path';
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { projectRoot } from './host/temporaryFolders.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    test.describe(`${theme} at ${size.width} × ${size.height}`, { tag: '@chromium' }, () => {
      test.use({ projects: null, colorScheme: theme, viewport: { ...size } });

      test('screen, conform, keys and palette are drawn', async ({ window }) => {
        const screen = scenesScreen(window);
        const shoot = (name: string) =>
          window.screenshot({
            path: path.join(projectRoot, `test-results/shots/${name}-${theme}-${size.width}x${size.height}.png`),
            animations: 'disabled',
          });
        await screen.ready();
        await expect(screen.sentence('v5 against v3:')).toBeVisible();
        await screen.beats
          .getByRole('row', { name: /^edited/ })
          .first()
          .click();
        await shoot('scenes');
        await screen.button('Conform v5').click();
        await expect(screen.dialog('Conform v5')).toBeVisible();
        await shoot('conform');
        await window.keyboard.press('Escape');
        await window.keyboard.press('?');
        await expect(screen.dialog('Keys')).toBeVisible();
        await shoot('keys');
        await window.keyboard.press('Escape');
        await window.keyboard.press('Control+k');
        await expect(window.getByRole('dialog', { name: 'Commands' })).toBeVisible();
        await shoot('palette');
        await window.keyboard.press('Escape');
        await screen.filter('Problems').click();
        await screen.batches.getByRole('treeitem', { level: 2 }).last().click();
        await expect(window.getByText('v2 was changed after it was written').first()).toBeVisible();
        await shoot('problem');
      });
    });
  }
}
