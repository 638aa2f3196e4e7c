/** A scene's body: what the pipeline writes per batch version. One beat is one shot. */
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from './json.ts';

/** Keys of a beat that the pipeline keeps beside the structure; no part of a fingerprint, never in a fresh candidate. */
export const runtimeKeys = ['takes', 'boards', 'status', 'receipts', 'updated_at'] as const;

/** A body that has the two fields every body needs; whatever else is missing shows as missing. */
export interface Scene extends JsonObject {
  readonly scene_id: string;
  readonly beats: readonly JsonObject[];
}

export type Beat = JsonObject;

export type { JsonValue };

/** What keeps a value from being a scene, as the end of a sentence that begins with the file's name; null for a scene. */
export function describeNotScene(value: JsonValue): { readonly jsonPath: string; readonly reason: string } | null {
  if (!isJsonObject(value)) return { jsonPath: '$', reason: 'a scene is an object with "scene_id" and "beats"' };
  if (typeof ownValue(value, 'scene_id') !== 'string') {
    return { jsonPath: '$.scene_id', reason: '"scene_id" must be a text' };
  }
  const beats = ownValue(value, 'beats');
  if (!Array.isArray(beats)) return { jsonPath: '$.beats', reason: '"beats" must be a list' };
  const wrong = beats.findIndex((beat: JsonValue) => !isJsonObject(beat));
  return wrong < 0 ? null : { jsonPath: `$.beats[${wrong}]`, reason: 'each beat must be an object' };
}

export const isScene = (value: JsonValue): value is Scene => describeNotScene(value) === null;
