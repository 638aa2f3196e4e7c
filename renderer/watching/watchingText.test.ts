/** How watching is said. */
import { expect, test } from 'vitest';
import { watchingText } from './watchingText.ts';

test('each way of watching has its words, and a failure its reason', () => {
  expect(watchingText({ kind: 'events' })).toMatchObject({ text: 'Watching', glyph: 'check' });
  expect(watchingText({ kind: 'polling', everyMs: 2000, because: 'network', reason: null }).text).toBe(
    'Looking every 2 s (network mount)',
  );
  expect(watchingText({ kind: 'polling', everyMs: 1500, because: 'chosen', reason: null }).text).toBe(
    'Looking every 1.5 s (as you chose)',
  );
  expect(watchingText({ kind: 'polling', everyMs: 2000, because: 'failed', reason: 'Why.' })).toMatchObject({
    glyph: 'problem',
    title: 'Why.',
  });
  expect(watchingText({ kind: 'gone', reason: 'It is gone.' })).toMatchObject({ ink: 's-bad', title: 'It is gone.' });
});
