/** A batch as its writer finds it, outside the lock to refuse early and again inside to decide, and the refusals that all writes share. */
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { absentRevision, type BatchId, type Revision } from '../../../shared/ids.ts';
import type { ManifestEntry } from '../../../shared/manifest.ts';
import type { Problem } from '../../../shared/problem.ts';
import { readContained } from '../disk/containedFile.ts';
import { ioFailure } from '../disk/ioFailure.ts';
import { errorCode } from '../disk/ioReason.ts';
import { readLedger } from '../ledger/ledger.ts';
import { bodyProblem } from '../reading/batchProblems.ts';
import type { BodyCache, BodyLook } from '../reading/bodyCache.ts';
import { type ParsedManifest, parseManifest, revisionOf, unreadableManifest } from '../reading/manifest.ts';
import { type BatchFiles, type BatchListing, listingOf } from '../sceneFiles.ts';
import { type EditableManifest, editable } from './manifestEdits.ts';

/** One batch of a store. */
export interface BatchPlace {
  readonly batchId: BatchId;
  readonly episode: number;
  readonly files: BatchFiles;
}

export interface BatchState {
  /** Null where there is no manifest. */
  readonly parsed: ParsedManifest | null;
  readonly revision: Revision;
}

/** Gives `known` back where nothing changed since. */
export async function readState({ batchId, files }: BatchPlace, known?: BatchState): Promise<BatchState> {
  const name = basename(files.manifest);
  const reading = await readContained(files.scenesFolder, name);
  if (reading.kind === 'missing') return known?.parsed === null ? known : { parsed: null, revision: absentRevision };
  if (reading.kind === 'read' && known?.revision === revisionOf(reading.bytes)) return known;
  const parsed =
    reading.kind === 'read' ? parseManifest(reading.bytes, batchId, name) : unreadableManifest(name, reading.reason);
  return { parsed, revision: parsed.revision };
}

export interface FolderNames {
  readonly names: readonly string[];
  readonly listing: BatchListing;
}

/** A folder that is not there yet is an empty one. */
export async function readNames({ batchId, episode, files }: BatchPlace): Promise<FolderNames> {
  const names = await readdir(files.scenesFolder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw ioFailure('The scenes folder could not be listed', error);
  });
  return { names, listing: listingOf(names, episode, batchId) };
}

/** Null where there is none; throws `damaged` where there is one that may not be written. */
export function requireWritable({ parsed }: BatchState): EditableManifest | null {
  if (parsed === null) return null;
  const manifest = editable(parsed);
  if (manifest !== null) return manifest;
  const { problems } = parsed;
  const message = problems[0]?.message ?? 'The manifest cannot be read, so nothing can be decided on this batch.';
  throw new FailureError('damaged', message, { details: { problems } });
}

/** The person looked at another state of the batch than the one that stands now. */
export async function requireRevision(
  place: BatchPlace,
  state: BatchState,
  expected: Revision | undefined,
): Promise<void> {
  if (expected === undefined || expected === state.revision) return;
  const active = state.parsed?.manifest?.active_version;
  const now = active === undefined ? 'It has no manifest now.' : `Its active version is v${active} now.`;
  throw await conflict(
    place,
    state,
    `${place.batchId} was changed by somebody else since it was shown. ${now} Look at what changed, then decide again.`,
  );
}

/** Carries what the conflict dialog shows: the batch as it is now, and who did what. */
export async function conflict(place: BatchPlace, state: BatchState, message: string): Promise<FailureError> {
  const { lines } = await readLedger(place.files.ledger);
  const details = { manifest: state.parsed?.manifest ?? null, revision: state.revision, ledger: lines };
  return new FailureError('conflict', message, { details });
}

/** An entry, and the manifest that it stands in. */
export interface FoundEntry {
  readonly source: EditableManifest;
  readonly entry: ManifestEntry;
}

export function requireEntry(
  { batchId, files }: BatchPlace,
  source: EditableManifest | null,
  version: number,
): FoundEntry {
  const name = basename(files.manifest);
  if (source === null) {
    throw new FailureError(
      'notFound',
      `${batchId} has no manifest (${name}), so there is no version to choose. Write a candidate first.`,
    );
  }
  const entry = source.manifest.versions.find((each) => each.version === version);
  if (entry !== undefined) return { source, entry };
  throw new FailureError(
    'notFound',
    `${name} registers no v${version}. Look at the history for the versions there are.`,
  );
}

/** A registered body that is about to become active; throws `damaged` where the pipeline could not work with it. */
export async function requireBody(
  { batchId, files }: BatchPlace,
  { version, artifact }: Pick<ManifestEntry, 'version' | 'artifact'>,
  bodies: BodyCache,
  seen?: SeenBody,
): Promise<RegisteredBody> {
  const look = seen?.artifact === artifact ? seen.look : await bodies.look(files.scenesFolder, artifact);
  const problem = refusalOf(batchId, { version, artifact }, look);
  if (problem !== null || look.kind !== 'facts' || look.facts.fingerprint === null) {
    const message = problem?.message ?? `The body "${artifact}" of v${version} cannot be read.`;
    throw new FailureError('damaged', message, { details: { problem } });
  }
  return { fingerprint: look.facts.fingerprint, shotCount: look.facts.shotCount };
}

/** Why the pipeline could not work with this body; null where it can. */
export const refusalOf = (
  batchId: BatchId,
  { version, artifact }: Pick<ManifestEntry, 'version' | 'artifact'>,
  look: BodyLook,
): Problem | null =>
  // Without a record to compare with, only what refuses is left: no body, unfit values, another scene's id.
  bodyProblem({ ...unrecorded, version, artifact }, look, batchId);

/** A body that was looked at a moment ago. */
export interface SeenBody {
  readonly artifact: string;
  readonly look: BodyLook;
}

export interface RegisteredBody {
  readonly fingerprint: string;
  readonly shotCount: number;
}

const unrecorded = {
  entry: null,
  isOrphan: false,
  isActive: false,
  state: 'candidate',
  downstream: 'not_derived',
  kind: 'reshoot',
  source: null,
  recordedFingerprint: null,
} as const;
