/** Which version was approved last: a baseline to compare with. */
import type { LedgerLine } from './ledger.ts';
import type { VersionSummary } from './manifest.ts';

type Known = Pick<VersionSummary, 'version' | 'state'>;

/** Whether the line is a conform, or tells of a pointer that somebody else moved to an approved version. */
function isApproval({ action, from, to, entries }: LedgerLine, versions: readonly Known[]): boolean {
  if (action === 'conform') return true;
  if (action !== 'observed' || from === to) return false;
  // As it was then, where the line brought the entry; a version may have been approved since.
  const entry = entries?.find(({ version }) => version === to);
  return (entry ?? versions.find(({ version }) => version === to))?.state === 'approved';
}

/** What the ledger's latest conform decided, else the highest approved version; null where there is neither. `ledger` is oldest first. */
export function lastApprovedVersion(ledger: readonly LedgerLine[], versions: readonly Known[]): number | null {
  for (let at = ledger.length - 1; at >= 0; at -= 1) {
    const line = ledger[at];
    const isKnown = versions.some(({ version }) => version === line?.to);
    if (line && isKnown && isApproval(line, versions)) return line.to;
  }
  const approved = versions.filter(({ state }) => state === 'approved').map(({ version }) => version);
  return approved.reduce<number | null>((highest, version) => Math.max(highest ?? version, version), null);
}
