/** Files of a batch that a process still has open after it answered: what is opened has to be closed, whatever failed in between. */
import { readdir, readlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunPlace } from './messages.ts';

/** A writer need not wait for what it closes. */
const patienceMs = 500;
const apartMs = 10;

export async function filesLeftOpen(pid: number, place: RunPlace): Promise<readonly string[]> {
  const begun = performance.now();
  for (;;) {
    const open = await openFiles(pid, place);
    if (open.length === 0 || performance.now() - begun > patienceMs) return open;
    await delay(apartMs);
  }
}

async function openFiles(pid: number, { scenesFolder, dataFolder }: RunPlace): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const found: string[] = [];
  for (const fd of await readdir(folder).catch((): string[] => [])) {
    const path = await readlink(`${folder}/${fd}`).catch(() => '');
    if (path === scenesFolder || dirname(path) === scenesFolder || path.startsWith(dataFolder))
      found.push(basename(path));
  }
  return found;
}
