/** Scrolls the list from its first row to its last with the wheel, as Chromium itself makes that gesture, and traces the frames. */
import type { RunningApp } from './appProcess.ts';
import { atMost, type Figure, inMs, percentile } from './figures.ts';
import { frameCategories, readTrace } from './frames.ts';

const longestFrame = 50;
/** Pixels in a second: nearly every frame shows rows that were not there in the one before. */
const speed = 30_000;

export async function scrolling({ page, browser }: RunningApp): Promise<readonly Figure[]> {
  const tree = page.locator('#batch-tree');
  const box = await tree.boundingBox();
  if (box === null) throw new Error('The list is not on the screen.');
  const height = await tree.evaluate((list) => list.scrollHeight);
  await tree.evaluate((list) => list.scrollTo(0, 0));
  const devtools = await page.context().newCDPSession(page);
  await browser.startTracing(page, { categories: frameCategories });
  await devtools.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: -height,
    speed,
    gestureSourceType: 'mouse',
    preventFling: true,
  });
  const { frames, tasks } = readTrace(await browser.stopTracing());
  const end = await tree.evaluate((list) => list.scrollTop + list.clientHeight);
  if (end < height - 1) throw new Error(`The list of ${height} pixels was scrolled to ${end} only.`);
  const frame99 = percentile(frames, 0.99);
  return [
    {
      what: `scrolling ${height.toLocaleString('en')} pixels end to end: frames, 99th percentile`,
      measured: inMs(frame99),
      beside: `${frames.length} frames, median ${inMs(percentile(frames, 0.5))}, longest ${inMs(Math.max(...frames))}`,
      bar: atMost(frame99, longestFrame, 'ms'),
    },
    {
      what: 'the same: tasks of the page’s main thread, 99th percentile',
      measured: inMs(percentile(tasks, 0.99)),
      beside: `longest ${inMs(Math.max(...tasks))}`,
      bar: null,
    },
  ];
}
