/** From a key press to a command, to the palette, and to the list of keys. */
import { describe, expect, test } from 'vitest';
import { type Command, keysRows } from './command.ts';
import { commandFor } from './commandFor.ts';
import { findCommands } from './paletteSearch.ts';
import { press } from './samplePress.ts';
import { paneAfter, paneOrder } from './steps.ts';

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Scenes',
  glyph: 'same',
  disabledReason: null,
  isInPalette: true,
  run: () => {},
  ...more,
});

const conform = command('Conform v4', { chord: { key: 'c' }, keysRow: 'Conform', hint: 'make it active' });
const copy = command('Copy', { chord: { key: 'c', mod: true, shift: true } });
const palette = command('Palette', { chord: { key: 'k', mod: true } });
const undo = command('Undo', { chord: { key: 'z', mod: true } });
const open = command('Open', { chord: { key: 'Enter' }, isHandledInPlace: true });
const all = [conform, copy, palette, undo, open];

const free = { isInField: false, hasSingleLetterKeys: true, isMac: false };
const found = (keyPress: Parameters<typeof commandFor>[1], situation = free) =>
  commandFor(all, keyPress, situation)?.id ?? null;

describe('commandFor', () => {
  test('a letter acts outside fields only, and only while single keys are on', () => {
    expect(found(press('c'))).toBe('Conform v4');
    expect(found(press('c'), { ...free, isInField: true })).toBeNull();
    expect(found(press('c'), { ...free, hasSingleLetterKeys: false })).toBeNull();
  });

  test('a field keeps undo and copy for its own text, but not the palette', () => {
    const field = { ...free, isInField: true };
    expect(found(press('z', { ctrlKey: true }), field)).toBeNull();
    expect(found(press('k', { ctrlKey: true }), field)).toBe('Palette');
    expect(found(press('z', { ctrlKey: true }))).toBe('Undo');
  });

  test('a command for fields takes the field’s own key', () => {
    const own = [command('Undo the edit', { chord: { key: 'z', mod: true }, isForFields: true })];
    const inField = { ...free, isInField: true };
    expect(commandFor(own, press('z', { ctrlKey: true }), inField)?.id).toBe('Undo the edit');
  });

  test('a command that cannot run leaves its key alone, and so does one that a list handles itself', () => {
    const off = [command('Off', { chord: { key: 'r' }, disabledReason: 'There is nothing to go back to.' })];
    expect(commandFor(off, press('r'), free)).toBeNull();
    expect(found(press('Enter'))).toBeNull();
  });
});

describe('findCommands', () => {
  const off = command('Conform v5', { disabledReason: 'v5 cannot be read.' });
  const hidden = command('Search', { isInPalette: false });

  test('without a text it offers what can run', () => {
    expect(findCommands([conform, off, hidden], '')).toEqual([conform]);
  });

  test('a word may stand anywhere, the start of the title counts most, what cannot run comes last', () => {
    const reconform = command('Look at the conform of v4');
    expect(findCommands([off, reconform, conform], 'conf').map((each) => each.id)).toEqual([
      'Conform v4',
      'Look at the conform of v4',
      'Conform v5',
    ]);
    expect(findCommands([conform], 'active v4')).toEqual([conform]);
    expect(findCommands([conform], 'revert')).toEqual([]);
  });
});

test('commands of one row stand together in the list of keys', () => {
  const next = command('next', { chord: { key: 'n' }, keysRow: 'Next, previous change' });
  const previous = command('previous', { chord: { key: 'p' }, keysRow: 'Next, previous change' });
  expect(keysRows([next, conform, previous, undo], 'Scenes')).toEqual([
    { title: 'Next, previous change', chords: [{ key: 'n' }, { key: 'p' }] },
    { title: 'Conform', chords: [{ key: 'c' }] },
  ]);
});

test('F6 goes round the panes, from outside to the first', () => {
  expect(paneAfter(paneOrder, 'comparison', 1)).toBe('list');
  expect(paneAfter(paneOrder, 'list', -1)).toBe('comparison');
  expect(paneAfter(paneOrder, null, 1)).toBe('list');
  expect(paneAfter(paneOrder, null, -1)).toBe('comparison');
});
