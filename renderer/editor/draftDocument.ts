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

/** In the place that the key has already, else at the end; `undefined` takes the key away. */
function withKey(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  if (value === undefined) {
    if (!Object.hasOwn(object, key)) return object;
    return fromEntries(Object.entries(object).filter(([name]) => name !== key));
  }
  if (Object.hasOwn(object, key)) {
    if (object[key] === value) return object;
    return fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]));
  }
  return fromEntries([...Object.entries(object), [key, value]]);
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
  const child = ownValue(value, step);
  if (child === undefined && (next === undefined || typeof rest[0] === 'number')) return value;
  return withKey(value, step, withValue(child ?? {}, rest, next));
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
