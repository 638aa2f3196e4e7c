/** Opening a workspace: what is in it, how it is filtered, and that a damaged batch hides no other. */
import { expect, test } from './host/fixtures.ts';
import { scenesScreen } from './host/scenesScreen.ts';

test('opening a folder shows projects, episodes and batches, with what waits in each', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  await expect(screen.batches.getByRole('treeitem', { name: /harbor-lights.*ep_001.*10/ })).toBeVisible();
  await expect(screen.batches.getByRole('treeitem', { name: /harbor-lights.*ep_002.*10/ })).toBeVisible();
  const row = screen.batch('003 INT. FISH MARKET – DAWN');
  await expect(row).toContainText('v3');
  await expect(row).toContainText('v4');
  await expect(screen.filter('All')).toContainText('20');
  await expect(screen.filter('Needs review')).toContainText('8');
  await expect(screen.filter('Gate closed')).toContainText('4');
  await expect(screen.filter('Problems')).toContainText('0');
});

test('the first batch that waits for a review is open at once, its newest candidate against the active version', async ({
  window,
}) => {
  const screen = scenesScreen(window);
  await expect(screen.heading).toHaveText('INT. BREAKWATER – DAWN');
  await expect(screen.sentence('v2 against v1:')).toBeVisible();
  await expect(screen.button('Conform v2')).toBeEnabled();
});

test('text filters by title, by batch and by character, without accents, and Escape shows all again', async ({
  window,
}) => {
  const screen = scenesScreen(window);
  await screen.ready();
  const rows = screen.batches.getByRole('treeitem', { level: 2 });

  await screen.filterField.fill('cafe angstrom');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('INT. CAFÉ ÅNGSTRÖM');

  await screen.filterField.fill('batch_003 ep_001');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('INT. FISH MARKET – DAWN');

  // Characters are known once the bodies have been read in the background.
  await screen.filterField.fill('渡辺 lighthouse ep_001');
  await expect(rows.first()).toContainText('INT. LIGHTHOUSE LAMP ROOM – NIGHT');

  await screen.filterField.fill('no such scene');
  await expect(window.getByText('20 batches are hidden by “no such scene”.')).toBeVisible();
  await screen.filterField.press('Escape');
  await expect(screen.filterField).toHaveValue('');
  await expect(rows.first()).toBeVisible();
});

test('each filter shows the batches that it counts', async ({ window }) => {
  const screen = scenesScreen(window);
  await screen.ready();
  const rows = screen.batches.getByRole('treeitem', { level: 2 });

  await screen.filter('Needs review').click();
  await expect(rows).toHaveCount(8);
  await expect(screen.batch('002 INT. FISH MARKET')).toHaveCount(0);

  await screen.filter('Gate closed').click();
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText('002');

  await screen.filter('Problems').click();
  await expect(window.getByText('No batch has a problem')).toBeVisible();
  await screen.button('Show all batches').click();
  await expect(screen.filter('All')).toHaveAttribute('aria-selected', 'true');
});

test.describe('with damaged batches among sound ones', () => {
  test.use({ projects: ['damaged', 'harbor-lights'] });

  test('what is wrong is said beside each, and the others can be worked with', async ({ window }) => {
    const screen = scenesScreen(window);
    await screen.ready();
    await expect(screen.filter('All')).toContainText('40');

    await screen.filterField.fill('damaged batch_001');
    await screen.batches.getByRole('treeitem', { level: 2 }).click();
    await expect(window.getByText('The manifest cannot be read', { exact: true })).toBeVisible();
    await expect(window.getByText('Nothing in this batch can be written until its manifest is sound.')).toBeVisible();
    await expect(screen.version(1)).toBeVisible();
    await expect(screen.button(/^Conform v/)).toBeDisabled();

    await screen.filterField.fill('damaged batch_004');
    await screen.batches.getByRole('treeitem', { level: 2 }).click();
    await expect(window.getByText('The body of v2 is missing')).toBeVisible();

    await screen.filterField.fill('harbor-lights batch_003 ep_001');
    await screen.batches.getByRole('treeitem', { level: 2 }).click();
    await expect(screen.sentence('v4 against v3: 1 edited')).toBeVisible();
    await screen.button('Conform v4').click();
    await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
    await expect(screen.toast('v4 is the active version.')).toBeVisible();
  });

  test('the problems filter shows the damaged ones only', async ({ window }) => {
    const screen = scenesScreen(window);
    await screen.ready();
    await screen.filter('Problems').click();
    await expect(screen.batches.getByRole('treeitem', { name: /harbor-lights/ })).toHaveCount(0);
    await expect(screen.batches.getByRole('treeitem', { level: 2 }).first()).toBeVisible();
  });
});
