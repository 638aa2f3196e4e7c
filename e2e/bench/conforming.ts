/** A durable conform, locks, ledger and all, against the barest durable write of the same manifest. */
import { cp, mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { SceneVersionStore } from '../../electron/scenes/store/sceneVersionStore.ts';
import { parseBatchId } from '../../shared/ids.ts';
import { type Measured, measure } from './measure.ts';

/** `npm run` starts at the project's folder. Not the system's temp folder: that may be memory, where fsync costs nothing. */
const fixture = path.resolve('e2e/fixtures/workspaces/harbor-lights/ep_001/scenes');
const workFolder = path.resolve('node_modules/.cache');

async function writeBarely(folder: string, bytes: Uint8Array): Promise<void> {
  const temp = path.join(folder, '.bare.tmp');
  const file = await open(temp, 'wx');
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rename(temp, path.join(folder, 'bare.json'));
  const opened = await open(folder);
  await opened.sync();
  await opened.close();
}

export async function conforming(): Promise<readonly Measured[]> {
  await mkdir(workFolder, { recursive: true });
  const folder = await mkdtemp(path.join(workFolder, 'bench-scenes-'));
  try {
    const scenesFolder = path.join(folder, 'scenes');
    const bareFolder = path.join(folder, 'bare');
    await cp(fixture, scenesFolder, { recursive: true });
    await mkdir(bareFolder);
    const store = new SceneVersionStore({
      scenesFolder,
      episode: 1,
      author: () => ({ user: 'bench', host: 'bench' }),
      dataFolder: path.join(folder, 'data'),
    });
    const batch = parseBatchId('BATCH_003');
    // Both approved first, so that each conform that is measured writes the same bytes but for the pointer.
    await store.conform(batch, 4);
    await store.conform(batch, 3);
    const bytes = await readFile(path.join(scenesFolder, 'ep_001_BATCH_003.versions.json'));
    let version = 3;
    const row = await measure({
      what: 'durable conform',
      yardstick: 'write + fsync + rename + fsync of the folder',
      ours: () => {
        version = version === 3 ? 4 : 3;
        return store.conform(batch, version);
      },
      theirs: () => writeBarely(bareFolder, bytes),
      pairs: 201,
      warmUps: 20,
      bar: { atMost: 4 },
    });
    await store.closing();
    return [row];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
