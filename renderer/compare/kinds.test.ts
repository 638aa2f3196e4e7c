/** What a row is called. */
import { describe, expect, test } from 'vitest';
import { factOf, mainKind, nextChange, rowInWords, shownKinds } from './kinds.ts';
import { row } from './sampleRows.ts';

const noSeconds = { from: null, to: null };

describe('kinds of a row', () => {
  test('a row without a kind is the same at its own number and shifted at another', () => {
    expect(shownKinds(row(3, 3))).toEqual(['same']);
    expect(shownKinds(row(3, 4))).toEqual(['shifted']);
  });

  test('of two kinds the change of content comes first and both are kept', () => {
    expect(shownKinds(row(9, 6, ['moved', 'edited']))).toEqual(['edited', 'moved']);
    expect(mainKind(row(9, 6, ['moved', 'retimed']))).toBe('retimed');
  });

  test('the fact of a moved row is its two numbers, also where it is edited as well', () => {
    expect(factOf(row(9, 6, ['moved']), noSeconds)).toBe('10 → 7');
    expect(factOf(row(9, 6, ['moved', 'edited']), noSeconds)).toBe('10 → 7');
  });

  test('the fact of a retimed row is signed, of an edited one the number of its fields', () => {
    expect(factOf(row(0, 0, ['retimed']), { from: 3.82, to: 5.32 })).toBe('+1.50');
    expect(factOf(row(0, 0, ['retimed']), { from: 5, to: 4.75 })).toBe('−0.25');
    expect(
      factOf(row(0, 0, ['edited'], { changes: [{ path: '$.summary', before: 'a', after: 'b' }] }), noSeconds),
    ).toBe('1 field');
  });

  test('a row is said in words with its places', () => {
    expect(rowInWords(row(9, 6, ['moved', 'edited']))).toBe('edited, moved, from 10 to 7');
  });

  test('the next change skips rows without one and ends at the last', () => {
    const rows = [row(0, 0, ['edited']), row(1, 1), row(2, null, ['removed']), row(3, 2)];
    expect(nextChange(rows, 0, 1)).toBe(2);
    expect(nextChange(rows, 2, 1)).toBeNull();
    expect(nextChange(rows, 2, -1)).toBe(0);
  });
});
