/** Pure edits of a scene that is never changed itself: what an edit does not touch stays the same value, in its place and as written. */
import { isJsonObject, type JsonObject, type JsonValue, ownValue, setOwn } from '../../shared/json.ts';
import { type Beat, runtimeKeys, type Scene } from '../../shared/scene.ts';

/** Keys and indexes that lead from a value to one inside it. */
export type Path = readonly (string | number)[];

const runtime: ReadonlySet<string> = new Set(runtimeKeys);

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** Undefined where nothing stands, also where the way leads through a value of another kind. */
export function valueAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let found = value;
  for (const step of path) {
    if (typeof step === 'number') found = isList(found) ? found[step] : undefined;
    else found = isJsonObject(found) ? ownValue(found, step) : undefined;
  }
  return found;
}

/** Where the pipeline writes each key; a key that is added stands before the first of those behind it. */
const keyOrder = [
  ['schema_version', 'scene_id', 'episode', 'title', 'beats'],
  ['beat_id', 'summary', 'shot'],
  ['shot_id', 'shot_type', 'camera', 'duration_s', 'characters', 'dialogue', 'raw'],
  ['move', 'lens_mm'],
  ['description', 'source_text_hash', 'render_flags'],
  ['character', 'line'],
] as const satisfies readonly (readonly string[])[];

function placeOf(names: readonly string[], key: string): number {
  const order: readonly string[] = keyOrder.find((each) => each.some((name) => name === key)) ?? [];
  const behind = new Set(order.slice(order.indexOf(key) + 1));
  const at = names.findIndex((name) => behind.has(name));
  return at < 0 ? names.length : at;
}

/** In the place that the key has already, else where the pipeline writes it; `undefined` takes the key away. */
function withKey(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  if (value === undefined) {
    if (!Object.hasOwn(object, key)) return object;
    return fromEntries(Object.entries(object).filter(([name]) => name !== key));
  }
  if (Object.hasOwn(object, key)) {
    if (object[key] === value) return object;
    return fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]));
  }
  const entries = Object.entries(object);
  const at = placeOf(Object.keys(object), key);
  return fromEntries([...entries.slice(0, at), [key, value], ...entries.slice(at)]);
}

function fromEntries(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const made: Record<string, JsonValue> = {};
  // Never Object.fromEntries or a spread of literals alone: `__proto__` must stay a key like every other.
  for (const [key, value] of entries) setOwn(made, key, value);
  return made;
}

function withIndex(list: readonly JsonValue[], index: number, value: JsonValue | undefined): readonly JsonValue[] {
  if (index < 0 || index > list.length || list[index] === value) return list;
  return value === undefined ? list.filter((_, at) => at !== index) : Object.assign([...list], { [index]: value });
}

/**
 * The value with another one at that place; objects that are missing on the way are made. Where the way leads through
 * a value of another kind nothing changes: what was not understood is never overwritten.
 */
export function withValue<Value extends JsonValue>(value: Value, path: Path, next: JsonValue | undefined): Value;
export function withValue(value: JsonValue, path: Path, next: JsonValue | undefined): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return next === undefined ? value : next;
  if (typeof step === 'number') {
    if (!isList(value)) return value;
    const child = value[step];
    if (rest.length === 0) return withIndex(value, step, next);
    return child === undefined ? value : withIndex(value, step, withValue(child, rest, next));
  }
  if (!isJsonObject(value)) return value;
  if (rest.length === 0) return withKey(value, step, next);
  const child = ownValue(value, step) ?? {};
  const changed = withValue(child, rest, next);
  return changed === child ? value : withKey(value, step, changed);
}

const withBeats = (scene: Scene, beats: readonly Beat[]): Scene => withValue<Scene>(scene, ['beats'], beats);

export const withBeatValue = (scene: Scene, beat: number, path: Path, next: JsonValue | undefined): Scene =>
  scene.beats[beat] === undefined ? scene : withValue<Scene>(scene, ['beats', beat, ...path], next);

/** At that index; what stood there and behind it moves on. */
export function insertBeat(scene: Scene, index: number, beat: Beat): Scene {
  const at = Math.max(0, Math.min(index, scene.beats.length));
  return withBeats(scene, [...scene.beats.slice(0, at), beat, ...scene.beats.slice(at)]);
}

export const removeBeat = (scene: Scene, index: number): Scene =>
  scene.beats[index] === undefined
    ? scene
    : withBeats(
        scene,
        scene.beats.filter((_, at) => at !== index),
      );

/** From one place to another, both as they are before and after. */
export function moveBeat(scene: Scene, from: number, to: number): Scene {
  const beat = scene.beats[from];
  const target = Math.max(0, Math.min(to, scene.beats.length - 1));
  if (!beat || target === from) return scene;
  const others = scene.beats.filter((_, at) => at !== from);
  return withBeats(scene, [...others.slice(0, target), beat, ...others.slice(target)]);
}

export function withoutRuntimeKeys(scene: Scene): Scene {
  const hasRuntime = (beat: Beat) => Object.keys(beat).some((key) => runtime.has(key));
  if (!scene.beats.some(hasRuntime)) return scene;
  return withBeats(
    scene,
    scene.beats.map((beat) =>
      hasRuntime(beat) ? fromEntries(Object.entries(beat).filter(([key]) => !runtime.has(key))) : beat,
    ),
  );
}
