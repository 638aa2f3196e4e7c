import { describe, expect, it } from 'vitest';
import { compareScenes } from './compare.ts';
import type { ComparedBody } from './comparedBody.ts';
import type { JsonObject } from './json.ts';
import { compareRuntime } from './runtimeChanges.ts';

const body = (version: number, beats: readonly JsonObject[]): ComparedBody => ({
  version,
  scene: { scene_id: 'S', beats: beats.map((beat, index) => ({ beat_id: `B${index}`, ...beat })) },
  beatFingerprints: beats.map((_, index) => `sf1:${index}`),
});
const compared = (from: readonly JsonObject[], to: readonly JsonObject[], version = 4) => {
  const [before, after] = [body(3, from), body(version, to)];
  return compareRuntime(before, after, compareScenes(before, after).beats);
};
const boards = (count: number): JsonObject => ({ boards: Array.from({ length: count }, (_, id) => ({ id })) });
const takes = (count: number): JsonObject => ({ takes: Array.from({ length: count }, () => 'take') });

describe('boards and takes', () => {
  it.each([
    [[boards(8), { ...boards(3), ...takes(3) }], [{}, {}], 'v3 has 11 boards and 3 takes, v4 has none.'],
    [[{}], [{ boards: [] }], 'Neither v3 nor v4 has boards or takes.'],
    [[boards(1)], [boards(1)], 'v3 and v4 both have 1 board and no takes.'],
    [[{}], [takes(1)], 'v3 has no boards and no takes, v4 has no boards and 1 take.'],
    [[boards(2)], [boards(1)], 'v3 has 2 boards and no takes, v4 has 1 board and no takes.'],
  ])('are told, case %#', (from, to, sentence) => {
    expect(compared(from, to).sentence).toBe(sentence);
  });

  it('of a version beside itself are told once', () => {
    expect(compared([boards(2)], [boards(2)], 3).sentence).toBe('v3 has 2 boards and no takes.');
  });

  it('are counted, and the keys that differ are named per pair', () => {
    const result = compared(
      [{ ...boards(2), status: 'open' }, { boards: [], updated_at: 'then' }, { takes: [], status: 'x' }, boards(1)],
      [{ ...boards(1), status: 'done' }, { updated_at: 'now' }, { status: 'x' }],
    );
    expect(result.from).toEqual({ boards: 3, takes: 0 });
    expect(result.to).toEqual({ boards: 1, takes: 0 });
    expect(result.changes).toEqual([
      { beatId: 'B0', keys: ['boards', 'status'] },
      { beatId: 'B1', keys: ['updated_at'] },
    ]);
  });
});
