/** `npm run bench -- make-workspace --batches 10000`: writes a workspace of any size as the pipeline would have left it, the same at every run. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { episodeName, parseBatchId } from '../../shared/ids.ts';
import { makeBatch } from './makeWorkspaceBatch.ts';

export interface WorkspaceSize {
  readonly batches: number;
  readonly versions: number;
}

export interface MadeWorkspace {
  readonly folder: string;
  readonly projects: number;
  readonly episodes: number;
  readonly files: number;
  readonly bytes: number;
  /** As a disk of 4 KB blocks holds them. */
  readonly bytesOnDisk: number;
  readonly milliseconds: number;
}

const episodesOfProject = 3;
const mostBatchesOfEpisode = 1_000;
const fewestEpisodes = 4;
const block = 4_096;
const projectNames = ['harbor-lights', 'north-line', 'salt-road', 'the-long-table', '灯台', 'été-indien'];
/** Whoever finds this in a folder may replace the folder; a name that starts with a dot is no project's. */
const markName = '.made-by-bench.json';
/** Raised when the generator writes other files for the same size. */
const generation = 1;
const cacheFolder = path.resolve('node_modules/.cache');

const projectName = (index: number): string =>
  projectNames[index] ?? `production-${String(index + 1).padStart(2, '0')}`;

/** Replaces a workspace that was made here before; throws where anything else stands there. */
export function makeWorkspace(folder: string, { batches, versions }: WorkspaceSize): MadeWorkspace {
  const begun = performance.now();
  clear(folder);
  mkdirSync(folder, { recursive: true });
  const mark = path.join(folder, markName);
  writeFileSync(mark, `${JSON.stringify({ batches, versions })}\n`);
  const episodes = Math.max(Math.min(fewestEpisodes, batches), Math.ceil(batches / mostBatchesOfEpisode));
  let files = 0;
  let bytes = 0;
  let bytesOnDisk = 0;
  let batch = 0;
  for (let index = 0; index < episodes; index += 1) {
    const episode = (index % episodesOfProject) + 1;
    const project = projectName(Math.floor(index / episodesOfProject));
    const scenes = path.join(folder, project, episodeName(episode), 'scenes');
    mkdirSync(scenes, { recursive: true });
    const end = Math.round((batches * (index + 1)) / episodes);
    for (let number = 1; batch < end; number += 1, batch += 1) {
      const batchId = parseBatchId(`BATCH_${String(number).padStart(3, '0')}`);
      for (const { name, text } of makeBatch({ episode, batchId, versions, seed: batch })) {
        writeFileSync(path.join(scenes, name), text);
        const size = Buffer.byteLength(text);
        files += 1;
        bytes += size;
        bytesOnDisk += Math.ceil(size / block) * block;
      }
    }
  }
  writeFileSync(mark, wholeMark({ batches, versions }));
  const projects = Math.ceil(episodes / episodesOfProject);
  return { folder, projects, episodes, files, bytes, bytesOnDisk, milliseconds: performance.now() - begun };
}

/** What only a workspace says that was written to its end, by this generator. */
const wholeMark = ({ batches, versions }: WorkspaceSize): string =>
  `${JSON.stringify({ batches, versions, generation })}\n`;

export function isMadeAlready(folder: string, size: WorkspaceSize): boolean {
  return namesIn(folder).includes(markName) && readFileSync(path.join(folder, markName), 'utf8') === wholeMark(size);
}

export const usualFolder = ({ batches, versions }: WorkspaceSize): string =>
  path.join(cacheFolder, `workspace-${batches}x${versions}`);

function clear(folder: string): void {
  const names = namesIn(folder);
  if (names.length === 0) return;
  if (!names.includes(markName)) {
    throw new Error(`${folder} holds something else already. Name a new or an empty folder after --out.`);
  }
  for (const name of names) rmSync(path.join(folder, name), { recursive: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** What the command line says, what it wrote and how long that took. */
export function makeWorkspaceCommand(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { batches: { type: 'string' }, versions: { type: 'string' }, out: { type: 'string' } },
  });
  const size = {
    batches: wholeNumber('--batches', values.batches, 10_000),
    versions: wholeNumber('--versions', values.versions, 5),
  };
  const folder = path.resolve(values.out ?? usualFolder(size));
  const made = makeWorkspace(folder, size);
  const count = (value: number): string => value.toLocaleString('en');
  const megabytes = (value: number): string => `${count(Math.round(value / 1e6))} MB`;
  console.log(
    `${count(size.batches)} batches of ${size.versions} versions in ${made.projects} projects and ${made.episodes} episodes: ` +
      `${count(made.files)} files, ${megabytes(made.bytes)} (${megabytes(made.bytesOnDisk)} on disk), ` +
      `in ${(made.milliseconds / 1_000).toFixed(1)} s.`,
  );
  console.log(folder);
}

function wholeNumber(option: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${option} is a whole number from 1, not "${text}".`);
}
