/** `npm run bench -- watching`: of the size's figures those of changes by others alone, over the same workspace. */
import { isMadeAlready, makeWorkspace, usualFolder } from '../makeWorkspace.ts';
import { startApp, untilChecked, untilListed, whyNoApp } from './appProcess.ts';
import { printFigures } from './figures.ts';
import { outsideChanges } from './outsideChanges.ts';
import { withDataFolder } from './trialProcess.ts';

const size = { batches: 10_000, versions: 5 };

export async function measureWatching(): Promise<void> {
  const missing = whyNoApp();
  if (missing !== null) throw new Error(missing);
  const workspace = usualFolder(size);
  if (!isMadeAlready(workspace, size)) makeWorkspace(workspace, size);
  const figures = await withDataFolder(async (data) => {
    const app = await startApp(workspace, data);
    try {
      await untilListed(app.page, size.batches);
      const whileChecking = await outsideChanges(app.page, workspace);
      await untilChecked(app.page);
      const atRest = await outsideChanges(app.page, workspace);
      return [
        ...whileChecking.map((figure) => ({ ...figure, what: `${figure.what}, while the bodies are checked` })),
        ...atRest.map((figure) => ({ ...figure, what: `${figure.what}, at rest` })),
      ];
    } finally {
      await app.stop();
    }
  });
  printFigures('10,000 batches: changes by others', figures);
}
