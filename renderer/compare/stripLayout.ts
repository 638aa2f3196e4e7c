/** Where each shot of two versions stands in the strip: drawn to duration, both on one scale, in pixels. */
import type { BeatRow } from '../../shared/comparison.ts';
import { type ShownKind, shownKinds } from './kinds.ts';

export interface StripShot {
  /** The row of the comparison that this shot stands in; for a run, its first. */
  readonly row: number;
  /** From 1. */
  readonly number: number;
  /** Shots drawn as one, because each alone is narrower than can be seen; else 1. */
  readonly count: number;
  readonly kinds: readonly ShownKind[];
  readonly x: number;
  readonly width: number;
  readonly hasNumber: boolean;
  readonly hasGlyph: boolean;
}

interface StripLink {
  readonly row: number;
  readonly fromX: number;
  readonly toX: number;
}

export interface StripLayout {
  readonly from: readonly StripShot[];
  readonly to: readonly StripShot[];
  readonly links: readonly StripLink[];
  /** Of the scale: the longer version; 0 where no shot has a duration, then shots are drawn equal. */
  readonly totalS: number;
  readonly pxPerSecond: number;
  /** Where each row's shot stands, by row; for the outline of the focused beat and for clicks. */
  readonly places: { readonly from: ReadonlyMap<number, Place>; readonly to: ReadonlyMap<number, Place> };
}

export interface Place {
  readonly x: number;
  readonly width: number;
}

/** What stands between two shots, taken from both. */
const gapPx = 1.5;
const leastPx = 2;
const glyphPx = 12;
const digitPx = 7;

interface Timed {
  readonly row: number;
  readonly number: number;
  readonly kinds: readonly ShownKind[];
  readonly length: number;
}

function ordered(rows: readonly BeatRow[], side: 'from' | 'to', durations: readonly (number | null)[]): Timed[] {
  const timed: Timed[] = [];
  rows.forEach((row, index) => {
    const at = side === 'from' ? row.fromIndex : row.toIndex;
    if (at === null) return;
    timed.push({ row: index, number: at + 1, kinds: shownKinds(row), length: durations[at] ?? 0 });
  });
  return timed.sort((one, other) => one.number - other.number);
}

const sum = (shots: readonly Timed[]): number => shots.reduce((total, shot) => total + shot.length, 0);

function laid(shot: Timed, x: number, width: number): StripShot {
  const inner = Math.max(width - gapPx, Math.min(width, 1));
  const isMarked = shot.kinds[0] !== 'same' && shot.kinds[0] !== 'shifted';
  const numberPx = String(shot.number).length * digitPx + 8;
  const hasGlyph = isMarked && inner >= glyphPx + 4;
  return {
    row: shot.row,
    number: shot.number,
    count: 1,
    kinds: shot.kinds,
    x,
    width: inner,
    hasGlyph,
    hasNumber: inner >= numberPx + (isMarked ? glyphPx + 4 : 0),
  };
}

/** Neighbours of one kind that are each too narrow to be seen become one shape: a scene of 2,000 shots stays a few hundred. */
function withRuns(shots: readonly StripShot[]): readonly StripShot[] {
  const result: StripShot[] = [];
  for (const shot of shots) {
    const last = result.at(-1);
    const isRun =
      last !== undefined &&
      last.kinds[0] === shot.kinds[0] &&
      shot.width < leastPx &&
      (last.count > 1 || last.width < leastPx);
    if (isRun) {
      result.splice(-1, 1, { ...last, count: last.count + 1, width: shot.x + shot.width - last.x });
    } else result.push(shot);
  }
  return result;
}

export function stripLayout(
  rows: readonly BeatRow[],
  durations: { readonly from: readonly (number | null)[]; readonly to: readonly (number | null)[] },
  widthPx: number,
): StripLayout {
  const from = ordered(rows, 'from', durations.from);
  const to = ordered(rows, 'to', durations.to);
  const totalS = Math.max(sum(from), sum(to));
  const units = totalS > 0 ? totalS : Math.max(from.length, to.length, 1);
  const scale = widthPx / units;
  const place = (shots: readonly Timed[]): StripShot[] => {
    let at = 0;
    return shots.map((shot) => {
      const length = totalS > 0 ? shot.length : 1;
      const x = at * scale;
      at += length;
      return laid(shot, x, length * scale);
    });
  };
  const fromShots = place(from);
  const toShots = place(to);
  const places = { from: placesOf(fromShots), to: placesOf(toShots) };
  const links = rows.flatMap((row, index) => {
    if (!row.kinds.includes('moved')) return [];
    const one = places.from.get(index);
    const other = places.to.get(index);
    return one && other ? [{ row: index, fromX: one.x + one.width / 2, toX: other.x + other.width / 2 }] : [];
  });
  return {
    from: withRuns(fromShots),
    to: withRuns(toShots),
    links,
    totalS,
    pxPerSecond: totalS > 0 ? scale : 0,
    places,
  };
}

const placesOf = (shots: readonly StripShot[]): ReadonlyMap<number, Place> =>
  new Map(shots.map((shot) => [shot.row, { x: shot.x, width: shot.width }]));

/** The row whose shot holds this point of a strip; null right of the last. */
export function rowAt(places: ReadonlyMap<number, Place>, x: number): number | null {
  let found: number | null = null;
  for (const [row, place] of places) {
    if (x >= place.x && x <= place.x + place.width + gapPx) found = row;
  }
  return found;
}
