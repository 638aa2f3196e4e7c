/** The words of the dialog: what the button says, what will be, and why it cannot be. */
import { nextVersion } from '../nextVersion.ts';
import type { WriteState } from './useWrite.ts';
import type { WriteFacts } from './useWriteFacts.ts';
import type { OpenWriting } from './writing.ts';

export interface WriteStepProps {
  readonly open: OpenWriting;
  readonly facts: WriteFacts;
  readonly write: WriteState;
}

const batchOf = ({ draft }: OpenWriting): string => draft.batch.batchId;

export const versionOf = ({ batch }: OpenWriting): number => nextVersion(batch ?? undefined);

/** A first body is no candidate: it is all that its batch has. */
export const writeLabel = (open: OpenWriting): string =>
  open.batch === null ? `Write ${batchOf(open)}` : `Write candidate v${versionOf(open)}`;

/** Null: it can be written. */
export function reasonAgainst({ draft, batch }: OpenWriting, { unfit }: WriteFacts): string | null {
  if (unfit !== null) return `${unfit} Mend it in the raw JSON first.`;
  if (batch !== null && draft.source.trim() === '') return 'Say where it comes from: the source must not be empty.';
  return null;
}

export function leadOf(open: OpenWriting): string {
  const { batch } = open;
  if (batch === null) {
    return `The first body of ${batchOf(open)}. It stands alone, so it is the active version at once.`;
  }
  const active =
    batch.activeVersion === null ? 'The pointer does not move' : `The pointer stays on v${batch.activeVersion}`;
  return `A new candidate of ${batchOf(open)}. ${active} until somebody conforms another version.`;
}
