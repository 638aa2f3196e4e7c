/** For tests: a session that watches its workspace, and what it told of changes by others. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Notice, OutsideChange } from '../../../shared/contract.ts';
import { batchKey } from '../../../shared/ids.ts';
import type { Watching } from '../../../shared/watching.ts';
import type { WatchOptions } from '../workspace/openedWorkspace.ts';
import { WorkspaceSession } from '../workspace/workspaceSession.ts';
import { makeFolder } from './testWorkspaces.ts';

/** More than the second that the screen may take, so that a slow computer turns no test red; figures are the benchmark's. */
const patience = { timeout: 5_000, interval: 5 };

export async function openWatched(workspace: string, watch: Partial<WatchOptions> = {}) {
  const dataFolder = await makeFolder();
  const notices: Notice[] = [];
  const session = new WorkspaceSession({
    dataFolder,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    notify: (notice) => notices.push(notice),
    watch: { setting: () => 'events', ...watch },
  });
  onTestFinished(() => session.close());
  const { batches } = await session.open(workspace);
  const changes = (): readonly OutsideChange[] =>
    notices.flatMap((notice) => (notice.notice === 'batchesChanged' ? notice.value.changes : []));
  return {
    session,
    notices,
    batches,
    changes,
    /** As `project/ep_NNN/BATCH_NNN`. */
    changedKeys: () => changes().map(({ batch }) => batchKey(batch)),
    /** The first change of that batch that fits. */
    changeOf: (key: string, fits: (change: OutsideChange) => boolean = () => true): Promise<OutsideChange> =>
      vi.waitFor(() => {
        const found = changes().find((change) => batchKey(change.batch) === key && fits(change));
        if (found === undefined) throw new Error(`${key} was not told of; told: ${JSON.stringify(changes())}`);
        return found;
      }, patience),
    /** Until the bodies of all batches were read in the background. */
    checked: () =>
      vi.waitFor(() => {
        const isDone = notices.some(
          (each) => each.notice === 'batchesChecked' && each.value.checked === each.value.total,
        );
        if (!isDone) throw new Error('The check goes on.');
      }, 20_000),
    watching: (kind: Watching['kind']): Promise<Watching> =>
      vi.waitFor(() => {
        if (session.watching.kind !== kind) throw new Error(`It is ${JSON.stringify(session.watching)}`);
        return session.watching;
      }, patience),
  };
}

/** Polls and glances often enough for a test. */
export const quickTimes = { pollMs: 50, glanceMs: 100, thoroughEvery: 2, retryEvery: 4 };

/** As the pipeline writes it: whole, and renamed into place. */
export async function movePointer(workspace: string, version: number): Promise<void> {
  const path = join(workspace, 'harbor-lights/ep_001/scenes/ep_001_BATCH_003.versions.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(`${path}.new`, JSON.stringify({ ...manifest, active_version: version }));
  await rename(`${path}.new`, path);
}

/** A batch of one flat body; makes its folder. `scenes` is of episode 1 unless it names episode 7. */
export async function writeFlat(scenes: string, batchId: string, title: string): Promise<void> {
  const name = scenes.includes('ep_007') ? `ep_007_${batchId}.json` : `ep_001_${batchId}.json`;
  await mkdir(scenes, { recursive: true });
  await writeFile(join(scenes, name), JSON.stringify({ schema_version: 1, scene_id: batchId, title, beats: [] }));
}
