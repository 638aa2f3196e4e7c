/** What is shown of a beat. */
import { expect, test } from 'vitest';
import { secondsText, shownBeats } from './beats.ts';

test('seconds have two decimals, more where there are more, and an exact number its own text', () => {
  expect(secondsText(4.2)).toBe('4.20');
  expect(secondsText(8)).toBe('8.00');
  expect(secondsText(3.125)).toBe('3.125');
  expect(secondsText({ $number: '4.1000000000000000001' })).toBe('4.1000000000000000001');
  expect(secondsText('soon')).toBe('');
});

test('a beat that lacks everything is still shown, with its number', () => {
  expect(shownBeats({ scene_id: 'BATCH_001', beats: [{}] })).toEqual([
    { number: 1, beatId: '', text: '', seconds: '', durationS: null, body: {} },
  ]);
});

test('a negative duration is told as written and not drawn', () => {
  const [beat] = shownBeats({ beats: [{ shot: { duration_s: -1.5 } }] });
  expect(beat).toMatchObject({ seconds: '-1.50', durationS: null });
});
