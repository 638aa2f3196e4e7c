import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findingSentence } from './bodyFinding.ts';
import { readBeatText, readSceneText } from './bodyText.ts';
import { parseExact, stringifyExact } from './exactJson.ts';
import { parseBatchId } from './ids.ts';
import { ExactNumber } from './json.ts';
import { isScene, type Scene } from './scene.ts';

const batch = { batchId: parseBatchId('BATCH_003'), episode: 1 };

/** A scene of one beat whose lines are known: the beat begins on line 4. */
const sceneText = (beat: string, rest = ''): string =>
  `{\n  "scene_id": "BATCH_003",\n  "beats": [\n    ${beat}\n  ]${rest}\n}`;

const told = (text: string, options: Parameters<typeof readSceneText>[1] = { batch }): readonly string[] =>
  readSceneText(text, options).findings.map((finding) => `${finding.severity}: ${findingSentence(finding)}`);

const sceneOf = (text: string): Scene => {
  const value = parseExact(text);
  if (!isScene(value)) throw new Error('no scene');
  return value;
};

test('a scene as the pipeline writes it has nothing wrong with it', () => {
  const folder = path.join(import.meta.dirname, '../e2e/fixtures/workspaces/harbor-lights/ep_001/scenes');
  const bodies = readdirSync(folder).filter((name) => /BATCH_\d+(\.v\d+)?\.json$/.test(name));
  expect(bodies.length).toBeGreaterThan(10);
  for (const name of bodies) {
    const { value, findings } = readSceneText(readFileSync(path.join(folder, name), 'utf8'));
    expect(value?.beats.length, name).toBeGreaterThan(0);
    const others = findings.filter(({ message }) => !message.includes('left out of a candidate'));
    expect(others, name).toEqual([]);
  }
});

test('unknown fields may be anything, anywhere', () => {
  const text = sceneText(
    '{"beat_id": "B1", "odd": [{"summary": 7}], "shot": {"slate": null, "raw": {"flags": 1}}}',
    ', "weather": {"title": 7}',
  );
  const { value, findings } = readSceneText(text, { batch });
  expect(findings).toEqual([]);
  expect(value?.weather).toEqual({ title: 7 });
});

test('a camera in one text, as older pipelines wrote it, is as good as one in fields', () => {
  expect(told(sceneText('{"shot": {"camera": "locked off"}}'))).toEqual([]);
  expect(told(sceneText('{"shot": {"camera": {"move": "static", "rig": 7}}}'))).toEqual([]);
  expect(told(sceneText('{"shot": {"camera": {"lens_mm": "wide"}}}'))).toHaveLength(1);
  expect(told(sceneText('{"shot": {"camera": 7}}'))).toHaveLength(1);
});

test('what is missing or null is no error: it shows as missing', () => {
  expect(told(sceneText('{"beat_id": null, "shot": {"duration_s": null, "characters": null}}'))).toEqual([]);
  expect(told('{"scene_id": "BATCH_003", "beats": []}')).toEqual([]);
});

test('a syntax error is named with its line, its column and its place inside, and those behind it one a line', () => {
  const text = '{\n  "scene_id": "BATCH_003",\n  "beats": [\n    {"beat_id": "B1" "summary": ""}\n  ],\n}';
  const { value, findings } = readSceneText(text);
  expect(value).toBeNull();
  expect(findings.map(({ line, column, jsonPath }) => ({ line, column, jsonPath }))).toEqual([
    { line: 4, column: 22, jsonPath: '$.beats[0]' },
    { line: 6, column: 1, jsonPath: '$' },
  ]);
  expect(findings[0]?.offset).toBe(text.indexOf('"summary"'));
  expect(findings[0]?.message).toBe('A comma or } was expected where "\\"" stands.');
});

test('behind a text that is not closed nothing more is named, for the rest is read inside out', () => {
  expect(told('{\n  "scene_id": "BATCH_003,\n  "beats": [],\n}')).toEqual([
    'error: Line 2, $.scene_id: a string is not closed, or holds a bare control character or an unknown escape.',
  ]);
});

test('a text that is empty, a comment or nested without end is an error and no crash', () => {
  expect(told('')).toEqual(['error: Line 1: a value was expected where the text ends.']);
  expect(told('{\n  // why\n  "scene_id": 1}')[0]).toContain('Line 2');
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect(told(deep)[0]).toContain('nesting goes beyond 500 levels');
});

test('what is no scene says what it lacks, at the place where that stands', () => {
  expect(told('[1]')).toEqual(['error: Line 1: this is no scene: a scene is an object with "scene_id" and "beats".']);
  expect(told('{\n"scene_id": 7, "beats": []}')).toEqual([
    'error: Line 2, $.scene_id: this is no scene: "scene_id" must be a text.',
  ]);
  expect(told(sceneText('{},\n 7'))).toEqual([
    'error: Line 5, $.beats[1]: this is no scene: each beat must be an object.',
  ]);
});

test('the scene of another batch is an error, another episode is a warning', () => {
  const text = '{\n  "scene_id": "BATCH_004",\n  "episode": 2,\n  "beats": []\n}';
  expect(told(text)).toEqual([
    'error: Line 2, $.scene_id: "scene_id" must be BATCH_003, the batch that this is written to, not BATCH_004.',
    'warning: Line 3, $.episode: "episode" says 2, but the batch stands in ep_001.',
  ]);
  expect(told(text, {})).toEqual([]);
});

test('an integer that cannot be held is an error within the beats, and kept as it is beside them', () => {
  const beat = '{"beat_id": "B1",\n "shot": {"slate_no": 90071992547409931}}';
  expect(told(sceneText(beat))).toEqual([
    'error: Line 5, $.beats[0].shot.slate_no: this number cannot be held exactly. Write it as text, or keep it within ±9007199254740991.',
  ]);
  expect(told(sceneText('{"gain": 1e999}'))).toHaveLength(1);
  expect(told(sceneText('{"beat_id": "B1", "gain": 0.12345678901234567891, "n": -9007199254740991}'))).toEqual([]);
  const { value } = readSceneText(sceneText('{}', ', "serial": 90071992547409931'), { batch });
  expect(value?.serial).toEqual(new ExactNumber('90071992547409931'));
});

test('half a character is an error in a text and in a key', () => {
  const found = told(sceneText('{"summary": "\\ud83d",\n "\\udc00": 1}'));
  expect(found).toHaveLength(2);
  expect(found[0]).toContain('Line 4, $.beats[0].summary: this text holds half of a character');
  expect(found[1]).toContain('Line 5');
  expect(told(sceneText('{"summary": "\\ud83d\\ude00"}'))).toEqual([]);
});

test('a key that stands twice is a warning, and the last one counts', () => {
  const text = sceneText('{"beat_id": "B1", "summary": 7,\n "summary": "two"}');
  const { value, findings } = readSceneText(text, { batch });
  expect(findings.map(findingSentence)).toEqual([
    'Line 5, $.beats[0].summary: "summary" stands twice in this object; only the last one counts. Take one out.',
  ]);
  expect(value?.beats[0]?.summary).toBe('two');
});

test('a beat id that stands twice is a warning that says where it stood first', () => {
  expect(told(sceneText('{"beat_id": "B1"},\n {"beat_id": "B1"}'))).toEqual([
    'warning: Line 5, $.beats[1].beat_id: the beat_id B1 stands in beat 1 already. Two beats of one id are paired by their order; give this one an id of its own.',
  ]);
});

test.each([
  ['{"summary": 7}', '$.beats[0].summary', '"summary" must be a text, not the number 7.'],
  ['{"beat_id": ""}', '$.beats[0].beat_id', '"beat_id" must be a text that is not empty, not an empty text.'],
  ['{"shot": []}', '$.beats[0].shot', '"shot" must be an object, not a list.'],
  [
    '{"shot": {"duration_s": "5.1"}}',
    '$.beats[0].shot.duration_s',
    '"duration_s" must be a number of seconds, 0 or more, not a text.',
  ],
  [
    '{"shot": {"duration_s": -1}}',
    '$.beats[0].shot.duration_s',
    '"duration_s" must be a number of seconds, 0 or more, not a negative number.',
  ],
  [
    '{"shot": {"characters": ["MARA", 7]}}',
    '$.beats[0].shot.characters[1]',
    'Each of "characters" must be a text, not the number 7.',
  ],
  [
    '{"shot": {"dialogue": ["Hello"]}}',
    '$.beats[0].shot.dialogue[0]',
    'Each of "dialogue" must be an object, not a text.',
  ],
  ['{"shot": {"dialogue": [{"line": true}]}}', '$.beats[0].shot.dialogue[0].line', '"line" must be a text, not true.'],
])('a known field of the wrong kind is an error: %s', (beat, jsonPath, message) => {
  const { value, findings } = readSceneText(sceneText(beat), { batch });
  expect(value).toBeNull();
  expect(findings).toMatchObject([{ severity: 'error', line: 4, jsonPath, message }]);
});

test('a wrong field that the version before had just so is a warning, for nobody typed it', () => {
  const text = sceneText('{"beat_id": "B1", "shot": {"duration_s": "5.1"}}');
  const { value, findings } = readSceneText(text, { batch, inherited: sceneOf(text) });
  expect(findings).toMatchObject([{ severity: 'warning', jsonPath: '$.beats[0].shot.duration_s' }]);
  expect(value).not.toBeNull();
  const changed = text.replace('5.1', '5.2');
  expect(readSceneText(changed, { batch, inherited: sceneOf(text) }).value).toBeNull();
});

test('a beat without an id that can be read, or of an id that stands twice, may stay as odd as it was', () => {
  const odd = [
    '{"beat_id": 12, "summary": 3}',
    '{"beat_id": "B001", "summary": 4}',
    '{"beat_id": "B001", "summary": 5}',
  ];
  const inherited = sceneOf(sceneText(odd.join(', ')));
  const severities = (beats: readonly string[]) =>
    readSceneText(sceneText(beats.join(', ')), { batch, inherited }).findings.map(({ severity }) => severity);
  expect(severities(odd)).not.toContain('error');
  expect(severities(['{"beat_id": "B009"}', ...odd])).not.toContain('error');
  expect(severities([odd[0] ?? '', '{"beat_id": "B001", "summary": 6}', odd[2] ?? ''])).toContain('error');
});

test('runtime keys of a beat are warned of, not of what is inside it', () => {
  expect(told(sceneText('{"takes": [{"n": 12345678901234567890}],\n "shot": {"takes": 3}}'))).toEqual([
    'warning: Line 4, $.beats[0].takes: "takes" is left out of a candidate: a fresh one has none.',
  ]);
});

test('the text of one beat is judged alone, with places from the beat', () => {
  const { value, findings } = readBeatText(
    '{\n  "beat_id": "B013",\n  "shot": {\n    "slate_no": 90071992547409931\n  }\n}',
  );
  expect(value).toBeNull();
  expect(findings.map(findingSentence)).toEqual([
    'Line 4, $.shot.slate_no: this number cannot be held exactly. Write it as text, or keep it within ±9007199254740991.',
  ]);
  expect(readBeatText('[]').findings).toMatchObject([{ severity: 'error', line: 1, column: 1 }]);
  expect(readBeatText('{"beat_id": "B1", "shot": {"duration_s": 5.10}}')).toEqual({
    value: { beat_id: 'B1', shot: { duration_s: 5.1 } },
    findings: [],
  });
});

test('hundreds of findings are cut short, errors first', () => {
  const beats = Array.from({ length: 400 }, (_, index) => `{"takes": [], "summary": ${index}}`).join(',\n');
  const { findings } = readSceneText(sceneText(beats), { batch });
  expect(findings).toHaveLength(200);
  expect(findings.every(({ severity }) => severity === 'error')).toBe(true);
});

test('what is read from a text is written back as the same text', () => {
  const text = stringifyExact(
    sceneOf(sceneText('{"beat_id": "B1", "gain": 0.12345678901234567891, "__proto__": {"a": 1}}')),
    2,
  );
  const { value } = readSceneText(text, { batch });
  expect(value && stringifyExact(value, 2)).toBe(text);
});
