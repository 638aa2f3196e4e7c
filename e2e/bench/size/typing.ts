/** Types into the filter, and measures from each key to the frame that shows what it leaves of the list. */
import type { Page } from '@playwright/test';
import { type Figure, inMs, percentile } from './figures.ts';

const words = ['lighthouse', 'wheelhouse night', 'cafe', 'batch_07', 'mara'];

export async function typing(page: Page): Promise<readonly Figure[]> {
  const field = page.getByRole('searchbox', { name: 'Filter by title, batch or character' });
  const times: number[] = [];
  for (const word of words) {
    await field.click();
    for (const key of word) {
      const measuring = await page.evaluateHandle(untilShown);
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      times.push(await measuring.evaluate(({ time }) => time));
    }
    await field.press('Escape');
  }
  return [
    {
      what: 'a key in the filter to the list that it leaves, 95th percentile',
      measured: inMs(percentile(times, 0.95)),
      beside: `${times.length} keys, median ${inMs(percentile(times, 0.5))}, longest ${inMs(Math.max(...times))}`,
      bar: null,
    },
  ];
}

/** In the page: milliseconds from the next key to the end of the frame that follows its input. */
function untilShown(): { readonly time: Promise<number> } {
  const time = new Promise<number>((resolve) => {
    const onInput = (event: Event): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    };
    addEventListener('input', onInput, { capture: true, once: true });
  });
  return { time };
}
