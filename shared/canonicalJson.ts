/** The canonical form of JSON (RFC 8785, JCS), made fast; what has no such form is refused with its place. */
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { atIndex, atKey } from './jsonPath.ts';
import { isIntegerLiteral, isUnsafeInteger } from './numberLiteral.ts';
import { cannotBeCopied, sortedCopy } from './sortedCopy.ts';

/** A value inside what is hashed that has no exact canonical form. The code is the problem's. */
export class UnfitValueError extends Error {
  readonly code: 'number_out_of_range' | 'lone_surrogate';
  readonly jsonPath: string;

  constructor(code: UnfitValueError['code'], jsonPath: string) {
    super(
      code === 'number_out_of_range'
        ? `The number at ${jsonPath} is out of range: an integer must be within ±(2^53−1), and a float finite.`
        : `The text at ${jsonPath} holds a lone surrogate, half of a character, which UTF-8 cannot hold.`,
    );
    this.name = 'UnfitValueError';
    this.code = code;
    this.jsonPath = jsonPath;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON must escape
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Half of a character, which UTF-8 cannot hold. */
export const hasLoneSurrogate = (text: string): boolean => loneSurrogate.test(text);

/** Thrown inside and told apart from all else; the place is looked for only when it is needed. */
const unfit = Symbol('unfit');

function writeString(text: string): string {
  if (!needsEscape.test(text)) return `"${text}"`;
  if (loneSurrogate.test(text)) throw unfit;
  return JSON.stringify(text);
}

/** The canonical double, or null where there is none. */
export function fitNumber(value: number | ExactNumber): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && !isUnsafeInteger(value) ? value : null;
  const double = Number(value.text);
  if (!Number.isFinite(double)) return null;
  return isIntegerLiteral(value.text) && !Number.isSafeInteger(double) ? null : double;
}

function writeNumber(value: number | ExactNumber): string {
  const double = fitNumber(value);
  if (double === null) throw unfit;
  // ECMAScript's own form is RFC 8785's; -0 becomes 0 in both.
  return String(double);
}

/** Keys in the order of their UTF-16 units, which is what `<` and sort without a comparator compare. */
function sortedKeys(value: JsonObject): readonly string[] {
  const keys = Object.keys(value);
  for (let at = 1; at < keys.length; at += 1) {
    if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return keys.sort();
  }
  return keys;
}

function write(value: JsonValue): string {
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'number' || value instanceof ExactNumber) return writeNumber(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return isJsonObject(value) ? writeObject(value) : writeArray(value);
}

function writeArray(value: readonly JsonValue[]): string {
  let made = '[';
  for (let at = 0; at < value.length; at += 1) {
    if (at > 0) made += ',';
    made += write(value[at] ?? null);
  }
  return `${made}]`;
}

function writeObject(value: JsonObject, leftOut?: ReadonlySet<string>): string {
  let made = '';
  for (const key of sortedKeys(value)) {
    if (leftOut?.has(key)) continue;
    made += `${made === '' ? '{' : ','}${writeString(key)}:${write(value[key] ?? null)}`;
  }
  return made === '' ? '{}' : `${made}}`;
}

/** The first unfit place, in the order of writing. */
function findUnfit(value: JsonValue, path: string, leftOut?: ReadonlySet<string>): UnfitValueError | null {
  if (typeof value === 'string') return loneSurrogate.test(value) ? new UnfitValueError('lone_surrogate', path) : null;
  if (typeof value === 'number' || value instanceof ExactNumber) {
    return fitNumber(value) === null ? new UnfitValueError('number_out_of_range', path) : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!isJsonObject(value)) {
    for (const [index, child] of value.entries()) {
      const found = findUnfit(child, atIndex(path, index));
      if (found) return found;
    }
    return null;
  }
  for (const key of sortedKeys(value)) {
    if (leftOut?.has(key)) continue;
    const place = atKey(path, key);
    if (loneSurrogate.test(key)) return new UnfitValueError('lone_surrogate', place);
    const found = findUnfit(value[key] ?? null, place);
    if (found) return found;
  }
  return null;
}

/** The same text by way of JSON.stringify, or null where that cannot make it or would not notice what is unfit. */
function writeFast(value: JsonValue, leftOut: ReadonlySet<string> | undefined): string | null {
  try {
    const text = JSON.stringify(sortedCopy(value, leftOut));
    // JSON.stringify writes a lone surrogate as an escape; a backslash of the text itself may look the same.
    return text.includes('\\ud') ? null : text;
  } catch (error) {
    if (error === cannotBeCopied) return null;
    throw error;
  }
}

/**
 * `path` is where the value stands in its document, for the error; `leftOut` are keys of the value itself, not of
 * what is inside it. Throws UnfitValueError.
 */
export function canonicalJson(value: JsonValue, path = '$', leftOut?: ReadonlySet<string>): string {
  const fast = writeFast(value, leftOut);
  if (fast !== null) return fast;
  try {
    return isJsonObject(value) ? writeObject(value, leftOut) : write(value);
  } catch (error) {
    throw (error === unfit ? findUnfit(value, path, leftOut) : null) ?? error;
  }
}
