/** Takes the details of a `conflict` out of a failure, after looking at their shape. */
import type { ConflictDetails } from '../../shared/contract.ts';
import type { FailureError } from '../../shared/failure.ts';
import { isRevision } from '../../shared/ids.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isManifest = (value: unknown): boolean =>
  value === null || (isRecord(value) && typeof value.active_version === 'number' && Array.isArray(value.versions));

function isConflictDetails(value: unknown): value is ConflictDetails {
  return (
    isRecord(value) &&
    typeof value.revision === 'string' &&
    isRevision(value.revision) &&
    isManifest(value.manifest) &&
    Array.isArray(value.ledger)
  );
}

/** Null: no conflict over the manifest (another code, or a conflict that says it all in its message). */
export const conflictDetails = (failure: FailureError): ConflictDetails | null =>
  failure.code === 'conflict' && isConflictDetails(failure.details) ? failure.details : null;
