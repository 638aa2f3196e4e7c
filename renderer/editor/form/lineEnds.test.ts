import { expect, test } from 'vitest';
import { shownText, writtenText } from './lineEnds.ts';

test('a text without carriage returns is written as it was typed', () => {
  expect(writtenText('a\nb', 'a\nbc')).toBe('a\nbc');
});

test('line breaks that nobody touched stay as they were written, new ones are like them', () => {
  const before = 'one\r\ntwo\r\nthree\n';
  expect(shownText(before)).toBe('one\ntwo\nthree\n');
  expect(writtenText(before, 'one\ntwo!\nthree\n')).toBe('one\r\ntwo!\r\nthree\n');
  expect(writtenText(before, 'one\ntwo\nand\nthree\n')).toBe('one\r\ntwo\r\nand\r\nthree\n');
  expect(writtenText(before, 'one\nthree\n')).toBe('one\r\nthree\n');
  expect(writtenText(before, shownText(before))).toBe(before);
  expect(writtenText('a\rb', 'a\nbc\n')).toBe('a\rbc\r');
  expect(writtenText(before, '')).toBe('');
});
