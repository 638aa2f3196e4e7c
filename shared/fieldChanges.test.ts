import { describe, expect, it } from 'vitest';
import { compareScenes } from './compare.ts';
import { beats, bodyOf, withBeats } from './sampleBodies.ts';

describe('field changes', () => {
  const changesOf = (before: string, after: string) =>
    compareScenes(
      bodyOf(1, `{"scene_id":"S","beats":[{"beat_id":"A",${before}}]}`),
      bodyOf(2, `{"scene_id":"S","beats":[{"beat_id":"A",${after}}]}`),
    ).beats[0]?.changes;

  it('names the deepest field, lists by index, and leaves out what is not there', () => {
    expect(
      changesOf(
        '"a":{"odd key":1,"same":[1]},"l":[1,{"x":1},3],"gone":{"y":null}',
        '"l":[1,{"x":2}],"a":{"odd key":"1","same":[1]},"new":[]',
      ),
    ).toEqual([
      { path: "$.a['odd key']", before: 1, after: '1' },
      { path: '$.l[1].x', before: 1, after: 2 },
      { path: '$.l[2]', before: 3 },
      { path: '$.gone', before: { y: null } },
      { path: '$.new', after: [] },
    ]);
  });

  it('gives exact numbers in wire form and compares them by value', () => {
    expect(
      changesOf('"n":0.1234567890123456789,"z":1.00e300,"k":{"$x":1}', '"n":0.1234567890123456788,"z":1e300'),
    ).toEqual([
      { path: '$.n', before: { $number: '0.1234567890123456789' }, after: { $number: '0.1234567890123456788' } },
      { path: '$.k', before: { $object: { $x: 1 } } },
    ]);
    expect(changesOf('"a":1,"n":1e16', '"a":2,"n":10000000000000000.0')).toEqual([
      { path: '$.a', before: 1, after: 2 },
    ]);
  });

  it('leaves runtime keys of the beat to the runtime comparison, not those deeper down', () => {
    expect(
      changesOf('"status":"open","shot":{"status":"a"}', '"status":"done","boards":[1],"shot":{"status":"b"}'),
    ).toEqual([{ path: '$.shot.status', before: 'a', after: 'b' }]);
  });

  it("compares the scene's own fields apart", () => {
    const result = compareScenes(
      withBeats(1, beats('A'), { old: 1 }),
      withBeats(2, beats('A'), { title: 'B', new: [2] }),
    );
    expect(result.scene).toEqual([
      { path: '$.title', before: 'A', after: 'B' },
      { path: '$.old', before: 1 },
      { path: '$.new', after: [2] },
    ]);
    expect(result.summary).toBe('v2 against v1: no shot differs, 3 fields of the scene do; 2.5 s.');
  });
});
