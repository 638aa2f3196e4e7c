/** What became of a decision on many, in words: for one batch, for all of them, and as text to paste. Pure. */
import type { Decision } from '../../shared/contract.ts';
import type { FailureError } from '../../shared/failure.ts';
import { episodeName } from '../../shared/ids.ts';
import { conflictDetails } from '../decide/conflictDetails.ts';
import { conflictStory } from '../decide/conflictStory.ts';
import { overruling } from '../decide/overruling.ts';
import { counted } from '../scenes/counted.ts';
import type { BulkItem, BulkKind, BulkPlan, ItemCounts } from './bulkItem.ts';

interface KindWords {
  /** "28 conformed". */
  readonly done: string;
  readonly doing: string;
}

export const words: Readonly<Record<BulkKind, KindWords>> = {
  conform: { done: 'conformed', doing: 'Conforming' },
  markDerived: { done: 'marked derived', doing: 'Marking derived' },
  undo: { done: 'taken back', doing: 'Taking back' },
};

const batches = (count: number): string => counted(count, 'batch', 'batches');

/** What the button does, and what the preview is called. */
export function actionText(kind: BulkKind, count: number): string {
  switch (kind) {
    case 'conform':
      return `Conform ${batches(count)}`;
    case 'markDerived':
      return `Mark ${batches(count)} derived`;
    case 'undo':
      return `Undo ${count === 1 ? '1 conform' : `all ${count.toLocaleString()}`}`;
  }
}

/** The answer was lost on its way, or the disk did not confirm what was written: the host may have done it. */
export const isOutcomeUnknown = ({ code, details }: FailureError): boolean =>
  code === 'unreachable' ||
  (typeof details === 'object' &&
    details !== null &&
    'isOutcomeUnknown' in details &&
    details.isOutcomeUnknown === true);

/** Why one was not done; the code alone is nothing to a person. */
export function failureText(kind: BulkKind, plan: BulkPlan, failure: FailureError): string {
  if (isOutcomeUnknown(failure)) return `Whether it was ${words[kind].done} is not known. ${failure.message}`;
  const not = kind === 'undo' ? 'Not taken back' : `Not ${words[kind].done}`;
  const now = conflictDetails(failure);
  if (now) {
    const { sentence, note } = conflictStory(plan.seen, now);
    const rule = overruling(plan.question, plan.seen, now);
    const more = [note === null || note === '' ? '' : `“${note}”`, rule.kind === 'impossible' ? rule.reason : ''];
    return [`${not}: the batch changed meanwhile.`, sentence, ...more].filter((each) => each !== '').join(' ');
  }
  return `${not}: ${failure.message}`;
}

/** Only what the decision itself left undone. */
export const remarkOf = (decision: Decision): string =>
  decision.problems.flatMap(({ code, message }) => (code === 'ledger_not_written' ? message : [])).join(' ');

/** "28 conformed, 1 failed, 1 left out". */
export function summaryText(kind: BulkKind, { done, failed, leftOut, planned, running, unread }: ItemCounts): string {
  const parts: readonly (readonly [number, string])[] = [
    [done, words[kind].done],
    [failed, 'failed'],
    [leftOut, 'left out'],
    [planned + running + unread, 'not begun'],
  ];
  const told = parts.filter(([count], index) => count > 0 || index === 0);
  return told.map(([count, word]) => `${count.toLocaleString()} ${word}`).join(', ');
}

/** `v3 → v5`; a mark moves nothing. */
function moveText({ question, from }: BulkPlan): string {
  if (question.kind === 'markDerived') return `v${question.version}`;
  return `${from === null ? '–' : `v${from}`} → v${question.version}`;
}

function rowText(kind: BulkKind, { state }: BulkItem): readonly [string, string, string] {
  switch (state.kind) {
    case 'unread':
      return ['not begun', '', ''];
    case 'leftOut':
      return ['left out', '', state.reason];
    case 'planned':
    case 'running':
      return ['not begun', moveText(state.plan), ''];
    case 'done':
      return [words[kind].done, moveText(state.plan), state.remark];
    case 'failed':
      return ['failed', moveText(state.plan), state.reason];
  }
}

/** Tab-separated, a head and one line per batch, so that it goes into a sheet or a message. */
export function resultText(kind: BulkKind, items: readonly BulkItem[]): string {
  const flat = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  const rows = items.map((item) => [
    item.ref.project,
    episodeName(item.ref.episode),
    item.ref.batchId,
    flat(item.title ?? ''),
    ...rowText(kind, item).map(flat),
  ]);
  const head = ['Project', 'Episode', 'Batch', 'Title', 'Result', 'Version', 'Why'];
  return `${[head, ...rows].map((row) => row.join('\t')).join('\n')}\n`;
}
