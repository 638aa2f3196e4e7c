/** Checks batches whole in a thread: manifest, ledger and every body, where all their files are usual ones. */
import type { BatchRef } from '../../../shared/ids.ts';
import { readPlain } from '../disk/plainFile.ts';
import { type LedgerReading, parseLedger } from '../ledger/ledger.ts';
import { type BatchListing, ledgerName, listBatchesIn, manifestName } from '../sceneFiles.ts';
import { versionsOf } from './batchVersions.ts';
import { rememberedBody } from './bodyCache.ts';
import { type ParsedManifest, parseManifest } from './manifest.ts';
import type { ChecksOrder, PlainCheck, PlainLook } from './readingOrders.ts';
import { parseBody } from './sceneBody.ts';

export const plainChecks = (order: ChecksOrder): readonly (PlainCheck | null)[] =>
  listBatchesIn(order.names.split('/'), order.episode).map((listing, at) =>
    plainCheck(order, listing, order.known[at] ?? {}),
  );

function plainCheck(
  order: ChecksOrder,
  listing: BatchListing,
  known: Readonly<Record<string, string>>,
): PlainCheck | null {
  const { project, episode, scenesFolder } = order;
  const read = plainManifest(order, listing);
  const ledger = plainLedger(order, listing);
  if (read === null || ledger === null) return null;
  const ref: BatchRef = { project, episode, batchId: listing.batchId };
  const { signature, manifest } = read;
  const looks: PlainLook[] = [];
  for (const { version, artifact } of versionsOf({ ref, listing, manifest }, ledger.lines)) {
    const found = plainLook(scenesFolder, artifact, Object.hasOwn(known, artifact) ? (known[artifact] ?? null) : null);
    if (found === null) return null;
    looks.push({ version, artifact, found });
  }
  return { signature, manifest, ledger, looks };
}

function plainManifest(
  { episode, scenesFolder }: ChecksOrder,
  { batchId, hasManifest }: BatchListing,
): { readonly signature: string; readonly manifest: ParsedManifest | null } | null {
  const name = manifestName(episode, batchId);
  const reading = hasManifest ? readPlain(scenesFolder, name) : ({ kind: 'missing' } as const);
  if (reading.kind === 'missing') return { signature: 'missing', manifest: null };
  if (reading.kind !== 'read') return null;
  return { signature: reading.signature, manifest: { ...parseManifest(reading.bytes, batchId, name), text: null } };
}

const newline = 0x0a;

/** Null where it is unusual: a line without its end may be one that is being written now. */
function plainLedger({ scenesFolder, episode }: ChecksOrder, listing: BatchListing): LedgerReading | null {
  if (!listing.hasLedger) return { lines: [], problems: [] };
  const name = ledgerName(episode, listing.batchId);
  const reading = readPlain(scenesFolder, name);
  if (reading.kind !== 'read' || (reading.bytes.length > 0 && reading.bytes.at(-1) !== newline)) return null;
  return parseLedger(reading.bytes, name);
}

function plainLook(folder: string, artifact: string, known: string | null): PlainLook['found'] | null {
  const reading = readPlain(folder, artifact, known);
  if (reading.kind === 'unusual') return null;
  if (reading.kind === 'same') return reading;
  if (reading.kind === 'missing') return { kind: 'missing', reason: 'it is not there', changedAt: null };
  const stamp = { signature: reading.signature, changedAt: new Date(reading.changedMs).toISOString() };
  return { kind: 'read', body: rememberedBody(stamp, parseBody(reading.bytes)) };
}
