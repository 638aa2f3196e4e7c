/** Keeps what was found in bodies between runs, in the data folder; it can always be made again, so that losing it is no failure. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { BodyCache, RememberedBody } from '../reading/bodyCache.ts';

const factsSchema = z.object({
  sceneId: z.string(),
  title: z.string().nullable(),
  shotCount: z.number(),
  durationS: z.number(),
  characters: z.array(z.string()),
  shotsWithBoards: z.number(),
  duplicateBeatIds: z.array(z.string()),
  fingerprint: z.string().nullable(),
  unfit: z.object({ code: z.enum(['number_out_of_range', 'lone_surrogate']), jsonPath: z.string() }).nullable(),
});

const memorySchema = z.object({
  /** Raised whenever what is found in a body changes its meaning: older files are then made anew. */
  format: z.literal(1),
  bodies: z.array(
    z.tuple([
      z.string(),
      z.object({
        signature: z.string(),
        changedAt: z.string(),
        facts: factsSchema.nullable(),
        reason: z.string(),
        jsonPath: z.string().nullable(),
      }),
    ]),
  ),
});

const memoryFile = (dataFolder: string, workspacePath: string): string =>
  join(dataFolder, 'checks', `${createHash('sha256').update(workspacePath).digest('hex').slice(0, 16)}.json`);

/** A file that is missing, torn or of another format is nothing known. */
export async function recallChecks(dataFolder: string, workspacePath: string, bodies: BodyCache): Promise<void> {
  try {
    const text = await readFile(memoryFile(dataFolder, workspacePath), 'utf8');
    bodies.recall(memorySchema.parse(JSON.parse(text)).bodies);
  } catch {
    // Everything is read again, which is what a first run does too.
  }
}

/** Bodies of files that the last check did not meet any more are left out. */
export async function rememberChecks(
  dataFolder: string,
  workspacePath: string,
  bodies: BodyCache,
  isBodyOf: (path: string) => boolean,
): Promise<void> {
  const kept: (readonly [string, RememberedBody])[] = [...bodies.remembered()].filter(([path]) => isBodyOf(path));
  await mkdir(join(dataFolder, 'checks'), { recursive: true });
  await writeFileAtomic(memoryFile(dataFolder, workspacePath), JSON.stringify({ format: 1, bodies: kept }));
}
