/** Reads one batch from disk: its manifest, its ledger, and what its bodies show; needs no lock and writes nothing. */
import type { BatchRef } from '../../../shared/ids.ts';
import { openContained, type Reading, readOpen } from '../disk/containedFile.ts';
import { inParallel } from '../disk/inParallel.ts';
import { type LedgerReading, readLedger } from '../ledger/ledger.ts';
import { batchFiles, manifestName } from '../sceneFiles.ts';
import type { LocatedBatch } from '../workspace/workspace.ts';
import type { BatchSource, KnownVersion } from './batchVersions.ts';
import { versionsOf } from './batchVersions.ts';
import { type Assembled, assemble } from './batchView.ts';
import type { BodyCache, BodyLook } from './bodyCache.ts';
import { type ParsedManifest, parseManifest, unreadableManifest } from './manifest.ts';

export interface BatchContents extends Assembled {
  readonly source: BatchSource;
  readonly ledger: LedgerReading;
}

const ledgerOf = ({ ref, scenesFolder }: LocatedBatch): string =>
  batchFiles(scenesFolder, ref.episode, ref.batchId).ledger;

const noLedger: LedgerReading = { lines: [], problems: [] };
/** Bodies of one batch that are looked at side by side. */
const bodiesAtOnce = 4;

export async function readBatch(located: LocatedBatch, bodies: BodyCache): Promise<BatchContents> {
  const source = await readSource(located);
  const ledger = located.listing.hasLedger ? await readLedger(ledgerOf(located)) : noLedger;
  const looks = new Map<number, BodyLook>();
  await inParallel(versionsOf(source, ledger.lines), bodiesAtOnce, async ({ version, artifact }: KnownVersion) => {
    looks.set(version, await bodies.look(located.scenesFolder, artifact));
  });
  return { source, ledger, ...assemble(source, ledger, looks) };
}

export async function readSource(located: LocatedBatch): Promise<BatchSource> {
  const { source } = await readSourceUnless(located, () => false);
  return source ?? { ref: located.ref, listing: located.listing, manifest: null };
}

/** `source` is null where `isKnown` says of the manifest's signature that nothing changed: then it was not read. */
export async function readSourceUnless(
  { ref, scenesFolder, listing }: LocatedBatch,
  isKnown: (signature: string) => boolean,
): Promise<{ readonly signature: string; readonly source: BatchSource | null }> {
  const name = manifestName(ref.episode, ref.batchId);
  const opened = listing.hasManifest ? await openContained(scenesFolder, name) : missing;
  const signature = opened.kind === 'open' ? opened.signature : opened.kind;
  if (isKnown(signature)) {
    if (opened.kind === 'open') await opened.handle.close();
    return { signature, source: null };
  }
  const reading = opened.kind === 'open' ? await readOpen(opened) : opened;
  return { signature, source: { ref, listing, manifest: toManifest(reading, ref, name) } };
}

const missing = { kind: 'missing' } as const;

function toManifest(reading: Reading, ref: BatchRef, name: string): ParsedManifest | null {
  if (reading.kind === 'missing') return null;
  if (reading.kind === 'read') return parseManifest(reading.bytes, ref.batchId, name);
  return unreadableManifest(name, reading.reason);
}
