/** How the values of a changed field are read. */
import { describe, expect, test } from 'vitest';
import { shownChange, shownPath, shownValue } from './fieldChange.ts';

const beat = { shot: { dialogue: [{ character: 'MARA', line: 'It was asked.' }] } };

describe('shownPath', () => {
  test('leaves out the root and the shot, which every beat has', () => {
    expect(shownPath('$.shot.dialogue[0].line')).toBe('dialogue[0].line');
    expect(shownPath('$.summary')).toBe('summary');
    expect(shownPath("$['odd key']")).toBe("['odd key']");
    expect(shownPath('$')).toBe('the whole beat');
  });
});

describe('shownValue', () => {
  test('a line of dialogue is prose after its speaker', () => {
    expect(shownValue('It was asked.', '$.shot.dialogue[0].line', beat)).toEqual({
      kind: 'prose',
      text: 'It was asked.',
      speaker: 'MARA',
    });
  });

  test('a line that came whole is read out, not shown as JSON', () => {
    expect(shownValue({ character: 'JUNE', line: 'No.' }, '$.shot.dialogue[1]', beat)).toEqual({
      kind: 'prose',
      text: 'No.',
      speaker: 'JUNE',
    });
  });

  test('a hash is seven digits with the whole text at hand', () => {
    const hash = 'sha256:245d4b312c7a2fad4f0873368533768b';
    expect(shownValue(hash, '$.shot.raw.source_text_hash', beat)).toEqual({
      kind: 'plain',
      text: '245d4b3',
      title: hash,
      isMono: true,
    });
  });

  test('an exact number keeps its text', () => {
    expect(shownValue({ $number: '0.1234567890123456789' }, '$.x', beat)).toMatchObject({
      kind: 'plain',
      text: '0.1234567890123456789',
    });
  });

  test('names are a list, any other structure is JSON with exact numbers in place', () => {
    expect(shownValue(['MARA', 'JUNE'], '$.shot.characters', beat)).toMatchObject({
      kind: 'prose',
      text: 'MARA, JUNE',
    });
    expect(shownValue({ $object: { $ref: [1, { $number: '1.0' }] } }, '$.x', beat)).toMatchObject({
      text: '{"$ref": [1, 1.0]}',
      isMono: true,
    });
  });

  test('an absent field, null, false and an empty text are told apart', () => {
    expect(shownValue(undefined, '$.x', beat)).toEqual({ kind: 'absent' });
    expect(shownValue(null, '$.x', beat)).toMatchObject({ text: 'null' });
    expect(shownValue(false, '$.x', beat)).toMatchObject({ text: 'false' });
    expect(shownValue('', '$.x', beat)).toMatchObject({ text: '""' });
  });

  test('each side takes the speaker from its own version', () => {
    const after = { shot: { dialogue: [{ character: 'JUNE', line: 'It was told to.' }] } };
    const change = shownChange(
      { path: '$.shot.dialogue[0].line', before: 'It was asked.', after: 'It was told to.' },
      { from: beat, to: after },
    );
    expect(change.before).toMatchObject({ speaker: 'MARA' });
    expect(change.after).toMatchObject({ speaker: 'JUNE' });
  });
});
