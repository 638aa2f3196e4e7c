import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readContained } from '../disk/containedFile.ts';
import { makeFolder } from '../testing/testWorkspaces.ts';
import { BodyCache } from './bodyCache.ts';
import { parseBody } from './sceneBody.ts';
import { titleInHead } from './titleHead.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const beat = (id: string, more = '') => `{"beat_id": "${id}", "shot": {"duration_s": 1.5${more}}}`;
const scene = (beats: string, more = '') =>
  `{"scene_id": "BATCH_003", "title": "INT. PIER"${more}, "beats": [${beats}]}`;

test('a body shows its shots, seconds, characters, boards and repeated ids', () => {
  const text = scene(
    `${beat('A', ', "characters": ["INES", "MARA"]')}, ${beat('A', ', "characters": ["INES"]')}, {"beat_id": "B", "boards": [{}]}`,
  );
  const parsed = parseBody(bytes(`\uFEFF${text}`));
  expect(parsed).toMatchObject({
    ok: true,
    facts: {
      sceneId: 'BATCH_003',
      title: 'INT. PIER',
      shotCount: 3,
      durationS: 3,
      characters: ['INES', 'MARA'],
      shotsWithBoards: 1,
      duplicateBeatIds: ['A'],
      unfit: null,
    },
  });
});

test('what is no scene is refused with the reason and the place', () => {
  const reasonOf = (data: Uint8Array) => {
    const parsed = parseBody(data);
    return parsed.ok ? 'ok' : parsed.reason;
  };
  expect(reasonOf(bytes(''))).toBe('it is empty');
  expect(reasonOf(Buffer.from('{"scene_id": "é"}', 'latin1'))).toBe('it is not UTF-8 text');
  expect(reasonOf(Buffer.from(scene(''), 'utf16le'))).not.toBe('ok');
  expect(reasonOf(bytes('{"scene_id": "X",\n "beats": [}'))).toContain('line 2');
  expect(reasonOf(bytes('{"scene_id": "X", "beats": [1]}'))).toContain('each beat must be an object');
  expect(reasonOf(bytes(scene(`{"deep": ${'['.repeat(600)}${']'.repeat(600)}}`)))).toContain('500 levels');
});

test('a value that cannot be held exactly is named by its path, and the rest is known all the same', () => {
  const parsed = parseBody(bytes(scene(`${beat('A')}, {"beat_id": "B", "shot": {"take": 9007199254740993}}`)));
  expect(parsed).toMatchObject({
    ok: true,
    beatFingerprints: null,
    facts: {
      shotCount: 2,
      fingerprint: null,
      unfit: { code: 'number_out_of_range', jsonPath: '$.beats[1].shot.take' },
    },
  });
  const surrogate = parseBody(bytes(scene('{"beat_id": "\\ud800"}')));
  expect(surrogate).toMatchObject({ facts: { unfit: { code: 'lone_surrogate', jsonPath: '$.beats[0].beat_id' } } });
});

test('the title is found in the head only at the level of the scene itself', () => {
  expect(titleInHead('{"a": {"title": "no"}, "x": "title", "title" : "INT. \\"PIER\\"", "beats": [')).toBe(
    'INT. "PIER"',
  );
  expect(titleInHead('\uFEFF{"title": "yes"')).toBe('yes');
  expect(titleInHead('{"beats": [{"title": "no"}')).toBeNull();
  expect(titleInHead('{"title": "cut off')).toBeNull();
  expect(titleInHead('{"title": 7}')).toBeNull();
});

test('only a plain name inside the folder is read', async () => {
  const folder = await makeFolder();
  const scenes = join(folder, 'scenes');
  await mkdir(join(scenes, 'folder.json'), { recursive: true });
  await writeFile(join(folder, 'secret.json'), 'secret');
  await writeFile(join(scenes, 'plain.json'), 'plain');
  await symlink('plain.json', join(scenes, 'inner.json'));
  await symlink('../secret.json', join(scenes, 'outer.json'));
  await symlink('../not-there.json', join(scenes, 'dangling-out.json'));
  await symlink('not-there.json', join(scenes, 'dangling-in.json'));
  await symlink('circle.json', join(scenes, 'circle.json'));
  execFileSync('mkfifo', [join(scenes, 'pipe.json')]);
  const kindOf = async (name: string) => (await readContained(scenes, name)).kind;
  const found: Record<string, string> = {};
  for (const name of [
    'plain.json',
    'inner.json',
    'outer.json',
    'dangling-out.json',
    'dangling-in.json',
    'circle.json',
    'pipe.json',
    'folder.json',
    'gone.json',
    '../secret.json',
    join(folder, 'secret.json'),
    'folder.json/../plain.json',
    '..\\secret.json',
    'plain.json\0.txt',
    '.',
    '..',
    '',
  ]) {
    found[name] = await kindOf(name);
  }
  expect(found).toEqual({
    'plain.json': 'read',
    'inner.json': 'read',
    'outer.json': 'outside',
    'dangling-out.json': 'outside',
    'dangling-in.json': 'missing',
    'circle.json': 'unreadable',
    'pipe.json': 'unreadable',
    'folder.json': 'unreadable',
    'gone.json': 'missing',
    '../secret.json': 'outside',
    [join(folder, 'secret.json')]: 'outside',
    'folder.json/../plain.json': 'outside',
    '..\\secret.json': 'outside',
    'plain.json\0.txt': 'outside',
    '.': 'outside',
    '..': 'outside',
    '': 'outside',
  });
});

test('a scenes folder that is itself reached by a link is read', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'storage'));
  await writeFile(join(folder, 'storage/plain.json'), 'plain');
  await symlink('plain.json', join(folder, 'storage/inner.json'));
  await symlink('storage', join(folder, 'scenes'));
  expect(await readContained(join(folder, 'scenes'), 'plain.json')).toMatchObject({ kind: 'read' });
  expect(await readContained(join(folder, 'scenes'), 'inner.json')).toMatchObject({ kind: 'read' });
});

test('a body is remembered until its file changes: by size, by time or by being another file', async () => {
  const folder = await makeFolder();
  const path = join(folder, 'body.json');
  const cache = new BodyCache();
  const shots = async () => {
    const look = await cache.look(folder, 'body.json');
    const reading = await cache.read(folder, 'body.json');
    expect(reading.kind === 'body' ? reading.body.facts : reading.kind).toEqual(
      look.kind === 'facts' ? look.facts : look.kind,
    );
    return look.kind === 'facts' ? look.facts.durationS : look.kind;
  };
  const time = new Date('2026-01-02T03:04:05Z');
  const put = async (file: string, duration: string) => {
    await writeFile(file, `{"scene_id": "BATCH_003", "beats": [{"shot": {"duration_s": ${duration}}}]}`);
    await utimes(file, time, time);
  };
  await put(path, '1.5');
  expect(await shots()).toBe(1.5);
  await put(path, '2.5');
  expect(await shots(), 'nothing tells that it changed').toBe(1.5);
  await put(path, '2.75');
  expect(await shots()).toBe(2.75);
  await put(join(folder, 'other.json'), '3.25');
  await rename(join(folder, 'other.json'), path);
  expect(await shots()).toBe(3.25);
  await writeFile(path, (await readFile(path, 'utf8')).replace('3.25', '4.25'));
  expect(await shots()).toBe(4.25);
});

test('one byte-order mark is accepted in a body, a second one is no JSON', () => {
  const text = '{"scene_id": "BATCH_001", "beats": []}';
  expect(parseBody(Buffer.from(`\ufeff${text}`)).ok).toBe(true);
  expect(parseBody(Buffer.from(`\ufeff\ufeff${text}`)).ok).toBe(false);
});
