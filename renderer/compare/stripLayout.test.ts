/** Where the shots of the strip stand. */
import { describe, expect, test } from 'vitest';
import { row } from './sampleRows.ts';
import { rowAt, stripLayout } from './stripLayout.ts';

describe('stripLayout', () => {
  test('both versions are drawn on the scale of the longer one', () => {
    const rows = [row(0, 0), row(1, 1, ['retimed'])];
    const layout = stripLayout(rows, { from: [5, 5], to: [5, 15] }, 200);
    expect(layout.totalS).toBe(20);
    expect(layout.places.from.get(1)).toMatchObject({ x: 50 });
    expect(layout.places.to.get(1)?.width).toBeCloseTo(148.5);
  });

  test('a moved beat is joined from the middle of one place to the middle of the other', () => {
    const rows = [row(1, 0, ['moved']), row(0, 1)];
    const [link] = stripLayout(rows, { from: [10, 10], to: [10, 10] }, 200).links;
    expect(link).toMatchObject({ row: 0 });
    expect(link?.fromX).toBeCloseTo(149.25);
    expect(link?.toX).toBeCloseTo(49.25);
  });

  test('a number is shown only where it fits beside the glyph', () => {
    const rows = [row(0, 0), row(1, 1, ['edited']), row(2, 2, ['edited'])];
    const shots = stripLayout(rows, { from: [1, 1, 4], to: [1, 1, 4] }, 120).to;
    expect(shots.map((shot) => [shot.hasGlyph, shot.hasNumber])).toEqual([
      [false, true],
      [true, false],
      [true, true],
    ]);
  });

  test('two thousand shots become a few runs, and changes among them stay', () => {
    const count = 2000;
    const rows = Array.from({ length: count }, (_, index) => row(index, index, index === 1000 ? ['edited'] : []));
    const durations = Array.from({ length: count }, () => 3);
    const layout = stripLayout(rows, { from: durations, to: durations }, 700);
    expect(layout.to.length).toBe(3);
    expect(layout.to[1]).toMatchObject({ row: 1000, kinds: ['edited'], count: 1 });
    expect(layout.to.reduce((sum, shot) => sum + shot.count, 0)).toBe(count);
  });

  test('without any duration the shots are drawn equal and there is no scale', () => {
    const layout = stripLayout([row(0, 0), row(null, 1, ['added'])], { from: [null], to: [null, null] }, 100);
    expect(layout.pxPerSecond).toBe(0);
    expect(layout.places.to.get(1)).toMatchObject({ x: 50 });
  });

  test('a point in a strip finds the beat under it, and nothing behind the last', () => {
    const { places } = stripLayout([row(0, 0), row(1, null, ['removed'])], { from: [5, 5], to: [5] }, 100);
    expect(rowAt(places.from, 75)).toBe(1);
    expect(rowAt(places.to, 75)).toBeNull();
  });
});
