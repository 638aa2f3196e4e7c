import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonicalJson.ts';
import { compareScenes } from './compare.ts';
import type { ComparedBody } from './comparedBody.ts';
import type { BeatRow, Comparison } from './comparison.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { beat, withBeats } from './sampleBodies.ts';
import { runtimeKeys } from './scene.ts';

/** Small scenes whose beats share ids, so that every case of matching occurs. */
const anyBeat = fc.record(
  {
    beat_id: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
    summary: fc.constantFrom('x', 'y'),
    shot: fc.record(
      { shot_id: fc.constantFrom('1', '2', '3'), duration_s: fc.constantFrom(1, 2) },
      { requiredKeys: [] },
    ),
    boards: fc.array(fc.nat(2), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const anyBeats = fc.array(anyBeat, { maxLength: 8 });
const structureOf = (value: JsonObject | undefined): string => canonicalJson(value ?? {}, '$', new Set(runtimeKeys));

/** Puts the changes of a row into a copy of the beat of `from`. */
function applyChanges(before: JsonObject, row: BeatRow): JsonValue {
  const copy = JSON.parse(JSON.stringify(before));
  for (const { path: place, after } of row.changes) {
    const steps = place.slice(2).split('.');
    const last = steps.pop() ?? '';
    const holder = steps.reduce((value, step) => value[step], copy);
    if (after === undefined) delete holder[last];
    else holder[last] = after;
  }
  return copy;
}

describe('any two scenes', () => {
  const compared = (a: readonly unknown[], b: readonly unknown[]): [ComparedBody, ComparedBody, Comparison] => {
    const from = withBeats(1, a);
    const to = withBeats(2, b);
    return [from, to, compareScenes(from, to)];
  };

  it('give each beat exactly one row, in the order of `to`, and of `from` but for the moved', () => {
    fc.assert(
      fc.property(anyBeats, anyBeats, (a, b) => {
        const [, , { beats: rows }] = compared(a, b);
        const toIndexes = rows.flatMap(({ toIndex }) => (toIndex === null ? [] : [toIndex]));
        expect(toIndexes).toEqual(b.map((_, index) => index));
        const fromIndexes = rows.flatMap(({ fromIndex }) => (fromIndex === null ? [] : [fromIndex]));
        expect(fromIndexes.slice().sort((x, y) => x - y)).toEqual(a.map((_, index) => index));
        const unmoved = rows
          .filter(({ kinds }) => !kinds.includes('moved'))
          .flatMap(({ fromIndex }) => (fromIndex === null ? [] : [fromIndex]));
        expect(unmoved).toEqual(unmoved.slice().sort((x, y) => x - y));
      }),
      { numRuns: 1000 },
    );
  });

  it('differ by exactly what the rows say: applied to `from` they make `to`', () => {
    fc.assert(
      fc.property(anyBeats, anyBeats, (a, b) => {
        const [from, to, { beats: rows }] = compared(a, b);
        for (const row of rows) {
          if (row.toIndex === null) continue;
          const after = to.scene.beats[row.toIndex];
          const before = row.fromIndex === null ? after : from.scene.beats[row.fromIndex];
          const made = applyChanges(before ?? {}, row);
          expect(isJsonObject(made) && structureOf(made)).toBe(structureOf(after));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('show no change where a scene meets itself', () => {
    fc.assert(
      fc.property(anyBeats, (a) => {
        const [, , { counts, scene, beats: rows }] = compared(a, a);
        expect(counts).toEqual({ added: 0, removed: 0, edited: 0, moved: 0, retimed: 0 });
        expect(scene).toEqual([]);
        expect(rows.every(({ fromIndex, toIndex }) => fromIndex === toIndex)).toBe(true);
      }),
    );
  });

  it('have as few moved beats as any choice of them could', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 });
    fc.assert(
      fc.property(order, (picked) => {
        const from = withBeats(
          1,
          [...'ABCDEFG'].map((id) => beat(id)),
        );
        const to = withBeats(
          2,
          picked.map((index) => beat('ABCDEFG'[index] ?? '')),
        );
        let longest = 0;
        for (let choice = 0; choice < 2 ** picked.length; choice += 1) {
          const kept = picked.filter((_, at) => (choice >> at) % 2 === 1);
          if (kept.every((value, at) => at === 0 || (kept[at - 1] ?? 0) < value))
            longest = Math.max(longest, kept.length);
        }
        expect(compareScenes(from, to).counts.moved).toBe(picked.length - longest);
      }),
    );
  });
});
