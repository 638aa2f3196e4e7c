import { expect, test } from 'vitest';
import { isProjectName, type ProjectName, parseBatchId } from '../../../shared/ids.ts';
import { ExactNumber } from '../../../shared/json.ts';
import type { Scene } from '../../../shared/scene.ts';
import { difference } from '../difference.ts';
import type { OpenDraft } from '../draftStore.ts';
import { isPendingHere, readTarget, textOf } from './jsonTarget.ts';
import { pendingProblem } from './pendingProblem.ts';

function project(name: string): ProjectName {
  if (!isProjectName(name)) throw new Error(name);
  return name;
}

const scene: Scene = {
  scene_id: 'BATCH_003',
  gain: new ExactNumber('0.1234567890123456789'),
  beats: [
    { beat_id: 'B001', summary: 'One', shot: { duration_s: 2.5 } },
    { beat_id: 'B002', summary: 'Two', shot: { duration_s: 'long' } },
  ],
};

const draft: OpenDraft = {
  batch: { project: project('harbor-lights'), episode: 1, batchId: parseBatchId('BATCH_003') },
  base: { version: 4, scene },
  scene,
  kind: 'reshoot',
  source: 'rederive',
  pending: null,
  beat: 0,
};

const first = { scope: 'beat', beat: 0 } as const;
const whole = { scope: 'scene' } as const;

test('a text is the draft’s own, exact and indented; one that is not finished is shown as it was typed', () => {
  expect(textOf(draft, first)).toBe(
    '{\n  "beat_id": "B001",\n  "summary": "One",\n  "shot": {\n    "duration_s": 2.5\n  }\n}',
  );
  expect(textOf(draft, whole)).toContain('"gain": 0.1234567890123456789');
  const pending = { scope: 'beat', beat: 0, text: '{"beat' } as const;
  expect(textOf({ ...draft, pending }, first)).toBe('{"beat');
  expect(textOf({ ...draft, pending }, { scope: 'beat', beat: 1 })).toContain('"B002"');
  expect(isPendingHere(pending, whole)).toBe(false);
  expect(textOf(draft, { scope: 'beat', beat: 9 })).toBe('');
});

test('a text that says the same leaves the draft the very same', () => {
  expect(readTarget(draft, first, textOf(draft, first)).scene).toBe(scene);
  expect(readTarget(draft, whole, textOf(draft, whole)).scene).toBe(scene);
  expect(readTarget(draft, first, '{"beat_id":"B001","summary":"One","shot":{"duration_s":2.50}}').scene).toBe(scene);
});

test('of the whole scene, only the beats that were changed are other ones', () => {
  const text = textOf(draft, whole).replace('"One"', '"Uno"');
  const { scene: read } = readTarget(draft, whole, text);
  expect(read?.beats[0]).toEqual({ ...scene.beats[0], summary: 'Uno' });
  expect(read?.beats[1]).toBe(scene.beats[1]);
  expect(read?.gain).toEqual(scene.gain);
});

test('another order of keys is a change, for whoever put it so wants it so', () => {
  const { scene: read } = readTarget(
    draft,
    first,
    '{"summary": "One", "beat_id": "B001", "shot": {"duration_s": 2.5}}',
  );
  expect(Object.keys(read?.beats[0] ?? {})).toEqual(['summary', 'beat_id', 'shot']);
});

test('runtime keys that are typed stay out of the draft, with a warning', () => {
  const typed = textOf(draft, first).replace('"summary"', '"takes": [],\n  "summary"');
  const { scene: read, findings } = readTarget(draft, first, typed);
  expect(read).toBe(scene);
  expect(findings).toMatchObject([{ severity: 'warning', line: 3, jsonPath: '$.takes' }]);
  const inScene = readTarget(draft, whole, textOf(draft, whole).replace('"summary": "One"', '"status": "open"'));
  expect(inScene.scene?.beats[0]).toEqual({ beat_id: 'B001', shot: { duration_s: 2.5 } });
});

test('a field that was wrong in the base stays writable, one that is made wrong does not', () => {
  const second = { scope: 'beat', beat: 1 } as const;
  const edited = textOf(draft, second).replace('Two', 'Due');
  expect(readTarget(draft, second, edited).scene?.beats[1]).toMatchObject({ summary: 'Due' });
  expect(readTarget(draft, second, edited.replace('long', 'longer')).scene).toBeNull();
  expect(readTarget(draft, whole, textOf(draft, whole).replace('One', 'Uno')).scene).not.toBeNull();
});

test('the scene of another batch cannot be taken', () => {
  const { scene: read, findings } = readTarget(draft, whole, textOf(draft, whole).replace('BATCH_003', 'BATCH_004'));
  expect(read).toBeNull();
  expect(findings[0]).toMatchObject({ severity: 'error', line: 2, jsonPath: '$.scene_id' });
});

test('a text that is not finished is told by its first error and its place', () => {
  expect(pendingProblem(draft)).toBeNull();
  const pending = { scope: 'beat', beat: 1, text: '{\n  "n": 12345678901234567890\n}' } as const;
  expect(pendingProblem({ ...draft, pending })).toMatchObject({ place: 'B002', finding: { line: 2, jsonPath: '$.n' } });
  const inScene = { scope: 'scene', text: '{' } as const;
  expect(pendingProblem({ ...draft, pending: inScene })).toMatchObject({
    place: 'the whole scene',
    finding: { line: 1 },
  });
});

test.each([
  ['abc', 'abc', null],
  ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
  ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
  ['aa', 'aaa', { from: 2, to: 2, insert: 'a' }],
  ['', 'x', { from: 0, to: 0, insert: 'x' }],
  ['one two three', 'one 2 three', { from: 4, to: 7, insert: '2' }],
])('only what differs is replaced: %s to %s', (before, after, change) => {
  expect(difference(before, after)).toEqual(change);
});
