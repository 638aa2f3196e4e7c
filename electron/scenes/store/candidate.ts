/** What a new version must be before anything is written or locked, and the bytes and the entry that come of it. */
import { UnfitValueError } from '../../../shared/canonicalJson.ts';
import { stringifyExact } from '../../../shared/exactJson.ts';
import { FailureError } from '../../../shared/failure.ts';
import { fingerprintScene } from '../../../shared/fingerprint.ts';
import type { BatchId } from '../../../shared/ids.ts';
import { ExactNumber, type JsonValue } from '../../../shared/json.ts';
import { maximumNesting } from '../../../shared/jsonTextError.ts';
import type { VersionKind, VersionState } from '../../../shared/manifest.ts';
import { describeNotScene, isScene, type Scene } from '../../../shared/scene.ts';
import { sha256 } from '../reading/sceneBody.ts';
import type { NewEntry } from './manifestEdits.ts';

export interface CandidateOptions {
  readonly parentVersion?: number | null | undefined;
  readonly source?: string | undefined;
  readonly state?: VersionState | undefined;
  readonly kind?: VersionKind | undefined;
}

export interface Candidate {
  readonly scene: Scene;
  readonly fingerprint: string;
  readonly bytes: Buffer;
  readonly parentVersion: number | null;
  readonly source: string;
  readonly state: VersionState;
  readonly kind: VersionKind;
}

const kinds: readonly string[] = ['pickup', 'reshoot'] satisfies readonly VersionKind[];
const states: readonly string[] = ['candidate', 'approved'] satisfies readonly VersionState[];

/** Throws `invalid`. */
export function checkCandidate(batchId: BatchId, scene: JsonValue, options: CandidateOptions): Candidate {
  const { parentVersion = null, source = 'rederive', state = 'candidate', kind = 'reshoot' } = options;
  if (!isScene(scene)) {
    const what = describeNotScene(scene);
    throw invalid(`This is no scene: ${what?.reason ?? 'it lacks its fields'}.`, what?.jsonPath);
  }
  if (isTooDeep(scene, 0))
    throw invalid(`The scene nests beyond ${maximumNesting} levels, which nobody could read back.`);
  if (scene.scene_id !== batchId) {
    throw invalid(`The scene's scene_id is "${scene.scene_id}", but it was to be written as ${batchId}.`, '$.scene_id');
  }
  if (!kinds.includes(kind)) throw invalid(`"${kind}" is no kind of version: it is "pickup" or "reshoot".`);
  if (!states.includes(state)) throw invalid(`"${state}" is no state of a version: it is "candidate" or "approved".`);
  if (typeof source !== 'string') throw invalid('The source of a version is a text.');
  if (parentVersion !== null && !(Number.isSafeInteger(parentVersion) && parentVersion > 0)) {
    throw invalid(`${String(parentVersion)} is no version: the parent is a whole number from 1, or null.`);
  }
  const bytes = Buffer.from(`${stringifyExact(scene, 2)}\n`, 'utf8');
  return { scene, fingerprint: fingerprintOf(scene), bytes, parentVersion, source, state, kind };
}

function isTooDeep(value: JsonValue | undefined, depth: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return false;
  return depth >= maximumNesting || Object.values(value).some((child) => isTooDeep(child, depth + 1));
}

function fingerprintOf(scene: Scene): string {
  try {
    return fingerprintScene(scene, sha256);
  } catch (error) {
    if (!(error instanceof UnfitValueError)) throw error;
    throw new FailureError('invalid', error.message, { details: { jsonPath: error.jsonPath }, cause: error });
  }
}

export const candidateEntry = (candidate: Candidate, version: number, artifact: string): NewEntry => ({
  version,
  artifact,
  state: candidate.state,
  downstream: 'not_derived',
  kind: candidate.kind,
  source: candidate.source,
  parent_version: candidate.parentVersion,
  structure_fingerprint: candidate.fingerprint,
  shot_count: candidate.scene.beats.length,
  created_at: new Date().toISOString(),
});

/** The flat body as version 1, where it stands. Its record is provisional: the pipeline may still change that file. */
export const flatEntry = (artifact: string, fingerprint: string, shotCount: number): NewEntry => ({
  version: 1,
  artifact,
  state: 'approved',
  downstream: 'derived',
  kind: 'reshoot',
  source: 'legacy_flat',
  parent_version: null,
  structure_fingerprint: fingerprint,
  shot_count: shotCount,
  created_at: new Date().toISOString(),
});

const invalid = (message: string, jsonPath?: string): FailureError =>
  new FailureError('invalid', message, jsonPath === undefined ? {} : { details: { jsonPath } });
