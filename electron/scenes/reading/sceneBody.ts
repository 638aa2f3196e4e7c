/** A version's body from bytes to facts: what the history, the list and the problems need to know without holding the scene. */
import { createHash } from 'node:crypto';
import { UnfitValueError } from '../../../shared/canonicalJson.ts';
import { sceneDuration } from '../../../shared/comparedBody.ts';
import { JsonTextError, parseUnmarked } from '../../../shared/exactJson.ts';
import { fingerprintBody } from '../../../shared/fingerprint.ts';
import { isJsonObject, type JsonValue, ownValue } from '../../../shared/json.ts';
import { type Beat, describeNotScene, isScene, type Scene } from '../../../shared/scene.ts';
import { decodeUtf8 } from './manifest.ts';

export interface BodyFacts {
  readonly sceneId: string;
  readonly title: string | null;
  readonly shotCount: number;
  /** Seconds, the sum over its shots. */
  readonly durationS: number;
  /** Each once, in order of appearance. */
  readonly characters: readonly string[];
  readonly shotsWithBoards: number;
  readonly duplicateBeatIds: readonly string[];
  /** Null where a value inside cannot be held exactly; `unfit` says which. */
  readonly fingerprint: string | null;
  readonly unfit: { readonly code: 'number_out_of_range' | 'lone_surrogate'; readonly jsonPath: string } | null;
}

export interface Body {
  readonly scene: Scene;
  readonly facts: BodyFacts;
  /** Null where `facts.unfit` is not. */
  readonly beatFingerprints: readonly string[] | null;
}

export type BodyParse =
  | ({ readonly ok: true } & Body)
  | { readonly ok: false; readonly reason: string; readonly jsonPath?: string };

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** `reason` is the end of a sentence that begins with the file's name. */
export function parseBody(bytes: Uint8Array): BodyParse {
  const text = decodeUtf8(bytes);
  if (text === null) return { ok: false, reason: 'it is not UTF-8 text' };
  if (text.trim() === '') return { ok: false, reason: 'it is empty' };
  let value: JsonValue;
  try {
    value = parseUnmarked(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return { ok: false, reason: `it is no valid JSON. ${error.message.replace(/\.$/, '')}`, jsonPath: error.jsonPath };
  }
  if (!isScene(value)) {
    const what = describeNotScene(value);
    return what === null
      ? { ok: false, reason: 'it is no scene' }
      : { ok: false, reason: `it is no scene: ${what.reason}`, jsonPath: what.jsonPath };
  }
  return { ok: true, ...describeBody(value) };
}

function describeBody(scene: Scene): Body {
  const shots = scene.beats.map(shotOf);
  const title = ownValue(scene, 'title');
  const plain = {
    sceneId: scene.scene_id,
    title: typeof title === 'string' ? title : null,
    shotCount: scene.beats.length,
    durationS: sceneDuration(scene),
    characters: [...new Set(shots.flatMap((shot) => textsOf(ownValue(shot, 'characters'))))],
    shotsWithBoards: scene.beats.filter((beat) => isFilledList(ownValue(beat, 'boards'))).length,
    duplicateBeatIds: repeatedIds(scene.beats),
  };
  try {
    const { scene: fingerprint, beats } = fingerprintBody(scene, sha256);
    return { scene, facts: { ...plain, fingerprint, unfit: null }, beatFingerprints: beats };
  } catch (error) {
    if (!(error instanceof UnfitValueError)) throw error;
    const unfit = { code: error.code, jsonPath: error.jsonPath };
    return { scene, facts: { ...plain, fingerprint: null, unfit }, beatFingerprints: null };
  }
}

function shotOf(beat: Beat): Beat {
  const shot = ownValue(beat, 'shot');
  return isJsonObject(shot) ? shot : {};
}

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item: unknown): item is string => typeof item === 'string') : [];

const isFilledList = (value: JsonValue | undefined): boolean => Array.isArray(value) && value.length > 0;

function repeatedIds(beats: readonly Beat[]): readonly string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const beat of beats) {
    const id = ownValue(beat, 'beat_id');
    if (typeof id !== 'string') continue;
    if (seen.has(id)) repeated.add(id);
    seen.add(id);
  }
  return [...repeated];
}
