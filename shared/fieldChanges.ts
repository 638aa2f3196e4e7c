/** What differs between two JSON values, field by field. */
import type { FieldChange } from './comparison.ts';
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue, ownValue } from './json.ts';
import { atIndex, atKey } from './jsonPath.ts';
import { isSameNumber } from './numberLiteral.ts';
import { toWire } from './wire.ts';

type Field = JsonValue | undefined;

const isNumber = (value: Field): value is number | ExactNumber =>
  typeof value === 'number' || value instanceof ExactNumber;

const isList = (value: Field): value is readonly JsonValue[] => Array.isArray(value);

export function isSameValue(one: Field, other: Field): boolean {
  if (one === other) return true;
  if (isNumber(one)) return isNumber(other) && isSameNumber(one, other);
  if (isList(one)) {
    return isList(other) && one.length === other.length && one.every((child, at) => isSameValue(child, other[at]));
  }
  return isJsonObject(one) && isJsonObject(other) && haveSameFields(one, other);
}

function haveSameFields(one: JsonObject, other: JsonObject): boolean {
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const key of keys) if (!isSameValue(one[key], ownValue(other, key))) return false;
  return true;
}

function add(changes: FieldChange[], path: string, before: Field, after: Field): void {
  changes.push({
    path,
    ...(before === undefined ? {} : { before: toWire(before) }),
    ...(after === undefined ? {} : { after: toWire(after) }),
  });
}

function collect(changes: FieldChange[], path: string, before: Field, after: Field): void {
  if (before === after) return;
  if (isJsonObject(before) && isJsonObject(after)) {
    collectFields(changes, path, before, after);
  } else if (isList(before) && isList(after)) {
    const length = Math.max(before.length, after.length);
    for (let at = 0; at < length; at += 1) {
      if (before[at] !== after[at]) collect(changes, atIndex(path, at), before[at], after[at]);
    }
  } else if (!(isNumber(before) && isNumber(after) && isSameNumber(before, after))) {
    add(changes, path, before, after);
  }
}

function collectFields(
  changes: FieldChange[],
  path: string,
  before: JsonObject,
  after: JsonObject,
  leftOut?: ReadonlySet<string>,
): void {
  for (const key of Object.keys(before)) {
    const next = ownValue(after, key);
    if (before[key] !== next && !leftOut?.has(key)) collect(changes, atKey(path, key), before[key], next);
  }
  for (const key of Object.keys(after)) {
    if (!Object.hasOwn(before, key) && !leftOut?.has(key)) add(changes, atKey(path, key), undefined, after[key]);
  }
}

/**
 * Deepest differing fields, in the order of `before`, then what `after` has more; lists are compared by index. A
 * field that came or went whole is one change. `leftOut` are keys of the two objects themselves.
 */
export function fieldChanges(
  before: JsonObject,
  after: JsonObject,
  leftOut?: ReadonlySet<string>,
): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  collectFields(changes, '$', before, after, leftOut);
  return changes;
}
