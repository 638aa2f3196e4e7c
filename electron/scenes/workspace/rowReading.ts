/** Reads the list's rows from manifests and the heads of active bodies: a few by ourselves, many by reading threads. */
import type { BatchRow } from '../../../shared/contract.ts';
import { inParallel } from '../disk/inParallel.ts';
import { readSource, readSourceUnless } from '../reading/batchReader.ts';
import { versionsOf } from '../reading/batchVersions.ts';
import { earlyRow, titleOf } from '../reading/batchView.ts';
import type { ReadingThreads } from '../reading/readingThreads.ts';
import { readTitle } from '../reading/titleHead.ts';
import { type EpisodePart, type ListedEpisode, listEpisode, partOfOrder, partsOf } from './listedEpisode.ts';
import type { EpisodeFolder, LocatedBatch } from './workspace.ts';

/** `row` is null where the manifest's signature is the known one. */
export interface ReadRow {
  readonly signature: string;
  readonly row: BatchRow | null;
}

export interface RowReading {
  readonly episodes: readonly EpisodeFolder[];
  readonly threads: ReadingThreads;
  /** Of the whole listing, as the rows count. */
  readonly begun: number;
  /** The signature of the manifest that a row is known of; null where none is, or where the listing shows another batch. */
  readonly knownSignature: (located: LocatedBatch) => string | null;
  readonly onRow: (located: LocatedBatch, read: ReadRow) => void;
  readonly warn: (message: string, error?: unknown) => void;
}

const manifestsAtOnce = 16;
/** Up to here threads would take longer to start than the reading takes. */
export const fewBatches = 200;
/** What is read while the threads start. */
const firstByOurselves = 60;
const partSize = 100;

/** The episodes in the order given, each batch told once. */
export async function readRows(reading: RowReading): Promise<readonly ListedEpisode[]> {
  const listed: ListedEpisode[] = [];
  const underWay: Promise<unknown>[] = [];
  const unreadable = (path: string, reason: string) => reading.warn(`${path} cannot be listed: ${reason}`);
  let count = 0;
  for (const episode of reading.episodes) {
    const one = await listEpisode(episode, reading.begun, unreadable);
    listed.push(one);
    const before = count;
    count += one.batches.length;
    const byOurselves = count <= fewBatches ? one.batches.length : Math.max(0, firstByOurselves - before);
    const parts = partsOf(one, partSize, byOurselves);
    if (parts.length > 0) reading.threads.prepare();
    for (const part of parts) underWay.push(settled(readPart(reading, part)));
    // The first rows are waited for by a person, so that no other folder is listed meanwhile.
    await readByOurselves(reading, one, one.batches.slice(0, byOurselves));
  }
  for (const end of await Promise.all(underWay)) if (end !== null) throw end;
  return listed;
}

/** Waited for later, and never an unhandled rejection until then. */
const settled = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

async function readPart(reading: RowReading, part: EpisodePart): Promise<void> {
  const known = part.batches.map(reading.knownSignature);
  const answer = await reading.threads.rows({ kind: 'rows', ...partOfOrder(part), known });
  const unusual: LocatedBatch[] = [];
  part.batches.forEach((located, index) => {
    const read = answer?.[index] ?? null;
    if (read === null) unusual.push(located);
    else reading.onRow(located, read);
  });
  await readByOurselves(reading, part.listed, unusual);
}

const readByOurselves = (
  reading: RowReading,
  { names }: ListedEpisode,
  batches: readonly LocatedBatch[],
): Promise<void> =>
  inParallel(batches, manifestsAtOnce, async (located) => {
    reading.onRow(located, await readRow(located, names, reading.knownSignature(located)));
  });

async function readRow(
  located: LocatedBatch,
  names: () => ReadonlySet<string>,
  known: string | null,
): Promise<ReadRow> {
  const { signature, source } = await readSourceUnless(located, (now) => now === known);
  if (source === null && known !== null) return { signature, row: null };
  const whole = source ?? (await readSource(located));
  const active = versionsOf(whole, []).find(({ isActive }) => isActive);
  const title =
    titleOf(whole) ?? (active === undefined ? null : await readTitle(located.scenesFolder, active.artifact));
  return { signature, row: earlyRow(whole, names(), title) };
}
