/** A scene's body: what the pipeline writes per batch version. One beat is one shot. */
import type { JsonObject, JsonValue } from './json.ts';

/** Keys of a beat that the pipeline keeps beside the structure; no part of a fingerprint, never in a fresh candidate. */
export const runtimeKeys = ['takes', 'boards', 'status', 'receipts', 'updated_at'] as const;

/** A body that has the two fields every body needs; whatever else is missing shows as missing. */
export interface Scene extends JsonObject {
  readonly scene_id: string;
  readonly beats: readonly JsonObject[];
}

export type Beat = JsonObject;

export type { JsonValue };
