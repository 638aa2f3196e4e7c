/** Keeps what was found in bodies between runs, a file for each episode in the data folder; it can always be made again, so that losing it is no failure. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { BodyCache } from '../reading/bodyCache.ts';
import { bodyNames } from '../sceneFiles.ts';
import { inSlices } from './inSlices.ts';
import type { ListedEpisode } from './listedEpisode.ts';

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

/** One line of the file: a body's name in its folder and what was found in it. */
const lineSchema = z.tuple([
  z.string(),
  z.object({
    signature: z.string(),
    changedAt: z.string(),
    facts: factsSchema.nullable(),
    reason: z.string(),
    jsonPath: z.string().nullable(),
  }),
]);

/** The first line. Its format is raised whenever what is found in a body changes its meaning: older files are then made anew. */
const headOf = (scenesFolder: string): string => JSON.stringify({ format: 2, scenesFolder });

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

export class CheckMemory {
  readonly #folder: string;
  readonly #bodies: BodyCache;
  readonly #recalled = new Map<string, Promise<void>>();

  constructor(dataFolder: string, workspacePath: string, bodies: BodyCache) {
    this.#folder = join(dataFolder, 'checks', hash(workspacePath));
    this.#bodies = bodies;
  }

  /** Once for each episode. A file that is missing, torn or of another format is nothing known. */
  recall({ scenesFolder }: ListedEpisode): Promise<void> {
    const known = this.#recalled.get(scenesFolder) ?? this.#recall(scenesFolder).catch(() => undefined);
    this.#recalled.set(scenesFolder, known);
    return known;
  }

  /** Bodies that the folder's listing no longer has are left out. */
  async remember(episode: ListedEpisode): Promise<void> {
    const { scenesFolder } = episode;
    const lines = [headOf(scenesFolder)];
    await inSlices(episode.batches, (located) => {
      for (const name of bodyNames(located.ref.episode, located.listing)) {
        const body = this.#bodies.recallable(scenesFolder, name);
        if (body !== null) lines.push(JSON.stringify([name, body]));
      }
    });
    await mkdir(this.#folder, { recursive: true });
    await writeFileAtomic(this.#fileOf(scenesFolder), `${lines.join('\n')}\n`, { fsync: false });
  }

  async #recall(scenesFolder: string): Promise<void> {
    const [head, ...lines] = (await readFile(this.#fileOf(scenesFolder), 'utf8')).split('\n');
    if (head !== headOf(scenesFolder)) return;
    await inSlices(lines, (line) => {
      if (line === '') return;
      const [name, body] = lineSchema.parse(JSON.parse(line));
      this.#bodies.recall(scenesFolder, name, body);
    });
  }

  #fileOf(scenesFolder: string): string {
    return join(this.#folder, `${hash(scenesFolder)}.jsonl`);
  }
}
