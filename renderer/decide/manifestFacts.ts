/** What a manifest says about its pointer and its gate, with the defaults of older pipelines. */
import type { Manifest, ManifestEntry, VersionState } from '../../shared/manifest.ts';

export type Gate = 'open' | 'closed';

export interface PointerFacts {
  readonly version: number;
  readonly state: VersionState;
  readonly gate: Gate;
}

export const entryOf = (manifest: Manifest | null, version: number): ManifestEntry | null =>
  manifest?.versions.find((each) => each.version === version) ?? null;

/** An entry without `state` is a candidate; without `downstream` its gate is open. */
export const stateOf = (entry: ManifestEntry): VersionState => entry.state ?? 'candidate';
export const gateOf = (entry: ManifestEntry): Gate => (entry.downstream === 'not_derived' ? 'closed' : 'open');

/** Null: there is no manifest, or its pointer names no entry. A flat batch has none and cannot be in conflict but by getting one. */
export function pointerFacts(manifest: Manifest | null): PointerFacts | null {
  if (!manifest) return null;
  const entry = entryOf(manifest, manifest.active_version);
  return entry && { version: entry.version, state: stateOf(entry), gate: gateOf(entry) };
}
