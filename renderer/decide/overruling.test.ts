/** What can still be done after a conflict. */
import { expect, test } from 'vitest';
import { overruling } from './overruling.ts';
import { details, entry, manifest } from './sampleBatch.ts';

const four = entry(4, { state: 'candidate' });
const seen = details(manifest(3, [entry(3), four]), 'a');
const conform4 = { kind: 'conform', version: 4 } as const;

test('the button names what it overrules where the pointer moved, and only there', () => {
  const moved = details(manifest(5, [entry(3), four, entry(5)]), 'b');
  expect(overruling(conform4, seen, moved)).toEqual({ kind: 'possible', label: 'Conform v4 over v5' });
  expect(overruling({ kind: 'revert', version: 3 }, seen, moved)).toMatchObject({ label: 'Revert to v3 over v5' });
  const appended = details(manifest(3, [entry(3), four, entry(5)]), 'b');
  expect(overruling(conform4, seen, appended)).toEqual({ kind: 'possible', label: 'Conform v4' });
});

test('what is done already, gone or unreadable cannot be decided again', () => {
  expect(overruling(conform4, seen, details(manifest(4, [entry(4)]), 'b')).kind).toBe('impossible');
  expect(overruling(conform4, seen, details(manifest(3, [entry(3)]), 'b')).kind).toBe('impossible');
  expect(overruling(conform4, seen, details(null, 'b')).kind).toBe('impossible');
});

test('a conform of what is active but no more than a candidate is still a decision', () => {
  expect(overruling(conform4, seen, details(manifest(4, [four]), 'b'))).toEqual({
    kind: 'possible',
    label: 'Conform v4',
  });
});

test('only the active version can be marked, and only once', () => {
  const mark = { kind: 'markDerived', version: 3 } as const;
  const closed = entry(3, { downstream: 'not_derived' });
  expect(overruling(mark, seen, details(manifest(3, [closed]), 'b')).kind).toBe('possible');
  expect(overruling(mark, seen, details(manifest(3, [entry(3)]), 'b')).kind).toBe('impossible');
  expect(overruling(mark, seen, details(manifest(4, [closed, four]), 'b')).kind).toBe('impossible');
});
