/** JSON values as Picture Lock holds them in memory: doubles where a double is exact, the literal's own text where it is not. */

/** A number literal that a double does not hold as written, or would write as an integer beyond ±(2^53−1). */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type JsonValue = null | boolean | number | string | ExactNumber | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** What travels: plain JSON in which `{"$number": text}` stands for an ExactNumber and `{"$object": …}` wraps an object whose own first key starts with `$`. */
export type WireValue = null | boolean | number | string | readonly WireValue[] | WireObject;

export interface WireObject {
  readonly [key: string]: WireValue;
}

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

/** Assigns data under any name: `__proto__` becomes an own key like every other, never a prototype. */
export function setOwn<Value>(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[key] = value;
  }
}

/** A key of the document itself; never what an object inherits, such as `constructor`. */
export const ownValue = (object: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;
