/** Key presses on real keyboards. */
import { describe, expect, test } from 'vitest';
import { chordText, isPressed, isSingleKey, type KeyPress } from './chords.ts';
import { press } from './samplePress.ts';

const pc = (chord: Parameters<typeof isPressed>[0], keyPress: KeyPress) => isPressed(chord, keyPress, false);

describe('isPressed', () => {
  test('a letter is one without Shift, and with Caps Lock too', () => {
    expect(pc({ key: 'c' }, press('c', { code: 'KeyC' }))).toBe(true);
    expect(pc({ key: 'c' }, press('C', { code: 'KeyC' }))).toBe(true);
    expect(pc({ key: 'c' }, press('C', { code: 'KeyC', shiftKey: true }))).toBe(false);
    expect(pc({ key: 'c' }, press('c', { code: 'KeyC', ctrlKey: true }))).toBe(false);
  });

  test('Ctrl is Cmd on macOS, and never both', () => {
    const chord = { key: 'k', mod: true };
    expect(isPressed(chord, press('k', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed(chord, press('k', { metaKey: true }), true)).toBe(true);
    expect(isPressed(chord, press('k', { ctrlKey: true }), true)).toBe(false);
  });

  test('on a Cyrillic layout the place of the key counts', () => {
    expect(pc({ key: 'c' }, press('с', { code: 'KeyC' }))).toBe(true);
  });

  test('a sign may need Shift or AltGr on some layouts', () => {
    expect(pc({ key: '?' }, press('?', { shiftKey: true }))).toBe(true);
    expect(pc({ key: ']' }, press(']', { ctrlKey: true, altKey: true, isAltGraph: true }))).toBe(true);
    expect(pc({ key: ']' }, press(']', { ctrlKey: true }))).toBe(false);
  });

  test('the text that is being composed is never a command', () => {
    expect(pc({ key: 'n' }, press('n', { isComposing: true }))).toBe(false);
  });

  test('Alt counts where it is part of the chord, and nowhere else', () => {
    expect(pc({ key: 'ArrowUp', alt: true }, press('ArrowUp', { altKey: true }))).toBe(true);
    expect(pc({ key: 'ArrowUp', alt: true }, press('ArrowUp'))).toBe(false);
    expect(pc({ key: 'ArrowUp' }, press('ArrowUp', { altKey: true }))).toBe(false);
  });

  test('Shift tells F6 and Enter apart from their opposites', () => {
    expect(pc({ key: 'F6' }, press('F6', { shiftKey: true }))).toBe(false);
    expect(pc({ key: 'F6', shift: true }, press('F6', { shiftKey: true }))).toBe(true);
  });
});

test('what can be turned off is every key without Ctrl that writes', () => {
  expect([{ key: '/' }, { key: 'n' }, { key: '1' }].every(isSingleKey)).toBe(true);
  expect([{ key: 'F6' }, { key: 'z', mod: true }].some(isSingleKey)).toBe(false);
});

test('a chord is written as its keys', () => {
  expect(chordText({ key: 'c', mod: true, shift: true })).toEqual(['Ctrl', 'Shift', 'C']);
  expect(chordText({ key: 'Enter', shift: true })).toEqual(['Shift', 'Enter']);
});
