/** A problem as a head line; its own message says where it is and what to do. */
import type { BatchRow } from '../../shared/contract.ts';
import type { Problem } from '../../shared/problem.ts';
import type { GlyphName } from '../ui/Glyph.tsx';

export function problemTitle({ code, version }: Problem): string {
  const body = version === undefined ? 'A body' : `v${version}`;
  switch (code) {
    case 'manifest_unreadable':
      return 'The manifest cannot be read';
    case 'manifest_invalid':
      return 'The manifest is not as it must be';
    case 'manifest_batch_mismatch':
      return 'The manifest is of another batch';
    case 'schema_version_unsupported':
      return 'The manifest is newer than this app';
    case 'active_version_unregistered':
      return version === undefined
        ? 'The active version is not in the manifest'
        : `The pointer is on v${version}, which is not in the manifest`;
    case 'version_registered_twice':
      return `${body} is registered twice`;
    case 'artifact_outside_scenes_folder':
      return `${body} names a body outside the scenes folder`;
    case 'body_missing':
      return `The body of ${version === undefined ? 'a version' : body} is missing`;
    case 'body_unreadable':
      return `The body of ${version === undefined ? 'a version' : body} cannot be read`;
    case 'number_out_of_range':
      return `${body} holds a number that cannot be kept exactly`;
    case 'lone_surrogate':
      return `${body} holds a broken character`;
    case 'scene_id_mismatch':
      return `${body} is the body of another scene`;
    case 'fingerprint_missing':
      return `${body} was recorded without a fingerprint`;
    case 'fingerprint_mismatch':
      return `${body} was changed after it was written`;
    case 'orphan_body':
      return `${body} is on disk and in no manifest`;
    case 'duplicate_beat_id':
      return `${body} has a beat id twice`;
    case 'ledger_torn':
      return 'The last ledger line is torn';
    case 'ledger_broken':
      return 'The chain of the ledger is broken';
    case 'ledger_not_written':
      return 'A decision still waits for its ledger line';
    case 'ledger_unreadable':
      return 'The ledger cannot be read';
  }
}

interface ProblemSign {
  readonly glyph: GlyphName;
  readonly ink: string;
}

export function problemSign({ code, severity }: Problem): ProblemSign {
  const ink = severity === 'error' ? 's-bad' : 's-warn';
  if (code === 'orphan_body') return { glyph: 'orphan', ink };
  return { glyph: code.startsWith('ledger_') ? 'chain' : 'problem', ink };
}

/** The sign of a row of the list: of the first error, else of the first warning. */
export function rowSign(row: Pick<BatchRow, 'problems'>): (ProblemSign & { readonly label: string }) | null {
  const worst = row.problems.find((each) => each.severity === 'error') ?? row.problems[0];
  if (!worst) return null;
  const more = row.problems.length - 1;
  return { ...problemSign(worst), label: `${problemTitle(worst)}${more === 0 ? '' : `, and ${more} more`}` };
}
