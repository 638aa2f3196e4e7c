/** Comparing: the sentence, what happened to each beat, words inside fields, baselines, flip, and any two versions. */
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';

test.use({ projects: ['night-ferry', 'salt-road'] });

const carDeck = ['001 EXT. CAR DECK', 'EXT. CAR DECK – DUSK'] as const;

test('a sentence says what changed and what it costs downstream', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch(...carDeck);
  await expect(
    screen.sentence('v5 against v3: 1 added, 1 removed, 3 edited, 1 moved, 1 retimed; 41.9 s → 44.4 s.'),
  ).toBeVisible();
  await expect(
    screen.sentence('6 of 11 shots are as in v3, whose boards are derived; 5 need new boards.'),
  ).toBeVisible();
});

test('each beat says in words what happened to it', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch(...carDeck);
  const row = (words: RegExp) => screen.beats.getByRole('row', { name: words });
  await expect(row(/^edited/)).toHaveCount(3);
  await expect(row(/^added.*not in v3.*Inside the trailer somebody is humming/)).toBeVisible();
  await expect(row(/^removed.*The bosun chalks a cross.*not in v5/)).toBeVisible();
  await expect(row(/^moved.*10 → 8/)).toBeVisible();
  await expect(row(/^retimed.*\+1\.50/)).toBeVisible();
  await expect(row(/^shifted/).first()).toBeVisible();
  await expect(row(/^same/).first()).toBeVisible();
});

test('a beat opens into its fields, with the changed words struck and underlined', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch(...carDeck);
  await screen.beats.getByRole('row', { name: /^edited.*Solveig walks/ }).click();
  const field = (name: RegExp) => screen.beats.getByRole('row', { name });
  const summary = field(/^summary/);
  await expect(summary.getByRole('deletion').filter({ hasText: 'under her breath' })).toBeVisible();
  await expect(summary.getByRole('insertion').filter({ hasText: 'aloud' })).toBeVisible();
  await expect(summary).toContainText('Solveig walks the rows of parked lorries and counts');
  await expect(
    field(/^dialogue\[0\]\.line/)
      .getByRole('insertion')
      .filter({ hasText: 'twelve' }),
  ).toBeVisible();
  await expect(field(/^camera\.lens_mm/)).toContainText('32');
  await expect(field(/^camera\.lens_mm/)).toContainText('40');
  await expect(field(/^raw\.source_text_hash/)).toBeVisible();
});

test('one key each compares with the active version, the parent and the last approved one', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch('004 INT. BRIDGE', 'INT. BRIDGE – NIGHT');
  await expect(screen.sentence('v5 against v3:')).toBeVisible();
  await window.keyboard.press('3');
  await expect(screen.sentence('v5 against v4:')).toBeVisible();
  await expect(screen.button(/last approved v4/)).toHaveAttribute('aria-pressed', 'true');
  await window.keyboard.press('1');
  await expect(screen.sentence('v5 against v3:')).toBeVisible();
  await screen.version(2).click();
  await window.keyboard.press('2');
  await expect(screen.sentence('v2 against v1:')).toBeVisible();
});

test('flip exchanges the two sides', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch(...carDeck);
  await expect(screen.sentence('v5 against v3:')).toBeVisible();
  await window.keyboard.press('f');
  await expect(
    screen.sentence('v3 against v5: 1 added, 1 removed, 3 edited, 1 moved, 1 retimed; 44.4 s → 41.9 s.'),
  ).toBeVisible();
  await screen.button(/^Flip/).click();
  await expect(screen.sentence('v5 against v3:')).toBeVisible();
});

test('any two versions can be chosen, by mouse and by key', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch(...carDeck);
  await screen.version(4).click();
  await screen.version(1).click({ modifiers: ['Shift'] });
  await expect(screen.sentence('v4 against v1:')).toBeVisible();
  await screen.version(2).click();
  await window.keyboard.press('Shift+Enter');
  await screen.version(5).click();
  await expect(screen.sentence('v5 against v2:')).toBeVisible();
});

test('a scene of sixty beats is walked from change to change by key', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch('007 INT. ENGINE ROOM', 'INT. ENGINE ROOM – NIGHT');
  await expect(screen.sentence('v4 against v3: 3 added, 2 removed')).toBeVisible();
  await window.keyboard.press('n');
  await expect(
    screen.beats.getByRole('row', { name: /^(edited|added|removed|moved|retimed)/ }).and(window.locator(':focus')),
  ).toBeVisible();
  await window.keyboard.press('End');
  await expect(screen.beats.getByRole('row', { name: /She puts it in her breast pocket/ })).toBeVisible();
});

test('text of any script is drawn in its own direction', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.openBatch('002 INT. TRUCK CAB', 'INT. TRUCK CAB – DAY');
  await screen.beats.getByRole('row', { name: /^edited.*Aminata reads the map/ }).click();
  const line = window.getByText('الطريق يعرفنا يا بنتي،').first();
  await expect(line).toBeVisible();
  expect(await line.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
});
