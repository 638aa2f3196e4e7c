/** Numbers as people type them. */
import { expect, test } from 'vitest';
import { ExactNumber } from '../../../shared/json.ts';
import { typedNumber } from './typedNumber.ts';

test('a number is read as the literal that it will be in the body', () => {
  expect(typedNumber('5.10')).toEqual({ kind: 'number', value: 5.1 });
  expect(typedNumber(' 4,5 ')).toEqual({ kind: 'number', value: 4.5 });
  expect(typedNumber('.5')).toEqual({ kind: 'number', value: 0.5 });
  expect(typedNumber('0.1234567890123456789')).toEqual({
    kind: 'number',
    value: new ExactNumber('0.1234567890123456789'),
  });
});

test('what is not ready is not called wrong', () => {
  for (const text of ['4.', '.', '1e', '1e-']) expect(typedNumber(text).kind).toBe('unfinished');
  expect(typedNumber('  ').kind).toBe('empty');
});

test('what cannot stand in a body is refused with a reason', () => {
  for (const text of ['four', '1 2', '0x10', '05', '-1', '90071992547409931', '1.2.3', 'NaN']) {
    expect(typedNumber(text), text).toMatchObject({ kind: 'wrong', reason: expect.stringMatching(/\.$/) });
  }
});
