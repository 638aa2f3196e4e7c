/** The bar before the weight: one cell per shot of `to`, full where it keeps its boards, open where it needs new ones. */
import type { BeatRow } from '../../shared/comparison.ts';

interface WeightCell {
  readonly isSame: boolean;
  readonly x: number;
  readonly width: number;
}

export interface WeightBar {
  readonly cells: readonly WeightCell[];
  readonly width: number;
}

const pitchPx = 11;
const cellPx = 7;
/** Up to here every shot has a cell of its own size; more shots share this width. */
const widestPx = 240;

/** In the order of `to`; the rule is the weight's own: the beat's fingerprint stands in `from`, moved or not. */
export function keepsBoards(rows: readonly BeatRow[]): readonly boolean[] {
  const before = new Set(rows.flatMap((row) => (row.fingerprints.from === null ? [] : [row.fingerprints.from])));
  return rows
    .filter((row) => row.toIndex !== null)
    .sort((one, other) => (one.toIndex ?? 0) - (other.toIndex ?? 0))
    .map((row) => row.fingerprints.to !== null && before.has(row.fingerprints.to));
}

export function weightBar(isSame: readonly boolean[]): WeightBar {
  if (isSame.length === 0) return { cells: [], width: 0 };
  const pitch = Math.min(pitchPx, widestPx / isSame.length);
  if (pitch >= 6) {
    const width = Math.max(pitch - (pitchPx - cellPx), 3);
    const cells = isSame.map((each, index) => ({ isSame: each, x: index * pitch + 0.5, width }));
    return { cells, width: Math.ceil(isSame.length * pitch) };
  }
  return { cells: runs(isSame, pitch), width: Math.ceil(isSame.length * pitch) + 1 };
}

/** Too many for cells: neighbours of one kind become one, with a gap that never eats a run. */
function runs(isSame: readonly boolean[], pitch: number): readonly WeightCell[] {
  const cells: WeightCell[] = [];
  let start = 0;
  isSame.forEach((each, index) => {
    if (index + 1 < isSame.length && isSame[index + 1] === each) return;
    const width = (index + 1 - start) * pitch;
    cells.push({ isSame: each, x: start * pitch + 0.5, width: Math.max(width - Math.min(1.5, width / 3), 0.75) });
    start = index + 1;
  });
  return cells;
}
