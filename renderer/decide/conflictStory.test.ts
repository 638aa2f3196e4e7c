/** What the conflict dialog tells. */
import { describe, expect, test } from 'vitest';
import { conflictStory, manifestChanges } from './conflictStory.ts';
import { details, entry, line, manifest, revision } from './sampleBatch.ts';

const seen = details(manifest(3, [entry(3), entry(4, { state: 'candidate' })]), 'a', [line(1, 'append', 4)]);
const at = new Date(2026, 2, 4, 9, 41, 7);
const today = { today: new Date(2026, 2, 4, 12), locale: 'en-GB' };
const conformed = line(2, 'conform', 5, { at: at.toISOString(), note: 'Pickup wins.' });

describe('conflictStory', () => {
  test('says who did what and when, with their note', () => {
    const now = details(manifest(5, [entry(5)]), 'b', [...seen.ledger, conformed]);
    expect(conflictStory(seen, now, today)).toEqual({
      sentence: 'Lena Fischer on edit-02 conformed v5 at 09:41:07.',
      note: 'Pickup wins.',
      at: at.toISOString(),
    });
  });

  test('names the day where it was another one, and the changes before it', () => {
    const now = details(manifest(5, [entry(5)]), 'b', [line(2, 'append', 5), { ...conformed, seq: 3 }]);
    const { sentence } = conflictStory(seen, now, { ...today, today: new Date(2026, 2, 6) });
    expect(sentence).toBe('Lena Fischer on edit-02 conformed v5 on 4 Mar at 09:41:07, after 1 other change.');
  });

  test('a change without a line of the ledger is told by what differs', () => {
    const now = details(manifest(5, [entry(3), entry(4, { state: 'candidate' }), entry(5)]), 'c', seen.ledger);
    expect(conflictStory(seen, now, today).sentence).toBe(
      'The batch was changed outside the ledger, most likely by the pipeline: the pointer went from v3 to v5 and v5 was added.',
    );
  });

  test('a line that is older than what is on disk is not the whole story', () => {
    const now = details(manifest(3, [entry(3)]), 'd', [...seen.ledger, conformed]);
    expect(conflictStory(seen, now, today).sentence).toContain('After that the batch was changed outside the ledger');
  });

  test('the line of one’s own decision is no news to an undo', () => {
    const own = line(2, 'conform', 4, { revision: revision('e') });
    const after = details(manifest(4, [entry(3), entry(4)]), 'e', seen.ledger);
    const theirs = line(3, 'revert', 1, { at: at.toISOString() });
    const now = details(manifest(1, [entry(1)]), 'b', [...seen.ledger, own, theirs]);
    expect(conflictStory(after, now, today).sentence).toBe('Lena Fischer on edit-02 reverted to v1 at 09:41:07.');
  });
});

describe('manifestChanges', () => {
  test('tells states and gates that changed and entries that came or went', () => {
    const before = manifest(3, [entry(2), entry(3, { downstream: 'not_derived' }), entry(4, { state: 'candidate' })]);
    const after = manifest(3, [entry(3), entry(4)]);
    expect(manifestChanges(before, after)).toBe('v3 was marked derived, v4 became approved and v2 was taken out');
    expect(manifestChanges(before, null)).toBe('its manifest can no longer be read');
  });
});
