/** Which versions a batch has, from its manifest or, where that cannot be read, from its bodies; defaults of older manifests filled in. */
import type { BatchRef } from '../../../shared/ids.ts';
import type { LedgerLine } from '../../../shared/ledger.ts';
import type { Downstream, ManifestEntry, VersionKind, VersionState } from '../../../shared/manifest.ts';
import { type BatchListing, type BodyFile, flatName, orphansAmong } from '../sceneFiles.ts';
import type { ParsedManifest } from './manifest.ts';

/** A batch as far as its folder's listing, its manifest and its ledger tell. */
export interface BatchSource {
  readonly ref: BatchRef;
  readonly listing: BatchListing;
  /** Null where there is no manifest file. */
  readonly manifest: ParsedManifest | null;
}

export interface KnownVersion {
  readonly version: number;
  readonly artifact: string;
  /** Null where no entry names it. */
  readonly entry: ManifestEntry | null;
  readonly isOrphan: boolean;
  readonly isActive: boolean;
  readonly state: VersionState;
  readonly downstream: Downstream;
  readonly kind: VersionKind;
  readonly source: string | null;
  /** Of the entry, else of the ledger while the manifest cannot be read. */
  readonly recordedFingerprint: string | null;
}

export function activeVersionOf(source: BatchSource): number | null {
  if (source.manifest === null) return source.listing.hasFlat ? 1 : null;
  return source.manifest.manifest?.active_version ?? null;
}

/** Oldest first, each number once. */
export function versionsOf(source: BatchSource, ledger: readonly LedgerLine[]): readonly KnownVersion[] {
  const { ref, listing, manifest: parsed } = source;
  const found = new Map<number, KnownVersion>();
  const add = (known: KnownVersion) => {
    // Of a number that stands twice the first counts, as for whoever looks an entry up by its number.
    if (!found.has(known.version)) found.set(known.version, known);
  };
  const flat = { version: 1, name: flatName(ref.episode, ref.batchId) };

  if (parsed === null) {
    if (listing.hasFlat) {
      add({
        ...fromBody(flat, false),
        isActive: true,
        state: 'approved',
        downstream: 'derived',
        source: 'legacy_flat',
      });
    }
    for (const body of orphansOf(source)) add(fromBody(body, true));
  } else if (parsed.manifest === null) {
    const recorded = recordsIn(ledger);
    if (listing.hasFlat) add(fromBody(flat, false, recorded.get(1)));
    for (const body of listing.bodies) add(fromBody(body, false, recorded.get(body.version)));
  } else {
    for (const entry of parsed.manifest.versions) add(fromEntry(entry, parsed.manifest.active_version));
    for (const body of orphansOf(source)) add(fromBody(body, true));
  }
  return [...found.values()].sort((a, b) => a.version - b.version);
}

/** None where the manifest cannot be read: then nobody knows what it names. */
export function orphansOf({ ref, listing, manifest }: BatchSource): readonly BodyFile[] {
  if (manifest === null) {
    const flat = { version: 1, artifact: flatName(ref.episode, ref.batchId) };
    return orphansAmong(listing.bodies, listing.hasFlat ? [flat] : []);
  }
  return manifest.manifest === null ? [] : orphansAmong(listing.bodies, manifest.manifest.versions);
}

function fromEntry(entry: ManifestEntry, activeVersion: number): KnownVersion {
  return {
    version: entry.version,
    artifact: entry.artifact,
    entry,
    isOrphan: false,
    isActive: entry.version === activeVersion,
    state: entry.state ?? 'candidate',
    // Older pipelines had no gate, so it is open.
    downstream: entry.downstream ?? 'derived',
    kind: entry.kind ?? 'reshoot',
    source: entry.source ?? null,
    recordedFingerprint: entry.structure_fingerprint ?? null,
  };
}

function fromBody(body: BodyFile, isOrphan: boolean, recorded?: Recorded): KnownVersion {
  return {
    version: body.version,
    artifact: body.name,
    entry: null,
    isOrphan,
    isActive: false,
    state: 'candidate',
    downstream: 'not_derived',
    kind: 'reshoot',
    source: recorded?.source ?? null,
    recordedFingerprint: recorded?.fingerprint ?? null,
  };
}

interface Recorded {
  readonly fingerprint: string | null;
  /** Tells a flat body, whose record is provisional. */
  readonly source: string | null;
}

/** What the ledger recorded of each version; the latest line wins. */
function recordsIn(ledger: readonly LedgerLine[]): ReadonlyMap<number, Recorded> {
  const recorded = new Map<number, Recorded>();
  for (const line of ledger) {
    for (const { version, structure_fingerprint, source } of line.entries ?? []) {
      if (typeof structure_fingerprint === 'string') {
        recorded.set(version, {
          fingerprint: structure_fingerprint,
          source: typeof source === 'string' ? source : null,
        });
      }
    }
    if (line.to !== null && line.fingerprint !== null) {
      recorded.set(line.to, { source: recorded.get(line.to)?.source ?? null, fingerprint: line.fingerprint });
    }
  }
  return recorded;
}
