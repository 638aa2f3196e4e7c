/** Word-level differences, and the property that no text is ever lost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Piece, wordDiff } from './wordDiff.ts';

const marked = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece.isChanged ? `[${piece.text}]` : piece.text)).join('');
const plain = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('');

describe('wordDiff', () => {
  test('marks the words that changed and nothing else', () => {
    const diff = wordDiff('Mara counts the crates and stops at nine.', 'Mara counts the crates and stops at ten.');
    expect(marked(diff.before)).toBe('Mara counts the crates and stops at [nine].');
    expect(marked(diff.after)).toBe('Mara counts the crates and stops at [ten].');
  });

  test('marks a phrase as one, spaces included', () => {
    const diff = wordDiff("It didn't fail. It was asked.", "It didn't fail. It was told to.");
    expect(marked(diff.after)).toBe("It didn't fail. It was [told to].");
  });

  test('leaves the spaces around a phrase unmarked', () => {
    const cargo = wordDiff('Ilija checks the manifest against it.', 'Ilija checks the cargo list against it.');
    expect(marked(cargo.after)).toBe('Ilija checks the [cargo list] against it.');
    const longer = wordDiff('I counted two hundred.', 'I counted two hundred. Twice.');
    expect(marked(longer.after)).toBe('I counted two hundred. [Twice.]');
  });

  test('finds words in a script without spaces', () => {
    const diff = wordDiff('渡辺は港で待っています。', '渡辺は市場で待っています。');
    expect(marked(diff.before)).toBe('渡辺は[港]で待っています。');
    expect(marked(diff.after)).toBe('渡辺は[市場]で待っています。');
  });

  test('shows two texts with little in common whole', () => {
    const diff = wordDiff('The auction bell; nobody bids.', 'Rain finds one broken pane above Ines.');
    expect(marked(diff.before)).toBe('[The auction bell; nobody bids.]');
    expect(marked(diff.after)).toBe('[Rain finds one broken pane above Ines.]');
  });

  test('a space alone is a change that is marked', () => {
    expect(marked(wordDiff('Mara  counts the crates', 'Mara counts the crates').before)).toContain('[');
  });

  test('answers soon for long texts that share nothing', () => {
    const words = (from: number) => Array.from({ length: 20_000 }, (_, index) => `w${from + index}`).join(' ');
    const start = performance.now();
    wordDiff(words(0), words(1_000_000));
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('the pieces of a side always give that side back', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', 'b', ' ', '渡', '辺', '.', '\n', 'é') }));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = wordDiff(before, after);
        expect(plain(diff.before)).toBe(before);
        expect(plain(diff.after)).toBe(after);
      }),
    );
  });
});
