/** For tests: a project with an empty scenes folder, and a data folder apart from it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './testWorkspaces.ts';

export async function makeProject(): Promise<{ scenesFolder: string; dataFolder: string; project: string }> {
  const folder = await makeFolder();
  const project = join(folder, 'workspace', 'harbor');
  const scenesFolder = join(project, 'ep_001', 'scenes');
  await mkdir(scenesFolder, { recursive: true });
  return { scenesFolder, dataFolder: join(folder, 'data'), project };
}
