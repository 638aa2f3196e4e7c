/** Lines of dialogue against those of the base. */
import { expect, test } from 'vitest';
import { lineMarks } from './lineMarks.ts';
import { suggestionsFor } from './suggestions.ts';

const line = (character: string, text: string) => ({ character, line: text });
const [ice, ten, key] = [
  line('渡辺', 'Ice keeps everything.'),
  line('MARA', 'Then it kept ten.'),
  line('INES', 'Key.'),
];

test('a line in front of others makes those no other lines', () => {
  expect(lineMarks([ice], [ten, ice])).toEqual({ lines: ['new', null], removed: [], isReordered: false });
});

test('a line that reads differently names the one that stood in its place', () => {
  const now = line('渡辺', 'Ice keeps everything. Even a lie.');
  expect(lineMarks([ice, ten], [now, ten])).toEqual({ lines: [{ was: ice }, null], removed: [], isReordered: false });
});

test('a line that is gone is told, and so is another order', () => {
  expect(lineMarks([ice, ten, key], [key, ice])).toEqual({ lines: [null, null], removed: [ten], isReordered: true });
});

test('a line that stands twice pairs once', () => {
  expect(lineMarks([ice], [ice, ice]).lines).toEqual([null, 'new']);
});

test('without a base nothing is new', () => {
  expect(lineMarks(null, [ice])).toEqual({ lines: [null], removed: [], isReordered: false });
});

test('suggestions are found without case and accents, those that begin so first', () => {
  expect(suggestionsFor(['OLD PETTER', 'MARA', 'TOMÁS'], 'ma')).toEqual(['MARA', 'TOMÁS']);
  expect(suggestionsFor(['OLD PETTER', 'MARA'], '')).toEqual(['OLD PETTER', 'MARA']);
  expect(suggestionsFor(['OLD PETTER', 'MARA'], 'MARA')).toEqual([]);
});
