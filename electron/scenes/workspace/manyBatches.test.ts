import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { BatchRow, Notice } from '../../../shared/contract.ts';
import { batchKey } from '../../../shared/ids.ts';
import { chooseReadingWorker } from '../reading/readingThreads.ts';
import { buildReadingWorker } from '../testing/testReadingWorker.ts';
import { makeFolder, openSession } from '../testing/testWorkspaces.ts';
import { WorkspaceSession } from './workspaceSession.ts';

beforeAll(async () => chooseReadingWorker(await buildReadingWorker()), 60_000);

const idOf = (number: number): string => `BATCH_${String(number).padStart(3, '0')}`;

/** More than are read without threads: two episodes of 150, one body of each with a character. */
async function makeMany(): Promise<string> {
  const workspace = await makeFolder();
  for (const episode of ['ep_001', 'ep_002']) {
    const scenes = join(workspace, 'film', episode, 'scenes');
    await mkdir(scenes, { recursive: true });
    for (let number = 1; number <= 150; number += 1) {
      const scene = {
        schema_version: 1,
        scene_id: idOf(number),
        title: `Scene ${number}`,
        beats: [{ beat_id: 'B1', shot: { shot_id: 'S1', duration_s: 2, characters: ['INES'] } }],
      };
      await writeFile(join(scenes, `${episode}_${idOf(number)}.json`), JSON.stringify(scene));
    }
  }
  return workspace;
}

const checkedIn = (notices: readonly Notice[]): readonly BatchRow[] =>
  notices.flatMap((notice) => (notice.notice === 'batchesChecked' ? notice.value.batches : []));

test('many batches are listed in order and checked whole, as few are', async () => {
  const { batches, notices } = await openSession(await makeMany());
  expect(batches.map(batchKey)).toEqual(
    [1, 2].flatMap((episode) => Array.from({ length: 150 }, (_, index) => `film/ep_00${episode}/${idOf(index + 1)}`)),
  );
  expect(batches.every(({ title }, index) => title === `Scene ${(index % 150) + 1}`)).toBe(true);
  await vi.waitFor(() => expect(checkedIn(notices).length).toBeGreaterThanOrEqual(300), 10_000);
  const rows = checkedIn(notices);
  expect(rows.every(({ checked, characters }) => checked && characters[0] === 'INES')).toBe(true);
  expect(new Set(rows.map(batchKey)).size).toBe(300);
});

test('what a check found is kept a file for each episode, and a torn one is read anew', async () => {
  const workspace = await makeMany();
  const { session, notices, dataFolder } = await openSession(workspace);
  await vi.waitFor(() => expect(checkedIn(notices).length).toBeGreaterThanOrEqual(300), 10_000);
  await session.close();
  const [folder = ''] = await readdir(join(dataFolder, 'checks'));
  const files = await readdir(join(dataFolder, 'checks', folder));
  expect(files).toHaveLength(2);
  const file = join(dataFolder, 'checks', folder, files[0] ?? '');
  const text = await readFile(file, 'utf8');
  expect(text.trim().split('\n')).toHaveLength(151);
  await writeFile(file, text.slice(0, text.length / 2));

  const told: Notice[] = [];
  const second = new WorkspaceSession({
    dataFolder,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    notify: (notice) => told.push(notice),
  });
  await second.open(workspace);
  await vi.waitFor(() => expect(checkedIn(told).length).toBeGreaterThanOrEqual(300), 10_000);
  await second.close();
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(151);
});

test('closing while many batches are listed or checked ends both, and hangs nowhere', async () => {
  const workspace = await makeMany();
  const dataFolder = await makeFolder();
  const session = new WorkspaceSession({
    dataFolder,
    author: () => ({ user: 'anna', host: 'ws-12' }),
    notify: () => undefined,
  });
  const opening = session.open(workspace);
  const closed = opening.then(() => session.close());
  await closed;
  const again = session.listBatches();
  await session.close();
  expect(await again).toHaveLength(300);
});
