/** Reads what a manifest can be made from: every body on disk and what it shows, and the ledger. */
import { basename } from 'node:path';
import { openContained } from '../disk/containedFile.ts';
import { inParallel } from '../disk/inParallel.ts';
import { type ExactLedger, readExactLedger } from '../ledger/exactLedger.ts';
import type { BodyLook } from '../reading/bodyCache.ts';
import type { BatchListing } from '../sceneFiles.ts';
import { readNames } from '../store/batchState.ts';
import type { BatchWrite } from '../store/batchWrite.ts';

export interface RebuildSources {
  readonly listing: BatchListing;
  readonly ledger: ExactLedger;
  /** By the artifact's name. */
  readonly looks: ReadonlyMap<string, BodyLook>;
  /** Of every artifact that was looked at; equal as long as its file is the same. */
  readonly identities: readonly (readonly [artifact: string, signature: string])[];
}

const bodiesAtOnce = 4;

export async function readRebuildSources({ place, bodies, dataFolder }: BatchWrite): Promise<RebuildSources> {
  const { scenesFolder, flat, ledger: ledgerPath } = place.files;
  const [{ listing }, ledger] = await Promise.all([readNames(place), readExactLedger(dataFolder, ledgerPath)]);
  const told = ledger.lines.flatMap(({ entries }) => entries.map(({ artifact }) => artifact));
  const onDisk = listing.bodies.map(({ name }) => name);
  const artifacts = [...new Set([...(listing.hasFlat ? [basename(flat)] : []), ...onDisk, ...told])].sort();
  const looks = new Map<string, BodyLook>();
  const signatures = new Map<string, string>();
  await inParallel(artifacts, bodiesAtOnce, async (artifact) => {
    const opened = await openContained(scenesFolder, artifact);
    signatures.set(artifact, opened.kind === 'open' ? opened.signature : opened.kind);
    if (opened.kind === 'open') await opened.handle.close().catch(() => undefined);
    looks.set(artifact, await bodies.look(scenesFolder, artifact));
  });
  const identities = artifacts.map((artifact) => [artifact, signatures.get(artifact) ?? ''] as const);
  return { listing, ledger, looks, identities };
}
