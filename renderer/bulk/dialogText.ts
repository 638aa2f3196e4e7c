/** What the dialog of a decision on many says at each stage. Pure. */
import { counted } from '../scenes/counted.ts';
import type { ItemCounts } from './bulkItem.ts';
import type { BulkJob } from './bulkJob.ts';
import { actionText, summaryText, words } from './outcomeText.ts';

type Told = Pick<BulkJob, 'kind' | 'stage' | 'items' | 'isStopping'>;

const batches = (count: number): string => counted(count, 'batch', 'batches');

/** Reading: of all; running: of what the preview planned. */
export function progressOf({ stage, items }: Told, counts: ItemCounts): { readonly at: number; readonly of: number } {
  if (stage === 'reading') return { at: items.length - counts.unread, of: items.length };
  const at = counts.done + counts.failed;
  return { at, of: at + counts.planned + counts.running };
}

export function progressText(job: Told, counts: ItemCounts): string {
  const { at, of } = progressOf(job, counts);
  const far = `${at.toLocaleString()} of ${of.toLocaleString()}`;
  if (job.stage === 'reading') return `Looked at ${far}`;
  return counts.failed === 0 ? far : `${far}, ${counts.failed.toLocaleString()} failed`;
}

export function titleText(job: Told, counts: ItemCounts): string {
  switch (job.stage) {
    case 'reading':
      return actionText(job.kind, job.items.length);
    case 'preview':
      return counts.planned === 0 ? nothingText[job.kind] : actionText(job.kind, counts.planned);
    case 'running':
      return `${words[job.kind].doing} ${batches(progressOf(job, counts).of)}`;
    case 'done':
      return summaryText(job.kind, counts);
  }
}

const nothingText: Readonly<Record<BulkJob['kind'], string>> = {
  conform: 'Nothing to conform',
  markDerived: 'Nothing to mark derived',
  undo: 'Nothing to take back',
};

const whatHappens: Readonly<Record<BulkJob['kind'], string>> = {
  conform:
    'Each newest candidate becomes the active version and is marked approved; what was active stays in the history.',
  markDerived: 'Say of each active version that boards and everything downstream are made from it.',
  undo: 'Each pointer goes back to where it was. No state, no body and no gate mark of any version changes.',
};

export function leadText(job: Told, counts: ItemCounts): string {
  const left =
    counts.leftOut === 0 ? '' : ` ${batches(counts.leftOut)} ${isOrAre(counts.leftOut)} left out, and why is said.`;
  switch (job.stage) {
    case 'reading':
      return `${whatHappens[job.kind]} Nothing is written before you say so.`;
    case 'preview':
      return counts.planned === 0
        ? 'Every selected batch is left out; why is said beside each.'
        : `${whatHappens[job.kind]}${left}`;
    case 'running':
      return 'One after the other, each with its own check and its own ledger line.';
    case 'done':
      return counts.failed === 0
        ? 'Each stands on disk and in the ledger of its batch.'
        : `What was done stands on disk and in the ledgers; ${whatFailed(job)}`;
  }
}

const whatFailed = ({ items }: Told): string =>
  items.some(({ state }) => state.kind === 'failed' && state.isUnknown)
    ? 'of some that failed it is not known, so look at those before you try them again.'
    : 'what failed was not written.';

const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are');

/** Beside the buttons. */
export function hintText(job: Told): string {
  if (job.stage === 'running') return job.isStopping ? 'What is under way ends, the rest stays untouched.' : '';
  switch (job.kind) {
    case 'conform':
      return 'You can undo this. The versions then stay approved.';
    case 'markDerived':
      return 'Written to each ledger under your name.';
    case 'undo':
      return 'The versions stay approved.';
  }
}
