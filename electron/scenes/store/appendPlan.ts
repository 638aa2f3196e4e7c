/** Decides what writing a candidate comes to: the first body of a batch, the registration of a flat one, an append, or nothing new. */
import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import { bodyName, highestBody } from '../sceneFiles.ts';
import { type BatchPlace, type BatchState, type FolderNames, type RegisteredBody, requireBody } from './batchState.ts';
import { type Candidate, candidateEntry, flatEntry } from './candidate.ts';
import { findDuplicate } from './duplicateVersion.ts';
import type { EditableManifest, NewEntry } from './manifestEdits.ts';

export type AppendPlan =
  /** A: no manifest and no flat body. */
  | { readonly kind: 'first'; readonly artifact: string }
  /** B: `entry` is null where the flat body is what the candidate would repeat. */
  | { readonly kind: 'register'; readonly flat: NewEntry; readonly entry: NewEntry | null }
  /** C */
  | { readonly kind: 'append'; readonly manifest: EditableManifest; readonly entry: NewEntry }
  | { readonly kind: 'repeated'; readonly version: number };

export interface PlanInput {
  readonly place: BatchPlace;
  readonly state: BatchState;
  readonly manifest: EditableManifest | null;
  readonly names: FolderNames;
  readonly candidate: Candidate;
  readonly dedup: boolean;
  readonly bodies: BodyCache;
}

/** Reads and refuses, writes nothing: asked once before the lock and again under it. */
export async function planAppend(input: PlanInput): Promise<AppendPlan> {
  const { place, manifest, names, candidate, dedup, bodies } = input;
  const { scenesFolder, flat: flatPath } = place.files;
  if (manifest !== null) {
    const { versions } = manifest.manifest;
    const repeated = dedup ? await findDuplicate(scenesFolder, versions, candidate, bodies) : null;
    if (repeated !== null) return { kind: 'repeated', version: repeated };
    return { kind: 'append', manifest, entry: nextEntry(input, versions, manifest.manifest.active_version) };
  }
  const artifact = basename(flatPath);
  if (!names.listing.hasFlat) return { kind: 'first', artifact };
  const body: RegisteredBody = await requireBody(place, { version: 1, artifact }, bodies);
  const flat = flatEntry(artifact, body.fingerprint, body.shotCount);
  const isRepeated = dedup && (await findDuplicate(scenesFolder, [flat], candidate, bodies)) !== null;
  return { kind: 'register', flat, entry: isRepeated ? null : nextEntry(input, [flat], flat.version) };
}

/** Above every registered number and every body on disk, so that an orphan of a crashed writer is never overwritten. */
function nextEntry(
  { place, names, candidate }: PlanInput,
  versions: readonly { readonly version: number; readonly artifact: string }[],
  pointer: number,
): NewEntry {
  const { episode, batchId } = place;
  const highest = versions.reduce((most, { version }) => Math.max(most, version), highestBody(names.listing.bodies));
  const artifacts = new Set(versions.map(({ artifact }) => artifact));
  let next = highest + 1;
  // An entry may name a file of another number that is missing; it must not get this body. And a pointer to a version
  // that is not there must not come to mean a candidate that nobody approved.
  while (artifacts.has(bodyName(episode, batchId, next)) || next === pointer) next += 1;
  if (!Number.isSafeInteger(next)) {
    throw new FailureError(
      'conflict',
      `${batchId} has a version number so high that none is left above it. Look at the bodies in its folder.`,
    );
  }
  return candidateEntry(candidate, next, bodyName(episode, batchId, next));
}
