/** Why the draft cannot be written as a candidate now, in a sentence; null where it can. */
import type { BatchView, HostInfo } from '../../shared/contract.ts';
import { writingInto } from '../watching/outsideMarks.ts';
import type { OpenDraft } from './draftStore.ts';
import { pendingProblem } from './json/pendingProblem.ts';
import { isOfOpenWorkspace } from './keeping.ts';

interface Situation {
  readonly draft: OpenDraft;
  /** Undefined: not read yet, or not there yet. */
  readonly batch: BatchView | undefined;
  readonly host: HostInfo | undefined;
  readonly isConnected: boolean;
}

export function reasonAgainstWriting({ draft, batch, host, isConnected }: Situation): string | null {
  const problem = pendingProblem(draft);
  if (problem) {
    const { finding, place } = problem;
    const line = finding.line === null ? '' : `, line ${finding.line}`;
    return `The JSON of ${place}${line} has an error; correct it first: ${finding.message}`;
  }
  if (!isConnected) return 'Picture Lock does not answer, so nothing can be written now.';
  if (!isOfOpenWorkspace()) {
    return 'Another workspace is open than the one that this draft belongs to, so it cannot be written now.';
  }
  const writing = writingInto(draft.batch, host);
  if (writing === 'gone') {
    return `The files of ${draft.batch.batchId} are gone, so there is no history to add to. The draft stays; write it once they are back.`;
  }
  if (!writing) return 'This workspace is read-only: looking is free, nothing can be written.';
  if (batch && !batch.isWritable) {
    return `The manifest of ${draft.batch.batchId} cannot be written as it is; what is wrong stands among the problems of the batch.`;
  }
  return null;
}
