/** How wide the columns of numbers, ids and seconds must be so that none of them is cut. */
import type { ShownBeat } from './beats.ts';

/** An id longer than this is cut after all: the text beside it matters more. */
const longestId = 14;
const longestSeconds = 12;

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
