/** Names our temp files so that it can be told later whose they were, and removes those that a dead process left. */
import { createHash, randomBytes } from 'node:crypto';
import { lstat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive, thisProcess } from '../lock/processIdentity.ts';

const mark = 'picture-lock';
/** Younger ones may belong to a writer at work, whatever its pid looks like from here. */
const oldMs = 60 * 60 * 1000;

/** Another computer's pids say nothing here, so the name tells the computer too. */
const hostTag = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

const startTag = (started: string | null): string => started ?? '-';

/** `.<target>.picture-lock-<host>-<pid>-<start>-<random>.tmp` */
export async function newTempName(target: string): Promise<string> {
  const { pid, started } = await thisProcess();
  return `.${target}.${mark}-${hostTag}-${pid}-${startTag(started)}-${randomBytes(4).toString('hex')}.tmp`;
}

const tempPattern = new RegExp(`^\\.(.+)\\.${mark}-([0-9a-f]{8})-(\\d+)-([^-]+|-)-[0-9a-f]{8}\\.tmp$`);

/**
 * `names` is a listing of the folder; only temp files of targets that begin with `prefix` are looked at, because the
 * caller holds the lock of those alone. Never fails: what cannot be removed now is found again.
 */
export async function removeOldTemps(folder: string, names: readonly string[], prefix: string): Promise<number> {
  let removed = 0;
  for (const name of names) {
    const [, target, host, pid, started] = tempPattern.exec(name) ?? [];
    if (
      target === undefined ||
      !target.startsWith(prefix) ||
      host !== hostTag ||
      (await isSamePlaceAlive(pid, started))
    )
      continue;
    try {
      const { mtimeMs } = await lstat(join(folder, name));
      if (Date.now() - mtimeMs < oldMs) continue;
      await unlink(join(folder, name));
      removed += 1;
    } catch {}
  }
  return removed;
}

async function isSamePlaceAlive(pid: string | undefined, started: string | undefined): Promise<boolean> {
  const own = await thisProcess();
  if (Number(pid) === own.pid && started === startTag(own.started)) return true;
  return await isAlive({ pid: Number(pid), started: started === undefined || started === '-' ? null : started });
}
