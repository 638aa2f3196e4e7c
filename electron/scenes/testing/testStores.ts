/** For tests: a project with an empty scenes folder, a data folder apart from it, and a store over both. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { parseBatchId } from '../../../shared/ids.ts';
import { batchFiles } from '../sceneFiles.ts';
import { SceneVersionStore } from '../store/sceneVersionStore.ts';
import type { StoreOptions } from '../store/storeOptions.ts';
import { makeFolder } from './testWorkspaces.ts';

export async function makeProject(): Promise<{ scenesFolder: string; dataFolder: string; project: string }> {
  const folder = await makeFolder();
  const project = join(folder, 'workspace', 'harbor');
  const scenesFolder = join(project, 'ep_001', 'scenes');
  await mkdir(scenesFolder, { recursive: true });
  return { scenesFolder, dataFolder: join(folder, 'data'), project };
}

/** A store over that folder, as the app makes one. */
export async function makeStore(options: Partial<StoreOptions> = {}) {
  const place = await makeProject();
  const author = () => ({ user: 'anna', host: 'ws-12' });
  const store = new SceneVersionStore({ ...place, episode: 1, author, ...options });
  return {
    ...place,
    author,
    store,
    files: batchFiles(options.scenesFolder ?? place.scenesFolder, options.episode ?? 1, testBatch),
  };
}

export const testBatch = parseBatchId('BATCH_001');

export async function failureOf(work: Promise<unknown>): Promise<FailureError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof FailureError) return error;
  throw new Error(`no failure but ${String(error)}`);
}
