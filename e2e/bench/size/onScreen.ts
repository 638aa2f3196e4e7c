/** What a person sees of 10,000 batches: the real browser host with a real Chromium, from the start to the last row. */
import { memoryOf, startApp, untilChecked, untilListed } from './appProcess.ts';
import { atMost, type Figure, inMb } from './figures.ts';
import { outsideChanges } from './outsideChanges.ts';
import { scrolling } from './scrolling.ts';
import { selecting } from './selecting.ts';
import { withDataFolder } from './trialProcess.ts';
import { typing } from './typing.ts';

const mostMemoryMb = 400;

export async function onScreen(workspace: string, batches: number): Promise<readonly Figure[]> {
  return withDataFolder(async (data) => {
    const app = await startApp(workspace, data);
    const { page } = app;
    try {
      await untilListed(page, batches);
      const whileChecking = await selecting(page, 'while the bodies are checked');
      await untilChecked(page);
      const selected = await selecting(page, 'at rest');
      const scrolled = await scrolling(app);
      const typed = await typing(page);
      const changed = await outsideChanges(page, workspace);
      // A second listing, as any page asks for that is opened.
      await page.reload();
      await untilListed(page, batches);
      return [...selected, ...whileChecking, ...scrolled, ...typed, ...changed, ...memory(memoryOf(app.host))];
    } finally {
      await app.stop();
    }
  });
}

function memory(held: ReturnType<typeof memoryOf>): readonly Figure[] {
  const what = 'memory of the host after listing, check and all this work';
  if (held === null) return [{ what, measured: 'not told by this system', beside: '', bar: null }];
  return [
    {
      what,
      measured: inMb(held.now),
      beside: `at its most ${inMb(held.most)}`,
      bar: atMost(held.now / 1_048_576, mostMemoryMb, 'MB'),
    },
  ];
}
