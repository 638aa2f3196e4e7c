/** Word-level differences of two texts, for scripts with and without spaces between words. */
import { diffArrays, diffWordsWithSpace } from 'diff';

export interface Piece {
  readonly text: string;
  readonly isChanged: boolean;
}

export interface WordDiff {
  readonly before: readonly Piece[];
  readonly after: readonly Piece[];
}

interface Part {
  readonly text: string;
  readonly side: 'both' | 'before' | 'after';
}

/** Scripts that write words without spaces; in these a "word" of the usual rule would be a whole sentence. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Past so many edits a word-by-word picture helps nobody, and the search for it grows with their square. */
const maxEdits = 300;

/** With less than this share of the longer text in common, the two are shown whole: confetti is harder to read than two sentences. */
const leastCommon = 0.25;

function segmented(text: string): string[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  return Array.from(segmenter.segment(text), (each) => each.segment);
}

function parts(before: string, after: string): Part[] | null {
  if (unspaced.test(before) || unspaced.test(after)) {
    const changes = diffArrays(segmented(before), segmented(after), { maxEditLength: maxEdits });
    return changes?.map((each) => ({ text: each.value.join(''), side: sideOf(each) })) ?? null;
  }
  const changes = diffWordsWithSpace(before, after, { maxEditLength: maxEdits });
  return changes?.map((each) => ({ text: each.value, side: sideOf(each) })) ?? null;
}

const sideOf = (change: { readonly added: boolean; readonly removed: boolean }): Part['side'] =>
  change.added ? 'after' : change.removed ? 'before' : 'both';

const lettersIn = (text: string): number => text.replace(/\s+/gu, '').length;

/** Joins changed pieces that only a space parts, so that a phrase is marked as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const beforeLast = result.at(-2);
    if (piece.isChanged && last && !last.isChanged && beforeLast?.isChanged && /^\s+$/u.test(last.text)) {
      result.splice(-2, 2, { text: beforeLast.text + last.text + piece.text, isChanged: true });
    } else if (last && last.isChanged === piece.isChanged) {
      result.splice(-1, 1, { text: last.text + piece.text, isChanged: piece.isChanged });
    } else result.push(piece);
  }
  return result;
}

/** A mark begins and ends with its words; the spaces around them belong to neither text alone. Only a change of nothing but space is marked as such. */
function unpadded({ text, isChanged }: Piece): readonly Piece[] {
  const words = text.trim();
  if (!isChanged || words === '' || words === text) return [{ text, isChanged }];
  const start = text.indexOf(words);
  return [
    { text: text.slice(0, start), isChanged: false },
    { text: words, isChanged: true },
    { text: text.slice(start + words.length), isChanged: false },
  ].filter((piece) => piece.text !== '');
}

/** The pieces of each side, joined, give that side's text back unchanged. */
export function wordDiff(before: string, after: string): WordDiff {
  const all = parts(before, after);
  const common = all?.reduce((sum, part) => sum + (part.side === 'both' ? lettersIn(part.text) : 0), 0) ?? 0;
  const longer = Math.max(lettersIn(before), lettersIn(after));
  if (!all || (longer > 0 && common / longer < leastCommon)) {
    return { before: whole(before), after: whole(after) };
  }
  const side = (own: 'before' | 'after'): readonly Piece[] =>
    joined(
      all
        .filter((part) => part.side === 'both' || part.side === own)
        .map((part) => ({ text: part.text, isChanged: part.side === own })),
    ).flatMap(unpadded);
  return { before: side('before'), after: side('after') };
}

const whole = (text: string): readonly Piece[] => (text === '' ? [] : [{ text, isChanged: true }]);
