import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareScenes, compareVersions } from './compare.ts';
import type { ComparedBody } from './comparedBody.ts';
import type { BeatRow } from './comparison.ts';
import { beat, beats, bodyOf, withBeats } from './sampleBodies.ts';

const harbor = (version: number): ComparedBody =>
  bodyOf(
    version,
    readFileSync(
      path.join(
        import.meta.dirname,
        `../e2e/fixtures/workspaces/harbor-lights/ep_001/scenes/ep_001_BATCH_003.v00${version}.json`,
      ),
      'utf8',
    ),
  );

/** "B moved 1→2" per row, short enough to read a whole comparison. */
const told = ({ kinds, beatId, fromIndex, toIndex }: BeatRow): string =>
  `${beatId} ${kinds.join('+') || '='} ${fromIndex ?? '-'}→${toIndex ?? '-'}`;
const rowsOf = (from: readonly unknown[], to: readonly unknown[]): readonly string[] =>
  compareScenes(withBeats(1, from), withBeats(2, to)).beats.map(told);

describe('matching and moving', () => {
  it('calls a beat moved only where its place among the others changed, not where it shifted', () => {
    expect(rowsOf(beats('ABCDE'), beats('XABDEC'))).toEqual([
      'X added -→0',
      'A = 0→1',
      'B = 1→2',
      'D = 3→3',
      'E = 4→4',
      'C moved 2→5',
    ]);
  });

  it('lets removed beats stand where they stood', () => {
    expect(rowsOf(beats('ABCDEF'), beats('BDXF'))).toEqual([
      'A removed 0→-',
      'B = 1→0',
      'C removed 2→-',
      'D = 3→1',
      'E removed 4→-',
      'X added -→2',
      'F = 5→3',
    ]);
    expect(rowsOf(beats('AB'), [])).toEqual(['A removed 0→-', 'B removed 1→-']);
  });

  it('is retimed where only the duration differs, and edited where anything else does', () => {
    const to = [beat('A', 3), beat('B', 3, 'y'), beat('C', 2.5, 'y'), beat('D'), beat('E', 3)];
    const result = compareScenes(withBeats(1, beats('EABCD')), withBeats(2, to));
    expect(result.beats.map(told)).toEqual([
      'A retimed 1→0',
      'B edited 2→1',
      'C edited 3→2',
      'D = 4→3',
      'E moved+retimed 0→4',
    ]);
    expect(result.beats[0]?.changes).toEqual([{ path: '$.shot.duration_s', before: 2.5, after: 3 }]);
    expect(result.beats[1]?.changes.map((change) => change.path)).toEqual(['$.summary', '$.shot.duration_s']);
    expect(result.counts).toEqual({ added: 0, removed: 0, edited: 2, moved: 1, retimed: 2 });
  });

  it('can be edited and moved at once', () => {
    expect(rowsOf(beats('ABC'), [beat('B'), beat('C'), beat('A', 2.5, 'y')])[2]).toBe('A edited+moved 0→2');
  });

  it('pairs by shot_id what has no common beat_id, then by equal fingerprint', () => {
    const renamed = { ...beat('A'), beat_id: 'NEW' };
    expect(rowsOf(beats('AB'), [renamed, beat('B')])).toEqual(['NEW edited 0→0', 'B = 1→1']);
    const bare = { summary: 'no ids', shot: { duration_s: 1 } };
    expect(rowsOf([bare, beat('B')], [beat('B'), bare])).toHaveLength(2);
    expect(rowsOf([bare], [{ ...bare, takes: [1] }])).toEqual(['null = 0→0']);
    expect(rowsOf([bare], [{ ...bare, summary: 'other' }])).toEqual(['null removed 0→-', 'null added -→0']);
  });

  it('does not let a shot_id win over a beat_id', () => {
    const crossed = { ...beat('A'), shot: { shot_id: 'SH_B' } };
    expect(rowsOf([beat('A'), beat('B')], [crossed])).toEqual(['A edited 0→0', 'B removed 1→-']);
  });

  it('pairs duplicate ids by occurrence and reports them', () => {
    const from = withBeats(1, [beat('A', 1), beat('A', 2), beat('B')]);
    const to = withBeats(2, [beat('A', 1), beat('B'), beat('A', 2), beat('A', 3), beat('B', 2.5, 'second')]);
    const result = compareScenes(from, to);
    expect(result.beats.map(told)).toEqual(['A = 0→0', 'B moved 2→1', 'A = 1→2', 'A added -→3', 'B added -→4']);
    expect(result.duplicateBeatIds).toEqual({ from: ['A'], to: ['A', 'B'] });
  });

  it('takes __proto__ and constructor as ids and fields like all others', () => {
    const odd = (value: number): string =>
      `{"scene_id":"S","beats":[{"beat_id":"__proto__","__proto__":{"a":${value}},"constructor":{"b":1}}]}`;
    const result = compareScenes(bodyOf(1, odd(1)), bodyOf(2, odd(2)));
    expect(result.beats[0]).toMatchObject({
      beatId: '__proto__',
      kinds: ['edited'],
      changes: [{ path: '$.__proto__.a', before: 1, after: 2 }],
    });
    const without = bodyOf(2, '{"scene_id":"S","beats":[{"beat_id":"__proto__","constructor":{"b":1}}]}');
    expect(compareScenes(bodyOf(1, odd(1)), without).beats[0]?.changes).toEqual([
      { path: '$.__proto__', before: { a: 1 } },
    ]);
  });
});

describe('the sentence', () => {
  it('tells kinds in one order, and the durations without the dust of floats', () => {
    const from = [beat('A', 0.1), beat('B', 0.2), beat('C', 0.3), beat('D', 42)];
    const to = [beat('X', 1.5), beat('B', 0.2), beat('C', 0.3, 'y'), beat('A', 0.1), beat('D', 42, 'y')];
    const result = compareScenes(withBeats(3, from), withBeats(4, to));
    expect(result.summary).toBe('v4 against v3: 1 added, 2 edited, 1 moved; 42.6 s → 44.1 s.');
    expect(result.durations).toEqual({ from: 42.6, to: 44.1 });
  });

  it('sums thousandths without their dust', () => {
    const thousandths = withBeats(1, [beat('A', 1.001), beat('B', 0.001)]);
    expect(compareScenes(thousandths, thousandths).durations.to).toBe(1.002);
  });

  it('adds places where tenths would hide the difference', () => {
    const { summary } = compareScenes(withBeats(1, [beat('A', 2.51)]), withBeats(2, [beat('A', 2.52)]));
    expect(summary).toBe('v2 against v1: 1 retimed; 2.51 s → 2.52 s.');
  });

  it('says that nothing differs', () => {
    expect(compareScenes(withBeats(1, beats('AB')), withBeats(2, beats('AB'))).summary).toBe(
      'v2 against v1: nothing differs; 5.0 s.',
    );
  });

  it('counts no duration that is missing or no number', () => {
    const odd = [{ shot: { duration_s: '3' } }, { shot: null }, {}, beat('A', 1.25)];
    expect(compareScenes(withBeats(1, odd), withBeats(2, odd)).durations).toEqual({ from: 1.25, to: 1.25 });
  });
});

describe('a pipeline scene', () => {
  it('is told with its weight and its boards', () => {
    const { beats: rows, weight, runtime, ...rest } = compareVersions(harbor(3), harbor(4), true);
    expect(rest).toEqual({
      from: 3,
      to: 4,
      summary: 'v4 against v3: 1 edited; 33.8 s → 33.8 s.',
      counts: { added: 0, removed: 0, edited: 1, moved: 0, retimed: 0 },
      durations: { from: 33.75, to: 33.75 },
      scene: [],
      duplicateBeatIds: { from: [], to: [] },
    });
    expect(rows.map((row) => row.toIndex)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rows.flatMap(({ changes }) => changes.map((change) => change.path))).toEqual(['$.shot.camera.move']);
    expect(weight.sentence).toBe('7 of 8 shots are as in v3, whose boards are derived; 1 needs new boards.');
    expect(runtime.sentence).toBe('v3 has 8 boards and no takes, v4 has none.');
    expect(runtime.changes).toHaveLength(8);
  });
});
