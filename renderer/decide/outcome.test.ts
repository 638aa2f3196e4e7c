/** What is said after a decision, and how the batch looks until it is read again. */
import { expect, test } from 'vitest';
import { FailureError } from '../../shared/failure.ts';
import { afterDecision } from './afterDecision.ts';
import { conflictDetails } from './conflictDetails.ts';
import { outcomeOf, undoneOutcome } from './outcome.ts';
import { batch, entry, manifest, revision } from './sampleBatch.ts';

const decision = {
  manifest: manifest(4, [entry(3), entry(4, { downstream: 'not_derived' })]),
  revision: revision('c'),
  problems: [],
};

test('a conform says what is active and how the gate stands', () => {
  expect(outcomeOf('conform', 4, decision)).toEqual({
    title: 'v4 is the active version.',
    text: 'The gate is closed.',
  });
  expect(outcomeOf('markDerived', 4, decision).title).toBe('v4 is marked derived.');
});

test('an undo says where the pointer is, and of a conform that it stays approved', () => {
  expect(undoneOutcome({ kind: 'conform', back: 3, decided: 4 }, decision)).toEqual({
    title: 'The pointer is back on v3.',
    text: 'v4 stays approved.',
  });
  expect(undoneOutcome({ kind: 'revert', back: 3, decided: 1 }, decision).text).toBe('');
});

test('a ledger that could not be written is said, other problems of the batch are not', () => {
  const problems = [
    { code: 'ledger_not_written', severity: 'warning', message: 'The line waits in the data folder.' },
    { code: 'orphan_body', severity: 'warning', message: 'v7 is in no manifest.' },
  ] as const;
  expect(outcomeOf('revert', 4, { ...decision, problems }).text).toBe(
    'The gate is closed. The line waits in the data folder.',
  );
});

test('the batch shows the new pointer, states and gates at once', () => {
  const after = afterDecision(batch(), decision);
  expect(after).toMatchObject({ activeVersion: 4, revision: revision('c') });
  expect(after.versions.map(({ version, isActive, state }) => [version, isActive, state])).toEqual([
    [4, true, 'approved'],
    [3, false, 'approved'],
    [2, false, 'candidate'],
    [1, false, 'approved'],
  ]);
});

test('only a conflict over the manifest opens the dialog', () => {
  const found = { manifest: decision.manifest, revision: decision.revision, ledger: [] };
  expect(conflictDetails(new FailureError('conflict', 'It changed.', { details: found }))).toEqual(found);
  expect(conflictDetails(new FailureError('conflict', 'v3 is not the active version.'))).toBeNull();
  expect(conflictDetails(new FailureError('locked', 'Locked.', { details: found }))).toBeNull();
});
