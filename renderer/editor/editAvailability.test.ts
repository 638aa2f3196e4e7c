/** When a version can be edited. */
import { expect, test } from 'vitest';
import { reasonAgainstEditing } from './editAvailability.ts';

const readable = { version: 4, isReadable: true };

test('a readable version of a batch that can be written can be edited', () => {
  expect(reasonAgainstEditing({ isWritable: true }, readable, true)).toBeNull();
});

test('what is gone is not edited', () => {
  expect(reasonAgainstEditing({ isWritable: true }, readable, 'gone')).toMatch(/gone/);
});

test('a read-only folder, a body that cannot be read and a damaged manifest each say why not', () => {
  expect(reasonAgainstEditing({ isWritable: true }, readable, false)).toMatch(/read-only/);
  expect(reasonAgainstEditing({ isWritable: true }, { version: 4, isReadable: false }, true)).toMatch(/body of v4/);
  expect(reasonAgainstEditing({ isWritable: false }, readable, true)).toMatch(/manifest/);
});
