/** Reads the batches of a part whole, by a reading thread where one is to be had and else by ourselves. */
import { inParallel } from '../disk/inParallel.ts';
import type { BatchSource } from '../reading/batchVersions.ts';
import { type Assembled, assemble } from '../reading/batchView.ts';
import type { BodyCache, BodyLook } from '../reading/bodyCache.ts';
import type { ChecksOrder, PlainCheck } from '../reading/readingOrders.ts';
import type { ReadingThreads } from '../reading/readingThreads.ts';
import { bodyNames } from '../sceneFiles.ts';
import { type EpisodePart, partOfOrder } from './listedEpisode.ts';
import type { LocatedBatch } from './workspace.ts';

export interface CheckedBatch {
  /** Of its manifest. */
  readonly signature: string;
  readonly source: BatchSource;
  readonly assembled: Assembled;
}

export interface PartCheck {
  /** Null: none is worth its start. */
  readonly threads: ReadingThreads | null;
  readonly bodies: BodyCache;
  /** Where a batch's files are unusual, or no thread is to be had. */
  readonly readByOurselves: (located: LocatedBatch) => Promise<void>;
  readonly onChecked: (located: LocatedBatch, checked: CheckedBatch) => void;
}

const byOurselvesAtOnce = 3;

export async function checkPart(part: EpisodePart, check: PartCheck): Promise<void> {
  const { bodies, threads } = check;
  const answer = threads && (await threads.checks(orderOf(part, bodies)));
  const unusual: LocatedBatch[] = [];
  part.batches.forEach((located, index) => {
    const plain = answer?.[index] ?? null;
    const checked = plain === null ? null : takeIn(located, plain, bodies);
    if (checked === null) unusual.push(located);
    else check.onChecked(located, checked);
  });
  await inParallel(unusual, byOurselvesAtOnce, check.readByOurselves);
}

function orderOf(part: EpisodePart, bodies: BodyCache): ChecksOrder {
  const { scenesFolder } = part.listed;
  const known = part.batches.map((located) => {
    const signatures: Record<string, string> = {};
    for (const name of bodyNames(located.ref.episode, located.listing)) {
      const signature = bodies.signatureOf(scenesFolder, name);
      if (signature !== null) signatures[name] = signature;
    }
    return signatures;
  });
  return { kind: 'checks', ...partOfOrder(part), known };
}

/** Null where a body was forgotten between the order and its answer. */
function takeIn(
  { ref, scenesFolder, listing }: LocatedBatch,
  plain: PlainCheck,
  bodies: BodyCache,
): CheckedBatch | null {
  const looks = new Map<number, BodyLook>();
  for (const each of plain.looks) {
    const look = bodies.take(scenesFolder, each);
    if (look === null) return null;
    looks.set(each.version, look);
  }
  const source = { ref, listing, manifest: plain.manifest };
  return { signature: plain.signature, source, assembled: assemble(source, plain.ledger, looks) };
}
