/** How wide the columns of kinds, numbers, ids and seconds must be so that none of them is cut. */
import type { BeatRow } from '../../shared/comparison.ts';
import type { ShownBeat } from './beats.ts';
import { factOf, mainKind, shownKinds } from './kinds.ts';

/** What is longer than this is cut after all, and whole in its title: the text beside it matters more. */
const longestId = 14;
const longestSeconds = 9;

const longest = (texts: readonly string[], most: number): number =>
  Math.min(
    texts.reduce((longestSoFar, text) => Math.max(longestSoFar, text.length), 0),
    most,
  );

export interface ColumnWidths {
  readonly number: number;
  readonly beat: number;
  readonly seconds: number;
}

/** In pixels, never less than drawn: 20, 32 and 36. */
export function columnWidths(beats: readonly ShownBeat[]): ColumnWidths {
  return {
    number: Math.max(20, String(beats.length).length * 7 + 6),
    beat: Math.max(
      32,
      Math.ceil(
        longest(
          beats.map((beat) => beat.beatId),
          longestId,
        ) * 6.7,
      ) + 2,
    ),
    seconds: Math.max(
      36,
      longest(
        beats.map((beat) => beat.seconds),
        longestSeconds,
      ) *
        7 +
        2,
    ),
  };
}

const noSeconds = { from: null, to: null };

/** The first column: glyphs, word and, but for narrow windows, the fact. Never less than drawn: 128 and 96. */
export function kindWidths(rows: readonly BeatRow[]): { readonly wide: number; readonly narrow: number } {
  let wide = 128;
  let narrow = 96;
  for (const row of rows) {
    if (row.kinds.length < 2 && !row.kinds.includes('moved')) continue;
    const bare = 20 + shownKinds(row).length * 22 + Math.ceil(mainKind(row).length * 6.8);
    narrow = Math.max(narrow, bare);
    wide = Math.max(wide, bare + 6 + Math.ceil(factOf(row, noSeconds).length * 6.2));
  }
  return { wide, narrow };
}
