/** Whether a version can be edited into a new candidate, and why not. Pure. */
import type { BatchView } from '../../shared/contract.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import type { Writing } from '../decide/availability.ts';

export const editLabel = (version: number): string => `Edit v${version} into a new candidate`;

/** Null: it can be edited. What could never be written is not begun either. */
export function reasonAgainstEditing(
  batch: Pick<BatchView, 'isWritable'>,
  { version, isReadable }: Pick<VersionSummary, 'version' | 'isReadable'>,
  canWrite: Writing,
): string | null {
  if (canWrite === 'gone') return 'The files of this batch are gone, so there is nothing to edit.';
  if (!canWrite) return 'This workspace is read-only: looking is free, nothing can be written.';
  if (!isReadable) return `The body of v${version} cannot be read, so it cannot be edited.`;
  if (!batch.isWritable) {
    return 'The manifest cannot be written as it is, so no candidate can be added; what is wrong stands among the problems above.';
  }
  return null;
}
