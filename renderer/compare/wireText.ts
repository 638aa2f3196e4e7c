/** Wire values as a person reads them: exact numbers by their own text, names as a list, everything else as JSON. */
import type { WireObject, WireValue } from '../../shared/json.ts';

const isObject = (value: WireValue | undefined): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{"$number": text}`, the wire's form of a number that a double does not hold as written. */
export function exactText(value: WireValue | undefined): string | null {
  if (!isObject(value)) return null;
  const text = value.$number;
  return typeof text === 'string' && Object.keys(value).length === 1 ? text : null;
}

/** Takes the wrapper off an object whose own first key starts with `$`. */
export function unwrapped(value: WireValue): WireValue {
  if (!isObject(value)) return value;
  const inner = value.$object;
  return inner !== undefined && Object.keys(value).length === 1 ? inner : value;
}

export const member = (value: WireValue | undefined, key: string): WireValue | undefined => {
  const whole = value === undefined ? undefined : unwrapped(value);
  return isObject(whole) && Object.hasOwn(whole, key) ? whole[key] : undefined;
};

/** A number as written, or null where the value is none. */
export function numberText(value: WireValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return exactText(value);
}

export function numberOf(value: WireValue | undefined): number | null {
  const text = numberText(value);
  if (text === null) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** JSON with exact numbers put back in place; for reading, never for writing. */
export function jsonText(value: WireValue): string {
  const exact = exactText(value);
  if (exact !== null) return exact;
  const whole = unwrapped(value);
  if (Array.isArray(whole)) return `[${whole.map(jsonText).join(', ')}]`;
  if (isObject(whole)) {
    const members = Object.entries(whole).map(([key, each]) => `${JSON.stringify(key)}: ${jsonText(each)}`);
    return `{${members.join(', ')}}`;
  }
  return JSON.stringify(whole);
}

const hashPattern = /^(?:[a-z][a-z0-9]{1,9}:)?([0-9a-f]{16,})$/;

/** The seven digits by which a hash or a fingerprint is told; null where the text is none. */
export const shortHash = (text: string): string | null => hashPattern.exec(text)?.[1]?.slice(0, 7) ?? null;
