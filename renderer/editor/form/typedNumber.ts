/** What a person types into a field of a number, read as the number literal that it will be in the body. */
import { ExactNumber } from '../../../shared/json.ts';
import { isIntegerLiteral, isNumberLiteral, numberFromLiteral } from '../../../shared/numberLiteral.ts';

export type TypedNumber =
  | { readonly kind: 'number'; readonly value: number | ExactNumber }
  /** Nothing: the field goes. */
  | { readonly kind: 'empty' }
  /** `4.`, `-`: not wrong, only not ready. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'wrong'; readonly reason: string };

/** A comma stands for the point, since half of the world writes it so. `.5` is `0.5`. */
export function typedNumber(typed: string): TypedNumber {
  const text = typed.trim().replace(',', '.');
  if (text === '') return { kind: 'empty' };
  if (/^(?:\d+\.|\.|\d+(?:\.\d+)?[eE][+-]?)$/.test(text)) return { kind: 'unfinished' };
  const literal = text.startsWith('.') ? `0${text}` : text;
  if (!isNumberLiteral(literal)) return { kind: 'wrong', reason: 'This is no number. Write one such as 4.5.' };
  if (literal.startsWith('-')) return { kind: 'wrong', reason: 'This must be 0 or more.' };
  const value = numberFromLiteral(literal);
  if (value instanceof ExactNumber && isIntegerLiteral(literal)) {
    return { kind: 'wrong', reason: 'A whole number beyond 9007199254740991 cannot be held exactly.' };
  }
  return { kind: 'number', value };
}
