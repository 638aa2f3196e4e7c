/** The Problems screen as a person finds it: by roles, names and words, never by classes. */
import type { Locator, Page } from '@playwright/test';

export interface ProblemsScreen {
  readonly feed: Locator;
  /** Of the batch, wherever in the feed it stands; scrolls there by the keyboard. */
  batch(batchId: string): Promise<Locator>;
  open(): Promise<void>;
}

export function problemsScreen(page: Page): ProblemsScreen {
  const feed = page.getByRole('feed', { name: 'Batches with problems' });
  return {
    feed,
    open: async () => {
      await page
        .getByRole('navigation', { name: 'Screens' })
        .getByRole('button', { name: /^Problems/ })
        .click();
      await feed.waitFor();
    },
    batch: async (batchId) => {
      const article = feed.getByRole('article', { name: new RegExp(`${batchId}$`) });
      await feed.getByRole('article').first().waitFor();
      await feed.focus();
      await page.keyboard.press('Home');
      for (let steps = 0; steps < 100 && (await article.count()) === 0; steps += 1) {
        await page.keyboard.press('PageDown');
      }
      await article.scrollIntoViewIfNeeded();
      return article;
    },
  };
}
