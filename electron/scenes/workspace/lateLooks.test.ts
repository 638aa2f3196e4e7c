import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { batchKey } from '../../../shared/ids.ts';
import { BodyCache } from '../reading/bodyCache.ts';
import { copyWorkspaces, makeFolder, refOf } from '../testing/testWorkspaces.ts';
import { BatchList } from './batchList.ts';
import { locateBatch, openWorkspaceFolder } from './workspace.ts';

const opened: BatchList[] = [];

afterEach(async () => {
  for (const list of opened.splice(0)) await list.close();
});

async function openList(workspace: string) {
  const folder = await openWorkspaceFolder(workspace);
  const list = new BatchList(folder, new BodyCache(), {
    dataFolder: await makeFolder(),
    onListed: () => undefined,
    onChecked: () => undefined,
    warn: () => undefined,
  });
  opened.push(list);
  return { folder, list };
}

test('a look at a batch that was located earlier takes nothing back of a listing that came in between', async () => {
  const workspace = await copyWorkspaces();
  const { folder, list } = await openList(workspace);
  await list.read();
  const ref = refOf('harbor-lights', 1, 'BATCH_004');
  const begun = list.beginLook();
  const located = await locateBatch(folder, ref);
  await writeFile(join(located.scenesFolder, 'ep_001_BATCH_004.v017.json'), '{}');
  await list.read();
  list.told(ref);
  await list.look(located, begun);
  // What is known is of the newest listing, so that nothing is found to differ from it.
  const { changed } = await list.differences(
    { project: ref.project, episode: 1, scenesFolder: located.scenesFolder },
    { withBodies: false },
  );
  expect(changed.map((one) => batchKey(one.ref))).not.toContain('harbor-lights/ep_001/BATCH_004');
});
