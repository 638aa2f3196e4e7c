/** The text in the lock file that says who holds a batch, for the person who waits and for the rule of dead owners. */
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { LockOwner } from '../../../shared/contract.ts';
import { readContained } from '../disk/containedFile.ts';
import type { BatchFiles } from '../sceneFiles.ts';
import type { ProcessIdentity } from './processIdentity.ts';

export interface OwnerText extends ProcessIdentity {
  readonly app: string;
  readonly user: string;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

export interface Author {
  readonly user: string;
  readonly host: string;
}

const appName = 'Picture Lock';

const ownerSchema = z.looseObject({
  app: z.string(),
  user: z.string(),
  host: z.string(),
  pid: z.int().positive(),
  started: z.string().nullable(),
  since: z.string(),
});

export function writeOwner(author: Author, { pid, started }: ProcessIdentity): string {
  const since = new Date().toISOString();
  return `${JSON.stringify({ app: appName, user: author.user, host: author.host, pid, started, since })}\n`;
}

/** Null where the text is none of ours: empty, half written, or the pipeline's own. */
function parseOwner(text: string): OwnerText | null {
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function readOwnerText(lockFile: string): Promise<OwnerText | null> {
  const reading = await readContained(dirname(lockFile), basename(lockFile));
  return reading.kind === 'read' ? parseOwner(Buffer.from(reading.bytes).toString('utf8')) : null;
}

/** The pipeline writes no text: whoever cannot be named is the pipeline. */
export const unknownOwner: LockOwner = { user: null, host: null, since: null, isThisHost: false };

/**
 * Who holds the batch now, as far as the files say; null where our folder does not stand, which leaves the pipeline or
 * nobody. A text beside a missing or stale folder is a dead process's.
 */
export async function readLockOwner(files: BatchFiles, thisHost: string, staleMs = 30_000): Promise<LockOwner | null> {
  const [owner, folder] = await Promise.all([readOwnerText(files.lock), stat(files.lockFolder).catch(() => null)]);
  // A time in the future is another clock's, not a stale one.
  if (folder === null || Date.now() - folder.mtimeMs > staleMs) return null;
  if (owner === null) return unknownOwner;
  return { user: owner.user, host: owner.host, since: owner.since, isThisHost: owner.host === thisHost };
}

/** "anna on ws-12 for 12 s"; an age only by this computer's own clock. */
export function describeOwner(owner: LockOwner): string {
  if (owner.user === null) return 'the pipeline';
  const since = owner.since === null ? Number.NaN : Date.parse(owner.since);
  const who = `${owner.user} on ${owner.host ?? 'another computer'}`;
  if (Number.isNaN(since)) return who;
  if (owner.isThisHost) return `${who} for ${Math.max(0, Math.round((Date.now() - since) / 1000))} s`;
  return `${who} since ${new Date(since).toLocaleTimeString()}`;
}
