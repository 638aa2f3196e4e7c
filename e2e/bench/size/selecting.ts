/** Selects batches all over the list by a click, and measures from the click to the frame that shows the batch's history. */
import type { Page } from '@playwright/test';
import { atMost, type Figure, inMs, percentile } from './figures.ts';

const selections = 60;
const longestSelection = 100;

export async function selecting(page: Page, when: string): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < selections; round += 1) {
    const row = await showSomeRow(page, (round * 0.618) % 1);
    // Listening before the click is sent: the two take different ways to the page.
    const measuring = await page.evaluateHandle(untilHistory, row.where);
    await page.mouse.click(row.x, row.y);
    times.push(await measuring.evaluate(({ time }) => time));
  }
  const time95 = percentile(times, 0.95);
  return [
    {
      what: `selecting a batch to its history on the screen, ${when}, 95th percentile`,
      measured: inMs(time95),
      beside: `${times.length} batches, median ${inMs(percentile(times, 0.5))}, longest ${inMs(Math.max(...times))}`,
      bar: atMost(time95, longestSelection, 'ms'),
    },
  ];
}

interface ShownRow {
  /** As the batch's head says it: `ep_001 / BATCH_003`. */
  readonly where: string;
  readonly x: number;
  readonly y: number;
}

/** Scrolls to a part of the list, and says where a batch stands there that is not selected. */
async function showSomeRow(page: Page, share: number): Promise<ShownRow> {
  const tree = page.locator('#batch-tree');
  await tree.evaluate((list, part) => list.scrollTo(0, Math.round(list.scrollHeight * part)), share);
  // Two frames: one in which the list notices, one that shows the rows.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const row = await page.waitForFunction(rowInTheMiddle);
  const found = await row.jsonValue();
  if (found === null) throw new Error('No row of a batch is on the screen.');
  return found;
}

/** In the page; null until the list shows what it was scrolled to. */
function rowInTheMiddle(): ShownRow | null {
  const box = document.querySelector('#batch-tree')?.getBoundingClientRect();
  const rows = [...document.querySelectorAll<HTMLElement>('#batch-tree [role="treeitem"]')];
  const group = rows.find((row) => row.getAttribute('aria-level') === '1');
  const middle = box === undefined ? 0 : box.top + box.height / 2;
  const row = rows
    .filter((each) => each.getAttribute('aria-level') === '2' && each.getAttribute('aria-current') !== 'true')
    .find((each) => each.getBoundingClientRect().top > middle);
  const episode = /ep_\d+$/.exec(group?.querySelector('span.faint')?.textContent ?? '')?.[0];
  const batch = /\((BATCH_\d+)\)$/.exec(row?.title ?? '')?.[1];
  if (!row || !episode || !batch || !box) return null;
  const place = row.getBoundingClientRect();
  if (place.bottom > box.bottom) return null;
  return { where: `${episode} / ${batch}`, x: place.left + place.width / 2, y: place.top + place.height / 2 };
}

/** In the page: milliseconds from the next press to the frame after which the history is that of the batch. */
function untilHistory(where: string): { readonly time: Promise<number> } {
  const time = new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error(`${where} was not shown within 30 s of the click.`)), 30_000);
    const isThere = (): boolean =>
      document.querySelector('.batch__where')?.textContent?.startsWith(where) === true &&
      document.querySelector('#version-list [role="option"]') !== null;
    const onPress = (event: Event): void => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          // Runs once the frame that was asked for has been made.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - event.timeStamp);
          port2.postMessage(null);
        });
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    };
    addEventListener('pointerdown', onPress, { capture: true, once: true });
  });
  return { time };
}
