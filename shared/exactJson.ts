/** Reads and writes JSON without losing a number: what a double does not hold as written stays an ExactNumber. */
import { parseSlowly } from './exactJsonParser.ts';
import { ExactNumber, isJsonObject, type JsonValue } from './json.ts';
import { JsonTextError, maximumNesting } from './jsonTextError.ts';
import { numberFromLiteral } from './numberLiteral.ts';
import { stringEnd } from './stringEnd.ts';

const quote = 34;
const minus = 45;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isNumberPart = (code: number): boolean =>
  isDigit(code) || code === 46 || code === 43 || code === minus || code === 69 || code === 101;

/** One pass over valid JSON text: whether JSON.parse would lose a number, or nest too deep. */
function needsCare(text: string): boolean {
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = stringEnd(text, at);
    } else if (code === minus || isDigit(code)) {
      const start = at;
      let hasExponent = false;
      while (at < text.length && isNumberPart(text.charCodeAt(at))) {
        hasExponent ||= (text.charCodeAt(at) | 32) === 101;
        at += 1;
      }
      // The same bound as in numberFromLiteral; most numbers never become a text of their own here.
      if (hasExponent || at - start >= 16) {
        if (typeof numberFromLiteral(text.slice(start, at)) !== 'number') return true;
      }
    } else {
      if (code === 123 || code === 91) {
        depth += 1;
        if (depth > maximumNesting) return true;
      } else if (code === 125 || code === 93) depth -= 1;
      at += 1;
    }
  }
  return false;
}

/**
 * Strict JSON; a leading byte-order mark is accepted. Of a key that stands twice the last wins. Keys such as
 * `__proto__` are data. Throws JsonTextError where the text is no JSON or nests beyond 500 levels.
 */
export const parseExact = (text: string): JsonValue => parseUnmarked(text.startsWith('\ufeff') ? text.slice(1) : text);

/** As parseExact, of a text whose byte-order mark is taken off already: a second one is no JSON. */
export function parseUnmarked(text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    // The platform's messages differ from version to version and name no line; ours come from reading once more.
    return parseSlowly(text);
  }
  return needsCare(text) ? parseSlowly(text) : value;
}

/** What parseUnmarked accepts, as JSON.parse reads it: for a text that is kept as it is, and whose numbers are only looked at. */
export function parseRounded(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return parseSlowly(text);
  }
  // Refuses what nests too deep.
  if (needsCare(text)) parseSlowly(text);
  return value;
}

function holdsExactNumber(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof ExactNumber) return true;
  if (!isJsonObject(value)) return value.some(holdsExactNumber);
  for (const key of Object.keys(value)) {
    const child = value[key];
    if (typeof child === 'object' && child !== null && holdsExactNumber(child)) return true;
  }
  return false;
}

function write(value: JsonValue, step: string, margin: string): string {
  if (value instanceof ExactNumber) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = margin + step;
  const colon = step === '' ? ':' : ': ';
  const isObject = isJsonObject(value);
  const parts = isObject
    ? Object.entries(value).map(([key, child]) => JSON.stringify(key) + colon + write(child, step, inner))
    : value.map((child) => write(child, step, inner));
  const [open, close] = isObject ? ['{', '}'] : ['[', ']'];
  if (parts.length === 0) return open + close;
  if (step === '') return open + parts.join(',') + close;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

/** As JSON.stringify with that indent (none by default), ExactNumbers as they were written. No newline at the end. */
export function stringifyExact(value: JsonValue, indent = 0): string {
  return holdsExactNumber(value) ? write(value, ' '.repeat(indent), '') : JSON.stringify(value, null, indent);
}

export { JsonTextError };
