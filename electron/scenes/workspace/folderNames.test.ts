import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { makeFolder } from '../testing/testWorkspaces.ts';
import { folderNames } from './folderNames.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The clock of this process goes on without anybody waiting. */
function goOn(ms: number): void {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + ms);
}

test('every change of a folder shows, also after it stood still', async () => {
  const folder = await makeFolder();
  const changes = [
    () => writeFile(join(folder, 'a'), ''),
    () => writeFile(join(folder, 'b'), ''),
    () => rename(join(folder, 'b'), join(folder, 'c')),
    () => rm(join(folder, 'a')),
  ];
  const expected = [['a'], ['a', 'b'], ['a', 'c'], ['c']];
  for (const [index, change] of changes.entries()) {
    await change();
    for (let time = 0; time < 3; time += 1) {
      expect((await folderNames(folder)).toSorted()).toEqual(expected[index]);
      goOn(5_000);
    }
  }
});

test('a folder that stands still is read once more and then no more', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'a'), '');
  const first = await folderNames(folder);
  expect(await folderNames(folder)).not.toBe(first);
  goOn(5_000);
  const settled = await folderNames(folder);
  expect(settled).not.toBe(first);
  expect(await folderNames(folder)).toBe(settled);
});

test('names that were read a while ago are read again, since not every drive tells when a folder changed', async () => {
  const folder = await makeFolder();
  await folderNames(folder);
  goOn(5_000);
  const settled = await folderNames(folder);
  goOn(9_000);
  expect(await folderNames(folder)).toBe(settled);
  goOn(12_000);
  expect(await folderNames(folder)).not.toBe(settled);
});

test('a second change within one tick of the clock is seen', async () => {
  const folder = await makeFolder();
  const tick = new Date('2026-01-02T03:04:05Z');
  await utimes(folder, tick, tick);
  await folderNames(folder);
  await writeFile(join(folder, 'a'), '');
  await utimes(folder, tick, tick);
  expect(await folderNames(folder)).toEqual(['a']);
});

test('a folder that is gone fails as reading it does', async () => {
  const folder = await makeFolder();
  await folderNames(folder);
  await rm(folder, { recursive: true });
  await expect(folderNames(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
