/** What a decision on many says of each batch and of all of them. */
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../shared/failure.ts';
import { details, entry, line, manifest, revision } from '../decide/sampleBatch.ts';
import { sampleBatchRow } from '../scenes/sampleBatchRow.ts';
import { type BulkItem, type BulkPlan, countItems, type ItemState } from './bulkItem.ts';
import { bulkLines } from './bulkLines.ts';
import { leadText, progressText, titleText } from './dialogText.ts';
import { actionText, failureText, isOutcomeUnknown, resultText, summaryText } from './outcomeText.ts';

const seen = details(manifest(3, [entry(3), entry(4, { state: 'candidate' })]), 'a', [line(1, 'append', 4)]);
const plan: BulkPlan = {
  question: { kind: 'conform', version: 4 },
  from: 3,
  gate: 'closed',
  length: { from: 40, to: 41.5 },
  seen,
};
const decision = { manifest: null, revision: revision('b'), problems: [] };

const item = (batch: number, state: ItemState, title: string | null = `SCENE ${batch}`): BulkItem => {
  const { project, episode, batchId } = sampleBatchRow({ batch });
  return { key: batchId, ref: { project, episode, batchId }, title, state };
};
const done = (batch: number) => item(batch, { kind: 'done', plan, decision, remark: '' });
const failed = (batch: number, reason = 'Not conformed.', isUnknown = false) =>
  item(batch, { kind: 'failed', plan, reason, isUnknown });
const planned = (batch: number) => item(batch, { kind: 'planned', plan });
const leftOut = (batch: number) => item(batch, { kind: 'leftOut', reason: 'No candidate stands above v3.' });

describe('why one failed', () => {
  test('a conflict tells who did what meanwhile, and their note', () => {
    const theirs = line(2, 'conform', 5, { note: 'Pickup wins.' });
    const now = details(manifest(5, [entry(3), entry(4), entry(5)]), 'b', [...seen.ledger, theirs]);
    const text = failureText('conform', plan, new FailureError('conflict', 'It moved.', { details: { ...now } }));
    expect(text).toMatch(/^Not conformed: the batch changed meanwhile\. Lena Fischer on edit-02 conformed v5 /);
    expect(text).toContain('“Pickup wins.”');
  });

  test('somebody who did the same meanwhile is no reason to try again', () => {
    const now = details(manifest(4, [entry(3), entry(4)]), 'b', [...seen.ledger, line(2, 'conform', 4)]);
    expect(failureText('conform', plan, new FailureError('conflict', 'It moved.', { details: { ...now } }))).toContain(
      'what you wanted is done',
    );
  });

  test('any other failure is told in its own sentence', () => {
    const locked = new FailureError('locked', 'BATCH_003 is locked by Tom Wei on edit-07.');
    expect(failureText('markDerived', plan, locked)).toBe(
      'Not marked derived: BATCH_003 is locked by Tom Wei on edit-07.',
    );
    expect(failureText('undo', plan, locked)).toBe('Not taken back: BATCH_003 is locked by Tom Wei on edit-07.');
  });
});

describe('what nobody knows', () => {
  const lost = new FailureError('unreachable', 'The connection was lost, so the change may or may not have been made.');
  const unsaved = new FailureError('io', 'The change was made, but not confirmed.', {
    details: { isOutcomeUnknown: true, manifest: null, revision: 'absent' },
  });

  test.each([lost, unsaved])('a lost answer is never called a change that was not made', (failure) => {
    expect(isOutcomeUnknown(failure)).toBe(true);
    expect(failureText('conform', plan, failure)).toBe(`Whether it was conformed is not known. ${failure.message}`);
    expect(isOutcomeUnknown(new FailureError('io', 'The disk is full.'))).toBe(false);
  });

  test('the result does not say of all that failed that nothing was written', () => {
    const lead = (items: readonly BulkItem[]) =>
      leadText({ kind: 'conform', stage: 'done', items, isStopping: false }, countItems(items));
    expect(lead([done(1), failed(2)])).toContain('what failed was not written');
    expect(lead([done(1), failed(2), failed(3, lost.message, true)])).toContain('of some that failed it is not known');
  });
});

describe('all of them', () => {
  test('the summary counts what was done first, and leaves out what did not happen', () => {
    const items = [done(1), done(2), failed(3), leftOut(4), planned(5)];
    expect(summaryText('conform', countItems(items))).toBe('2 conformed, 1 failed, 1 left out, 1 not begun');
    expect(summaryText('markDerived', countItems([done(1)]))).toBe('1 marked derived');
    expect(summaryText('undo', countItems([failed(1)]))).toBe('0 taken back, 1 failed');
  });

  test('one batch is named in the singular', () => {
    expect([actionText('conform', 1), actionText('markDerived', 2)]).toEqual([
      'Conform 1 batch',
      'Mark 2 batches derived',
    ]);
    expect([actionText('undo', 1), actionText('undo', 28)]).toEqual(['Undo 1 conform', 'Undo all 28']);
  });

  test('while it runs, what failed stands first and the rest stays in its place', () => {
    const lines = bulkLines('conform', [done(1), failed(2), planned(3), leftOut(4)], false);
    expect(lines.map((each) => (each.kind === 'head' ? each.text : each.item.key))).toEqual([
      'Failed 1',
      'BATCH_002',
      'To conform 2',
      'BATCH_001',
      'BATCH_003',
      'Left out 1',
      'BATCH_004',
    ]);
  });

  test('when it is over, what was not begun stands apart from what was done', () => {
    const heads = bulkLines('conform', [done(1), failed(2), planned(3), leftOut(4)], true).flatMap((each) =>
      each.kind === 'head' ? each.text : [],
    );
    expect(heads).toEqual(['Failed 1', 'Not begun 1', 'Conformed 1', 'Left out 1']);
  });

  test('the text to paste has one line per batch with why, and no tab of its own', () => {
    const text = resultText('conform', [done(1), failed(2, 'Not conformed:\tlocked.\nBy Tom.'), leftOut(3)]);
    expect(text.split('\n')).toEqual([
      'Project\tEpisode\tBatch\tTitle\tResult\tVersion\tWhy',
      'harbor-lights\tep_001\tBATCH_001\tSCENE 1\tconformed\tv3 → v4\t',
      'harbor-lights\tep_001\tBATCH_002\tSCENE 2\tfailed\tv3 → v4\tNot conformed: locked. By Tom.',
      'harbor-lights\tep_001\tBATCH_003\tSCENE 3\tleft out\t\tNo candidate stands above v3.',
      '',
    ]);
  });
});

describe('the dialog', () => {
  const job = (stage: 'reading' | 'preview' | 'running' | 'done', items: readonly BulkItem[]) => ({
    kind: 'conform' as const,
    stage,
    items,
    isStopping: false,
  });
  const told = (each: ReturnType<typeof job>) => [
    titleText(each, countItems(each.items)),
    progressText(each, countItems(each.items)),
  ];

  test('progress is of all while it looks, and of what is planned while it writes', () => {
    expect(told(job('reading', [item(1, { kind: 'unread' }), planned(2), leftOut(3)]))).toEqual([
      'Conform 3 batches',
      'Looked at 2 of 3',
    ]);
    expect(told(job('running', [done(1), failed(2), planned(3), leftOut(4)]))).toEqual([
      'Conforming 3 batches',
      '2 of 3, 1 failed',
    ]);
  });

  test('a preview with nothing to do says so', () => {
    const nothing = job('preview', [leftOut(1), leftOut(2)]);
    expect(titleText(nothing, countItems(nothing.items))).toBe('Nothing to conform');
    expect(leadText(nothing, countItems(nothing.items))).toContain('Every selected batch is left out');
  });
});
