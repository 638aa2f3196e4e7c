/** What holds of repairs alone: the damaged manifest stays beside the new one, whole, and a closed ledger is closed. */
import { type BatchLook, revisionOf } from './batchLook.ts';
import type { Run } from './faultRun.ts';

export function repairViolations({ scenario, before, outcome, hit }: Run, after: BatchLook): readonly string[] {
  const found: string[] = [];
  if (after.kept.some((text) => text !== before.manifestText)) found.push('kept: it is not what was damaged');
  if (scenario.change.kind === 'rebuildManifest') {
    const isReplaced = revisionOf(after) !== revisionOf(before);
    if (isReplaced && after.kept.length !== 1) found.push(`kept: the damaged manifest, ${after.kept.length} times`);
    const isRefused = outcome !== null && outcome !== 'hangs' && outcome.kind === 'failed';
    // What the disk refused to remove stays.
    const couldNot = hit?.call.startsWith('unlink');
    if (isRefused && !isReplaced && after.kept.length > 0 && !couldNot) {
      found.push(`refused: "${outcome.message}", but a copy of the manifest was left`);
    }
  } else if (after.kept.length > before.kept.length) found.push('kept: a manifest that nobody rebuilt');
  const isClosed = scenario.change.kind === 'closeLedger' && outcome !== null && outcome !== 'hangs';
  if (isClosed && outcome.kind === 'done' && after.ledgerProblems.some(({ repair }) => repair === 'closeLedger')) {
    found.push('ledger: it was closed off and is not');
  }
  return found;
}
