/** The Scenes screen as a person finds it: by roles, names and words, never by classes. */
import { expect, type Locator, type Page } from '@playwright/test';

type FilterName = 'All' | 'Needs review' | 'Gate closed' | 'Problems';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export interface ScenesScreen {
  readonly page: Page;
  readonly heading: Locator;
  readonly filterField: Locator;
  readonly batches: Locator;
  readonly versions: Locator;
  readonly beats: Locator;
  readonly facts: Locator;
  /** The row of the tree that starts with these words: `003 INT. FISH MARKET`. */
  batch(start: string): Locator;
  filter(name: FilterName): Locator;
  version(version: number): Locator;
  button(name: string | RegExp): Locator;
  dialog(name: string | RegExp): Locator;
  /** The sentence of the comparison. */
  sentence(start: string): Locator;
  toast(words: string | RegExp): Locator;
  openBatch(start: string, title: string): Promise<void>;
  /** Whatever this window shows first is there. */
  ready(): Promise<void>;
}

export function scenesScreen(page: Page): ScenesScreen {
  const batches = page.getByRole('tree', { name: 'Projects, episodes and batches' });
  const versions = page.getByRole('listbox', { name: 'Versions, newest first' });
  const heading = page.getByRole('heading', { level: 1 });
  return {
    page,
    heading,
    batches,
    versions,
    filterField: page.getByRole('searchbox', { name: 'Filter by title, batch or character' }),
    beats: page.getByRole('treegrid', { name: 'Beats side by side' }),
    facts: page.getByRole('definition'),
    batch: (start) => batches.getByRole('treeitem', { name: new RegExp(`^${escaped(start)}`) }),
    filter: (name) =>
      page.getByRole('listbox', { name: 'Filter' }).getByRole('option', { name: new RegExp(`^${name}`) }),
    version: (version) => versions.getByRole('option', { name: new RegExp(`^v${version}\\b`) }),
    button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    dialog: (name) => page.getByRole('dialog', { name, exact: typeof name === 'string' }),
    sentence: (start) => page.getByRole('region', { name: 'Comparison' }).getByText(start).first(),
    toast: (words) => page.getByRole('region', { name: 'Messages' }).getByText(words),
    openBatch: async (start, title) => {
      await batches
        .getByRole('treeitem', { name: new RegExp(`^${escaped(start)}`) })
        .first()
        .click();
      await expect(heading).toHaveText(title);
    },
    ready: async () => {
      await expect(batches.getByRole('treeitem').first()).toBeVisible();
      await expect(versions.getByRole('option').first()).toBeVisible();
    },
  };
}
