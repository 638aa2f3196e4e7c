/** Scenes as they cross a transport: exact numbers as `{"$number": text}`, keys that look like such marks wrapped in `{"$object": …}`. */
import { FailureError } from './failure.ts';
import {
  ExactNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  setOwn,
  type WireObject,
  type WireValue,
} from './json.ts';
import { atIndex, atKey } from './jsonPath.ts';
import { maximumNesting } from './jsonTextError.ts';
import { isNumberLiteral, isUnsafeInteger, numberFromLiteral } from './numberLiteral.ts';

export function toWire(value: JsonValue): WireValue {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ExactNumber) return { $number: value.text };
  return isJsonObject(value) ? objectToWire(value) : value.map(toWire);
}

/** An object is one on the wire too. */
export function objectToWire(value: JsonObject): WireObject {
  const made: Record<string, WireValue> = {};
  let isMark: boolean | undefined;
  for (const [key, child] of Object.entries(value)) {
    isMark ??= key.startsWith('$');
    setOwn(made, key, toWire(child));
  }
  return isMark ? { $object: made } : made;
}

const refuse = (path: string, reason: string): never => {
  throw new FailureError('invalid', `${path} ${reason}`, { details: { jsonPath: path } });
};

function readNumber(value: number, path: string): number {
  if (!Number.isFinite(value)) return refuse(path, `is ${value}, which is no JSON value.`);
  // Whoever parsed it has rounded it already, or would write it as an integer that it may never have been.
  if (isUnsafeInteger(value)) {
    return refuse(path, 'is an integer beyond ±(2^53−1); send its text as {"$number": "…"} so that it stays exact.');
  }
  return value;
}

function readPlainObject(entries: readonly (readonly [string, unknown])[], path: string, depth: number): JsonValue {
  const made: Record<string, JsonValue> = {};
  for (const [key, child] of entries) setOwn(made, key, read(child, atKey(path, key), depth + 1));
  return made;
}

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function readMark(entries: readonly (readonly [string, unknown])[], path: string, depth: number): JsonValue {
  const [mark, content] = entries[0] ?? ['', undefined];
  if (entries.length > 1) {
    return refuse(path, `begins with the key "${mark}"; wrap such an object as {"$object": {…}}.`);
  }
  if (mark === '$number') {
    if (typeof content === 'string' && isNumberLiteral(content)) return numberFromLiteral(content);
    return refuse(path, 'holds a "$number" that is not the text of a JSON number.');
  }
  if (mark === '$object') {
    if (typeof content !== 'object' || content === null || Array.isArray(content) || !isPlain(content)) {
      return refuse(path, 'holds an "$object" that is not an object.');
    }
    return readPlainObject(Object.entries(content), path, depth);
  }
  if (mark === '$set' || mark === '$binary') {
    return refuse(path, `holds a "${mark}"; sets and binary data belong to entities and cannot stand in a scene.`);
  }
  return refuse(path, `holds "${mark}", which is no known mark; wrap an object with such a key as {"$object": {…}}.`);
}

function read(value: unknown, path: string, depth: number): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return readNumber(value, path);
  if (value instanceof ExactNumber) {
    return isNumberLiteral(value.text) ? numberFromLiteral(value.text) : refuse(path, 'is no JSON number.');
  }
  if (typeof value !== 'object') return refuse(path, `is ${typeof value}, which is no JSON value.`);
  if (depth >= maximumNesting) return refuse(path, `nests beyond ${maximumNesting} levels.`);
  // Array.from, because map would leave the holes of a sparse array unread.
  if (Array.isArray(value)) return Array.from(value, (child, index) => read(child, atIndex(path, index), depth + 1));
  if (!isPlain(value)) return refuse(path, 'is no plain object, so no JSON value.');
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return entries[0]?.[0].startsWith('$') ? readMark(entries, path, depth) : readPlainObject(entries, path, depth);
}

/** The value a wire form stands for, ExactNumbers in it taken as they are. Throws `invalid` with the JSONPath of what cannot stand in a scene. */
export function fromWire(value: unknown): JsonValue {
  return read(value, '$', 0);
}
