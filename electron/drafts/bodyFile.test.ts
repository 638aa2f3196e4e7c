import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../scenes/testing/testWorkspaces.ts';
import { inspectBytes, inspectFile } from './bodyFile.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const inspect = (text: string) => inspectBytes('body.json', bytesOf(text));

test('a body of the pipeline comes whole, its numbers exact', async () => {
  const file = join(
    import.meta.dirname,
    '../../e2e/fixtures/workspaces/harbor-lights/ep_001/scenes/ep_001_BATCH_003.v004.json',
  );
  const body = await inspectFile(file);
  expect(body).toMatchObject({ name: 'ep_001_BATCH_003.v004.json', errors: [] });
  expect(body.scene).toEqual(JSON.parse(await readFile(file, 'utf8')));
  expect(body.warnings.length).toBeGreaterThan(0);
  expect(body.warnings.every(({ message }) => message.includes('left out of a candidate'))).toBe(true);
  expect(inspect('{"scene_id": "BATCH_001", "n": 0.1234567890123456789, "beats": []}').scene).toEqual({
    scene_id: 'BATCH_001',
    n: { $number: '0.1234567890123456789' },
    beats: [],
  });
});

test('a byte-order mark is taken', () => {
  expect(inspect('\ufeff{"scene_id": "BATCH_001", "beats": []}')).toMatchObject({ errors: [] });
});

test('bytes that are no UTF-8, UTF-16 and an empty file are named, and hold no scene', () => {
  const utf16 = inspectBytes('body.json', Buffer.from('\ufeff{"scene_id": "BATCH_001"}', 'utf16le'));
  expect(utf16).toMatchObject({ scene: null, errors: [{ line: null, message: expect.stringContaining('UTF-16') }] });
  const latin = inspectBytes('body.json', Buffer.from('{"scene_id": "Caf\u00e9"}', 'latin1'));
  expect(latin).toMatchObject({ scene: null, errors: [{ message: expect.stringContaining('not UTF-8') }] });
  expect(inspect(' \n')).toMatchObject({ scene: null, errors: [{ message: expect.stringContaining('empty') }] });
});

test('every error comes with its line, its column, its place and a sentence', () => {
  const body = inspect('{\n  "scene_id": "BATCH_001",\n  "title": 7,\n  "beats": [{"n": 12345678901234567890}]\n}');
  expect(body.scene).toBeNull();
  expect(body.errors).toEqual([
    { line: 3, column: 12, jsonPath: '$.title', message: '"title" must be a text, not the number 7.' },
    {
      line: 4,
      column: 19,
      jsonPath: '$.beats[0].n',
      message: 'This number cannot be held exactly. Write it as text, or keep it within ±9007199254740991.',
    },
  ]);
  expect(inspect('{"scene_id": "B", "beats": [}').errors[0]).toMatchObject({ line: 1, jsonPath: '$.beats[0]' });
  expect(inspect(`${'['.repeat(600)}${']'.repeat(600)}`).errors[0]?.message).toContain('500 levels');
});

test('a file beyond the bound is refused before it is read, with its size', async () => {
  const file = join(await makeFolder(), 'film.json');
  await writeFile(file, '');
  await truncate(file, 41 * 1_048_576);
  const message = 'film.json has 41 MB; a body may have 32 MB at most. Choose the file of one scene.';
  await expect(inspectFile(file)).rejects.toMatchObject({ code: 'invalid', message });
  expect(() => inspectBytes('film.json', new Uint8Array(41 * 1_048_576))).toThrow(message);
});

test('what is no file, or gone, says so', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'a.json'));
  await expect(inspectFile(join(folder, 'a.json'))).rejects.toMatchObject({ code: 'invalid' });
  await expect(inspectFile(join(folder, 'b.json'))).rejects.toMatchObject({ code: 'notFound' });
});
