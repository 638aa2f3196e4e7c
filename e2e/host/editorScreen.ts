/** The editor as a person finds it: by roles, names and words, never by classes. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface EditorScreen {
  readonly page: Page;
  readonly heading: Locator;
  readonly outline: Locator;
  readonly json: Locator;
  /** "draft kept at …". */
  readonly kept: Locator;
  /** By the beat's id. */
  beat(id: string): Locator;
  /** The ids of the beats, in their order. */
  order(): Promise<readonly string[]>;
  field(label: string): Locator;
  button(name: string | RegExp): Locator;
  /** The sentence of the live comparison. */
  sentence(start: string | RegExp): Locator;
  dialog(name: string | RegExp): Locator;
  /** Holds the row, moves it over another one's upper or lower half, and lets go. */
  drag(id: string, to: string, half: 'upper' | 'lower'): Promise<void>;
  isKept(): Promise<void>;
}

export function editorScreen(page: Page): EditorScreen {
  const outline = page.getByRole('listbox', { name: 'Scene and beats, in order' });
  const form = page.getByRole('region', { name: /^(?:Beat |Scene)/ });
  const beat = (id: string) => outline.getByRole('option', { name: new RegExp(`^\\d+ ?${id}\\b`) });
  const kept = page.getByText(/^draft\s*kept at/);
  return {
    page,
    outline,
    kept,
    heading: page.getByRole('heading', { level: 1 }),
    json: page.getByRole('region', { name: 'Live comparison and JSON' }),
    beat,
    order: async () => {
      const rows = await outline.getByRole('option').allInnerTexts();
      return rows.flatMap((row) => /\bB\d{3}\b/.exec(row)?.[0] ?? []);
    },
    field: (label) => form.getByLabel(label, { exact: true }),
    button: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }),
    sentence: (start) => page.getByRole('region', { name: 'Live comparison and JSON' }).getByText(start).first(),
    dialog: (name) => page.getByRole('dialog', { name, exact: typeof name === 'string' }),
    drag: async (id, to, half) => {
      const from = await beat(id).boundingBox();
      const target = await beat(to).boundingBox();
      if (!from || !target) throw new Error(`${id} or ${to} is not on the screen.`);
      const y = target.y + target.height * (half === 'upper' ? 0.25 : 0.75);
      await page.mouse.move(from.x + 60, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(from.x + 64, from.y + from.height / 2 + 10, { steps: 4 });
      await page.mouse.move(target.x + 64, y, { steps: 8 });
      await page.mouse.up();
    },
    isKept: () => expect(kept).toBeVisible(),
  };
}
