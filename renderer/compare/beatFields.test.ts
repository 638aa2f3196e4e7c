/** What a whole beat holds. */
import { expect, test } from 'vitest';
import { beatFields } from './beatFields.ts';

const beat = {
  beat_id: 'B001',
  shot: {
    camera: { lens_mm: { $number: '85.0' } },
    characters: ['MARA', 'JUNE'],
    dialogue: [{ character: 'MARA', line: 'No.' }],
  },
  boards: [{ id: 1 }],
  status: 'open',
};

test('an added beat is listed with its own fields, a line of dialogue as one, boards left out', () => {
  expect(beatFields({ from: undefined, to: beat })).toEqual([
    { path: '$.beat_id', after: 'B001' },
    { path: '$.shot.camera.lens_mm', after: { $number: '85.0' } },
    { path: '$.shot.characters', after: ['MARA', 'JUNE'] },
    { path: '$.shot.dialogue[0]', after: { character: 'MARA', line: 'No.' } },
  ]);
});

test('a beat of both versions has both values side by side', () => {
  expect(beatFields({ from: { a: 1 }, to: { a: 1, b: 2 } })).toEqual([
    { path: '$.a', before: 1, after: 1 },
    { path: '$.b', after: 2 },
  ]);
});
