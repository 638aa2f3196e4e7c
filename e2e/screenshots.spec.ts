/** Pictures to look at beside the drawn ones: the screens and their dialogs, in both themes and at both sizes. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { editorScreen } from './host/editorScreen.ts';
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { projectRoot } from './host/temporaryFolders.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

const shooting =
  (window: Page, theme: string, { width, height }: (typeof sizes)[number]) =>
  (name: string) =>
    window.screenshot({
      path: path.join(projectRoot, `test-results/shots/${name}-${theme}-${width}x${height}.png`),
      animations: 'disabled',
    });

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    test.describe(`${theme} at ${size.width} × ${size.height}`, { tag: '@chromium' }, () => {
      test.use({ projects: null, colorScheme: theme, viewport: { ...size } });

      test('screen, conform, keys and palette are drawn', async ({ window }) => {
        const screen = scenesScreen(window);
        const shoot = shooting(window, theme, size);
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

      test('editor, its question, the Problems screen and a decision on many are drawn', async ({ window }) => {
        const screen = scenesScreen(window);
        const shoot = shooting(window, theme, size);
        await screen.ready();
        await expect(screen.sentence('v5 against v3:')).toBeVisible();
        await window.keyboard.press('e');
        const editor = editorScreen(window);
        // Narrow windows show no beat ids.
        await editor.outline.getByRole('option', { name: /The ramp lifts/ }).click();
        await editor.field('Summary').fill('The ramp lifts; nobody on the quay waves.');
        await editor.isKept();
        await shoot('editor');
        await screen.button('Write candidate v6').click();
        await expect(screen.dialog('Write candidate v6')).toBeVisible();
        await shoot('write');
        await window.keyboard.press('Escape');
        await screen.button('Back to BATCH_001').click();
        await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Problems' }).click();
        await expect(window.getByText('v2 was changed after it was written').first()).toBeVisible();
        await shoot('problems');
        await window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Scenes' }).click();
        await screen.batches.getByRole('treeitem', { level: 2 }).first().focus();
        await window.keyboard.press('Control+a');
        await screen.button('Conform newest candidates…').click();
        await expect(window.getByRole('dialog', { name: /^Conform \d+ batches/ })).toBeVisible();
        await shoot('bulk');
      });
    });
  }
}
