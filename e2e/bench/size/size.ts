/** `npm run bench -- size`: a workspace of 10,000 batches of 5 versions, from its listing to its list on the screen; prints every figure beside its bar. */
import { isMadeAlready, makeWorkspace, usualFolder } from '../makeWorkspace.ts';
import { whyNoApp } from './appProcess.ts';
import { checking } from './checking.ts';
import { printFigures } from './figures.ts';
import { listing } from './listing.ts';
import { onScreen } from './onScreen.ts';

const size = { batches: 10_000, versions: 5 };

export async function measureSize(): Promise<void> {
  const missing = whyNoApp();
  if (missing !== null) throw new Error(missing);
  const workspace = usualFolder(size);
  if (!isMadeAlready(workspace, size)) makeWorkspace(workspace, size);
  printFigures('10,000 batches: the host', [
    ...(await listing(workspace, size.batches)),
    ...(await checking(workspace)),
  ]);
  printFigures('10,000 batches: on the screen', await onScreen(workspace, size.batches));
}
