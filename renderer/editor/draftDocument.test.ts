/** Edits of a scene: what they do, and that they touch nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExact, stringifyExact } from '../../shared/exactJson.ts';
import { type JsonValue, setOwn } from '../../shared/json.ts';
import { isScene, type Scene } from '../../shared/scene.ts';
import {
  moveBeat,
  type Path,
  removeBeat,
  valueAt,
  withBeatValue,
  withoutRuntimeKeys,
  withValue,
} from './draftDocument.ts';
import { addBeatAfter, duplicateBeat, emptyScene, freshIds } from './newBeats.ts';

function sceneOf(text: string): Scene {
  const scene = parseExact(text);
  if (!isScene(scene)) throw new Error('The text of a test is no scene.');
  return scene;
}

const scene = sceneOf(`{
  "zeta": 1.00000000000000000001, "scene_id": "BATCH_003", "title": "A",
  "beats": [
    {"beat_id": "B001", "x": {"__proto__": {"polluted": true}, "n": 90071992547409931}, "shot": {"shot_id": "EP001_SH0010", "camera": "locked off"}},
    {"beat_id": "B002", "summary": "two", "shot": {"shot_id": "EP001_SH0020", "camera": {"move": "static", "lens_mm": 35, "rig": "sled"}}, "boards": [1], "takes": []}
  ]}`);
const text = (value: JsonValue) => stringifyExact(value);
const ids = (now: Scene) => now.beats.map((beat) => beat.beat_id);

describe('a value at a path', () => {
  test('is exchanged in its place, and everything beside it stays the same value', () => {
    const next = withBeatValue(scene, 1, ['shot', 'camera', 'lens_mm'], 50);
    expect(text(next)).toBe(text(scene).replace('"lens_mm":35', '"lens_mm":50'));
    expect(next.beats[0]).toBe(scene.beats[0]);
    expect(scene.beats[1]).toEqual(sceneOf(text(scene)).beats[1]);
  });

  test('that is missing is added where the pipeline writes it, with the objects on the way', () => {
    const summary = withBeatValue(scene, 0, ['summary'], 'one');
    expect(Object.keys(summary.beats[0] ?? {})).toEqual(['beat_id', 'x', 'summary', 'shot']);
    const described = withBeatValue(scene, 0, ['shot', 'raw', 'description'], 'd');
    expect(text(valueAt(described, ['beats', 0, 'shot']) ?? null)).toBe(
      '{"shot_id":"EP001_SH0010","camera":"locked off","raw":{"description":"d"}}',
    );
  });

  test('is never put into a value of another kind', () => {
    expect(withBeatValue(scene, 0, ['shot', 'camera', 'move'], 'pan')).toBe(scene);
    expect(withBeatValue(scene, 7, ['summary'], 'none')).toBe(scene);
    expect(withValue<Scene>(scene, ['title', 'x'], 1)).toBe(scene);
    expect(withValue<Scene>(scene, ['title', 0], 1)).toBe(scene);
  });

  test('that is the same already is no edit', () => {
    expect(withBeatValue(scene, 1, ['summary'], 'two')).toBe(scene);
    expect(withBeatValue(scene, 1, ['nothing'], undefined)).toBe(scene);
  });

  test('under the name of a prototype is an own key', () => {
    const next = withBeatValue(scene, 1, ['__proto__', 'polluted'], true);
    expect(text(next.beats[1] ?? null)).toContain('"__proto__":{"polluted":true}');
    expect(Object.getPrototypeOf(next.beats[1])).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
    expect(valueAt(scene, ['beats', 1, 'constructor'])).toBeUndefined();
  });

  test('taken away leaves the others in their order', () => {
    const next = withBeatValue(scene, 1, ['shot', 'camera', 'move'], undefined);
    expect(text(valueAt(next, ['beats', 1, 'shot', 'camera']) ?? null)).toBe('{"lens_mm":35,"rig":"sled"}');
  });
});

describe('beats', () => {
  const five = ['B001', 'B002', 'B003', 'B004', 'B005'].reduce<Scene>(
    (now, beatId, index) => addBeatAfter(now, index - 1, { beatId, shotId: '' }),
    emptyScene({ batchId: 'BATCH_001', episode: 1 } as Parameters<typeof emptyScene>[0]),
  );

  test('move to the place that they are dropped at', () => {
    expect(ids(moveBeat(five, 0, 3))).toEqual(['B002', 'B003', 'B004', 'B001', 'B005']);
    expect(ids(moveBeat(five, 4, 0))).toEqual(['B005', 'B001', 'B002', 'B003', 'B004']);
    expect(moveBeat(five, 4, 9)).toBe(five);
    expect(moveBeat(five, 9, 0)).toBe(five);
  });

  test('are removed by index', () => {
    expect(ids(removeBeat(five, 2))).toEqual(['B001', 'B002', 'B004', 'B005']);
    expect(removeBeat(five, 5)).toBe(five);
  });

  test('lose their runtime keys and nothing else', () => {
    const next = withoutRuntimeKeys(scene);
    expect(text(next)).toBe(text(scene).replace(',"boards":[1],"takes":[]', ''));
    expect(next.beats[0]).toBe(scene.beats[0]);
    expect(withoutRuntimeKeys(next)).toBe(next);
  });

  test('that are new go on in the numbering of the scene, shots in tens where all are', () => {
    expect(freshIds(scene, null, 1)).toEqual({ beatId: 'B003', shotId: 'EP001_SH0030' });
  });

  test('that are new never take the id of a beat that the base still has', () => {
    const shorter = removeBeat(scene, 1);
    expect(freshIds(shorter, scene, 1)).toEqual({ beatId: 'B003', shotId: 'EP001_SH0030' });
  });

  test('of an empty scene begin with one', () => {
    const empty = emptyScene({ batchId: 'BATCH_001', episode: 7 } as Parameters<typeof emptyScene>[0]);
    expect(freshIds(empty, null, 7)).toEqual({ beatId: 'B001', shotId: 'EP007_SH0010' });
  });

  test('that are numbered in another way keep it', () => {
    const odd = sceneOf(
      '{"scene_id":"BATCH_001","beats":[{"beat_id":"9-a"},{"beat_id":"10-a"},{"beat_id":"opening"}]}',
    );
    expect(freshIds(odd, null, 1).beatId).toBe('11-a');
  });

  test('are duplicated behind themselves under ids of their own, with all that is not understood', () => {
    const next = duplicateBeat(scene, 0, freshIds(scene, null, 1));
    expect(text(next.beats[1] ?? null)).toBe(
      text(scene.beats[0] ?? null)
        .replace('B001', 'B003')
        .replace('SH0010', 'SH0030'),
    );
    expect(next.beats[0]).toBe(scene.beats[0]);
    expect(next.beats[2]).toBe(scene.beats[1]);
  });
});

const key = fc.oneof(
  fc.constantFrom('beat_id', 'summary', 'shot', 'raw', 'camera', '__proto__', 'constructor', '$number'),
  fc.string(),
);
const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.integer()),
    fc.constantFrom('0.1234567890123456789', '90071992547409931', '1e400').map((number) => parseExact(number)),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('json')), { maxLength: 5 }).map((entries) => {
      const made: Record<string, JsonValue> = {};
      for (const [name, value] of entries) setOwn(made, name, value);
      return made;
    }),
  ),
}));
const path = fc.array(fc.oneof(key, fc.nat(3)), { minLength: 1, maxLength: 4 });

/** Each leaf with its place, keys in their order. */
function leaves(value: JsonValue, at: Path = []): readonly (readonly [string, string])[] {
  const inner =
    typeof value === 'object' && value !== null && !('text' in value && Object.keys(value).length === 1)
      ? Object.entries(value)
      : [];
  if (inner.length === 0) return [[JSON.stringify(at), stringifyExact(value)]];
  return inner.flatMap(([name, child]: [string, JsonValue]) =>
    leaves(child, [...at, Array.isArray(value) ? Number(name) : name]),
  );
}

test('an edit of any value at any place leaves every other leaf as it was, in its order', () => {
  fc.assert(
    fc.property(json, path, json, (before, way, next) => {
      const frozen = stringifyExact(before);
      const after = withValue<JsonValue>(before, way, next);
      expect(stringifyExact(before)).toBe(frozen);
      if (after === before) return;
      expect(stringifyExact(valueAt(after, way) ?? null)).toBe(stringifyExact(next));
      const inside = (place: string) => {
        const steps: Path = JSON.parse(place);
        const isAbove = steps.length < way.length && steps.every((step, index) => step === way[index]);
        return isAbove || way.every((step, index) => steps[index] === step);
      };
      const others = (value: JsonValue) => leaves(value).filter(([place]) => !inside(place));
      expect(others(after)).toEqual(others(before));
    }),
    { numRuns: 500 },
  );
});
