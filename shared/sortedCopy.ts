/** Copies JSON so that JSON.stringify writes it in canonical order: many times faster than writing it in script. */
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue, type WireValue } from './json.ts';

/** The keys of an object in their own order, and what is to be done with them; most objects of a scene share a few. */
interface Shape {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  /** False where an object cannot hold the keys in sorted order, or not as data. */
  readonly canBeCopied: boolean;
}

/** By the first key. Only a memory: it is emptied when it grows, and shared by nothing but speed. */
const shapes = new Map<string, Shape[]>();
let shapeCount = 0;
const mostShapes = 1000;
const mostOfOneKey = 24;

/** JavaScript puts such keys first, by value, wherever they were added. */
const integerLike = /^(?:0|[1-9]\d*)$/;

function makeShape(keys: readonly string[]): Shape {
  return {
    keys,
    sorted: keys.slice().sort(),
    canBeCopied: !keys.some((key) => key === '__proto__' || integerLike.test(key)),
  };
}

function shapeOf(keys: readonly string[]): Shape {
  const first = keys[0] ?? '';
  const known = shapes.get(first);
  if (known) {
    for (const shape of known) {
      let at = shape.keys.length === keys.length ? 0 : -1;
      while (at >= 0 && at < keys.length) at = shape.keys[at] === keys[at] ? at + 1 : -1;
      if (at >= 0) return shape;
    }
  }
  const shape = makeShape(keys);
  if (shapeCount >= mostShapes) {
    shapes.clear();
    shapeCount = 0;
  }
  const list = shapes.get(first);
  if (list === undefined) shapes.set(first, [shape]);
  else if (list.length < mostOfOneKey) list.push(shape);
  shapeCount += 1;
  return shape;
}

/** Thrown where the value has to be written, or refused, the long way. */
export const cannotBeCopied = Symbol('cannotBeCopied');

function copyNumber(value: number): number {
  // Whatever is outside (NaN, infinities, integers that are no longer distinct, large floats) is looked at singly.
  if (value > -9007199254740992 && value < 9007199254740992) return value;
  throw cannotBeCopied;
}

function copyList(value: readonly JsonValue[]): WireValue {
  return value.map((child) => sortedCopy(child));
}

function copyObject(value: JsonObject, leftOut: ReadonlySet<string> | undefined): WireValue {
  const shape = shapeOf(Object.keys(value));
  if (!shape.canBeCopied) throw cannotBeCopied;
  const made: Record<string, WireValue> = {};
  for (const key of shape.sorted) {
    if (leftOut?.has(key)) continue;
    const child = value[key] ?? null;
    made[key] = typeof child === 'string' ? child : sortedCopy(child);
  }
  return made;
}

/** `leftOut` are keys of the value itself, not of what is inside it. Throws `cannotBeCopied`. */
export function sortedCopy(value: JsonValue, leftOut?: ReadonlySet<string>): WireValue {
  if (typeof value === 'number') return copyNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ExactNumber) throw cannotBeCopied;
  return isJsonObject(value) ? copyObject(value, leftOut) : copyList(value);
}
