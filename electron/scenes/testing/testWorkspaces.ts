/** For tests: copies of the tests' workspaces, and a session over one that collects its notices. */
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Notice } from '../../../shared/contract.ts';
import { type BatchRef, isProjectName, parseBatchId } from '../../../shared/ids.ts';
import { WorkspaceSession } from '../workspace/workspaceSession.ts';

const fixtures = join(import.meta.dirname, '../../../e2e/fixtures/workspaces');

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'picture-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the tests' workspaces. One body of the damaged one is a link that leads out, which a checkout may hold as plain text. */
export async function copyWorkspaces(): Promise<string> {
  const folder = join(await makeFolder(), 'workspaces');
  await cp(fixtures, folder, { recursive: true });
  const link = join(folder, 'damaged/ep_001/scenes/ep_001_BATCH_017.v002.json');
  await rm(link);
  await symlink('../../../outside.json', link);
  return folder;
}

export async function openSession(workspace: string, onNotice: (notice: Notice) => void = () => undefined) {
  const dataFolder = await makeFolder();
  const notices: Notice[] = [];
  const session = new WorkspaceSession({
    dataFolder,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    notify: (notice) => {
      notices.push(notice);
      onNotice(notice);
    },
  });
  onTestFinished(() => session.close());
  const opened = await session.open(workspace);
  return { session, notices, dataFolder, ...opened };
}

export function refOf(project: string, episode: number, batchId: string): BatchRef {
  if (!isProjectName(project)) throw new Error(`${project} is no project's name`);
  return { project, episode, batchId: parseBatchId(batchId) };
}

/** Every file's path and bytes, to tell that nothing was written. */
export async function snapshot(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found.set(path, entry.isFile() ? (await readFile(path)).toString('base64') : 'no file');
  }
  return found;
}
