/** Decides, on the text of a JSON number literal, whether a double may stand for it. */
import { ExactNumber } from './json.ts';

const literal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export const isNumberLiteral = (text: string): boolean => literal.test(text);

export const isIntegerLiteral = (text: string): boolean => /^-?\d+$/.test(text);

/** An integer that JSON.stringify would write in full although its neighbours are no longer distinct. */
export const isUnsafeInteger = (value: number): boolean =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;

/** Sign, digits and power of ten of a decimal text, so that equal values give equal results. */
function decimalForm(text: string): string {
  const isNegative = text.startsWith('-');
  const [mantissa = '', exponent = '0'] = text.slice(isNegative ? 1 : 0).split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  // BigInt because an exponent may itself be longer than a double's digits.
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${isNegative ? '-' : ''}${significant}e${power}`;
}

/**
 * The double of a number literal, or an ExactNumber where the double's shortest form has another value, or would be
 * written as an integer beyond ±(2^53−1). An integer literal beyond that range is always exact: written back as a
 * double it would become a float (`1e+21`), and a fingerprint must be able to refuse it.
 */
export function numberFromLiteral(text: string): number | ExactNumber {
  const value = Number(text);
  // Fifteen significant digits survive a double in its normal range, which a literal without exponent cannot leave.
  if (text.length < 16 && !/[eE]/.test(text)) return value;
  if (!Number.isFinite(value) || isUnsafeInteger(value)) return new ExactNumber(text);
  if (isIntegerLiteral(text) && !Number.isSafeInteger(value)) return new ExactNumber(text);
  return decimalForm(text) === decimalForm(String(value)) ? value : new ExactNumber(text);
}

/** Whether two numbers have the same decimal value, however they are written. */
export function isSameNumber(one: number | ExactNumber, other: number | ExactNumber): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one === other;
  const text = (value: number | ExactNumber): string => (typeof value === 'number' ? String(value) : value.text);
  return text(one) === text(other) || decimalForm(text(one)) === decimalForm(text(other));
}
