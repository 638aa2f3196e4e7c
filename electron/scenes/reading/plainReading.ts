/** Carries out the orders of a reading thread: batches whose files are all usual ones, read without a promise. */

import { basename } from 'node:path';
import type { BatchRef } from '../../../shared/ids.ts';
import { readPlain } from '../disk/plainFile.ts';
import { type LedgerReading, parseLedger } from '../ledger/ledger.ts';
import { type BatchListing, batchFiles, listBatchesIn, manifestName } from '../sceneFiles.ts';
import { type BatchSource, versionsOf } from './batchVersions.ts';
import { earlyRow, titleOf } from './batchView.ts';
import { rememberedBody } from './bodyCache.ts';
import { parseManifest } from './manifest.ts';
import type {
  ChecksOrder,
  PlainCheck,
  PlainLook,
  PlainRow,
  ReadingAnswer,
  ReadingOrder,
  RowsOrder,
} from './readingOrders.ts';
import { parseBody } from './sceneBody.ts';
import { headBytes, titleInHead } from './titleHead.ts';

interface KnownFolder {
  readonly key: string;
  readonly names: ReadonlySet<string>;
  readonly listings: readonly BatchListing[];
}

let lastFolder: KnownFolder | null = null;

/** The parts of one folder come one after the other. */
function folderOf({ scenesFolder, episode, names }: ReadingOrder): KnownFolder {
  const key = `${scenesFolder}\0${names}`;
  if (lastFolder?.key === key) return lastFolder;
  const all = names.split('/');
  lastFolder = { key, names: new Set(all), listings: listBatchesIn(all, episode) };
  return lastFolder;
}

export function carryOut(order: ReadingOrder): ReadingAnswer {
  const folder = folderOf(order);
  return order.kind === 'rows'
    ? { kind: 'rows', batches: rowsOf(order, folder) }
    : { kind: 'checks', batches: checksOf(order, folder) };
}

const rowsOf = (order: RowsOrder, { listings, names }: KnownFolder): readonly (PlainRow | null)[] =>
  order.known.map((known, index) => {
    const listing = listings[order.from + index];
    return listing === undefined ? null : plainRow(order, listing, names, known);
  });

const checksOf = (order: ChecksOrder, { listings }: KnownFolder): readonly (PlainCheck | null)[] =>
  order.known.map((known, index) => {
    const listing = listings[order.from + index];
    return listing === undefined ? null : plainCheck(order, listing, known);
  });

/** Null where the manifest is an unusual file. */
function plainSource(
  { project, episode, scenesFolder }: ReadingOrder,
  listing: BatchListing,
  known: string | null,
): { readonly signature: string; readonly source: BatchSource | null } | null {
  const ref: BatchRef = { project, episode, batchId: listing.batchId };
  const name = manifestName(episode, listing.batchId);
  const reading = listing.hasManifest ? readPlain(scenesFolder, name, { known }) : { kind: 'missing' as const };
  if (reading.kind === 'unusual') return null;
  if (reading.kind === 'same') return { signature: known ?? '', source: null };
  if (reading.kind === 'missing') {
    return { signature: 'missing', source: known === 'missing' ? null : { ref, listing, manifest: null } };
  }
  const manifest = parseManifest(reading.bytes, listing.batchId, name);
  return { signature: reading.signature, source: { ref, listing, manifest } };
}

function plainRow(
  order: RowsOrder,
  listing: BatchListing,
  names: ReadonlySet<string>,
  known: string | null,
): PlainRow | null {
  const read = plainSource(order, listing, known);
  if (read === null) return null;
  const { signature, source } = read;
  if (source === null) return { signature, row: null };
  let title = titleOf(source);
  const active = title === null ? versionsOf(source, []).find(({ isActive }) => isActive) : undefined;
  if (active !== undefined) {
    const head = readPlain(order.scenesFolder, active.artifact, { mostBytes: headBytes });
    if (head.kind === 'unusual') return null;
    title = head.kind === 'read' ? titleInHead(Buffer.from(head.bytes).toString('utf8')) : null;
  }
  return { signature, row: earlyRow(source, names, title) };
}

function plainCheck(
  order: ChecksOrder,
  listing: BatchListing,
  known: Readonly<Record<string, string>>,
): PlainCheck | null {
  const read = plainSource(order, listing, null);
  if (read?.source == null) return null;
  const { signature, source } = read;
  const ledger = plainLedger(order, listing);
  if (ledger === null) return null;
  const looks: PlainLook[] = [];
  for (const { version, artifact } of versionsOf(source, ledger.lines)) {
    const found = plainLook(order.scenesFolder, artifact, Object.hasOwn(known, artifact) ? known[artifact] : undefined);
    if (found === null) return null;
    looks.push({ version, artifact, found });
  }
  return { signature, manifest: source.manifest && { ...source.manifest, text: null }, ledger, looks };
}

function plainLook(folder: string, artifact: string, known: string | undefined): PlainLook['found'] | null {
  const reading = readPlain(folder, artifact, { known: known ?? null });
  switch (reading.kind) {
    case 'unusual':
      return null;
    case 'same':
      return reading;
    case 'missing':
      return { kind: 'missing', reason: 'it is not there', changedAt: null };
    case 'read':
      return { kind: 'read', body: rememberedBody(reading, parseBody(reading.bytes)) };
  }
}

const newline = 0x0a;

/** Null where it is unusual: a line without its end may be one that is being written now. */
function plainLedger({ scenesFolder, episode }: ChecksOrder, listing: BatchListing): LedgerReading | null {
  if (!listing.hasLedger) return { lines: [], problems: [] };
  const name = basename(batchFiles(scenesFolder, episode, listing.batchId).ledger);
  const reading = readPlain(scenesFolder, name);
  if (reading.kind !== 'read' || (reading.bytes.length > 0 && reading.bytes.at(-1) !== newline)) return null;
  return parseLedger(reading.bytes, name);
}
