/** Reads rows of the list in a thread: batches whose files are all usual and whose manifest is sound; needs no schema, so that a thread starts soon. */
import { absentRevision, type BatchRef } from '../../../shared/ids.ts';
import { readPlain, readPlainHead } from '../disk/plainFile.ts';
import { type BatchListing, bodyNames, listBatchesIn, manifestName } from '../sceneFiles.ts';
import { type BatchSource, versionsOf } from './batchVersions.ts';
import { earlyRow, titleOf } from './batchView.ts';
import { soundManifest } from './plainManifest.ts';
import type { PlainRow, RowsOrder } from './readingOrders.ts';
import { headBytes, titleInHead } from './titleHead.ts';

const soonBytes = 256;

export const plainRows = (order: RowsOrder): readonly (PlainRow | null)[] =>
  listBatchesIn(order.names.split('/'), order.episode).map((listing, at) =>
    plainRow(order, listing, order.known[at] ?? null),
  );

function plainRow(order: RowsOrder, listing: BatchListing, known: string | null): PlainRow | null {
  const { project, episode, scenesFolder } = order;
  const name = manifestName(episode, listing.batchId);
  const reading = listing.hasManifest ? readPlain(scenesFolder, name, known) : ({ kind: 'missing' } as const);
  if (reading.kind === 'unusual') return null;
  if (reading.kind === 'same') return { signature: known ?? '', row: null };
  const ref: BatchRef = { project, episode, batchId: listing.batchId };
  if (reading.kind === 'missing') {
    if (known === 'missing') return { signature: 'missing', row: null };
    return rowOf(scenesFolder, { ref, listing, manifest: null }, 'missing');
  }
  const manifest = soundManifest(reading.bytes.toString('utf8'), listing.batchId);
  if (manifest === null) return null;
  // A row needs neither the revision nor the text.
  const parsed = { manifest, revision: absentRevision, text: null, hasByteOrderMark: false, problems: [] };
  return rowOf(scenesFolder, { ref, listing, manifest: { ...parsed, isWritable: true } }, reading.signature);
}

function rowOf(scenesFolder: string, source: BatchSource, signature: string): PlainRow | null {
  const versions = versionsOf(source, []);
  const names = new Set(bodyNames(source.ref.episode, source.listing));
  // Whether a file of another name is there only the folder's whole listing tells.
  if (versions.some(({ artifact }) => !names.has(artifact))) return null;
  let title = titleOf(source);
  const active = title === null ? versions.find(({ isActive }) => isActive) : undefined;
  if (active !== undefined) {
    const head = readPlainHead(scenesFolder, active.artifact, headBytes);
    if (head.kind === 'unusual') return null;
    // The pipeline writes the title among the first fields, so that few bytes are looked at for most.
    title = head.kind === 'head' ? (titleInHead(head.text(soonBytes)) ?? titleInHead(head.text(headBytes))) : null;
  }
  return { signature, row: earlyRow(source, names, title, versions) };
}
