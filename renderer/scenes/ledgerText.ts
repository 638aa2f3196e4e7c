/** A ledger line as a person reads it: a sign and a sentence. */
import type { LedgerLine } from '../../shared/ledger.ts';
import type { Problem } from '../../shared/problem.ts';
import type { GlyphName } from '../ui/Glyph.tsx';

export interface LedgerText {
  readonly glyph: GlyphName;
  readonly ink: string;
  readonly sentence: string;
}

/** `v4`, `v4 and v5`, `v4 to v9`. */
function versionsText(versions: readonly number[]): string {
  const sorted = [...versions].sort((a, b) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return 'a change';
  if (sorted.length === 1) return `v${first}`;
  return sorted.length === 2 ? `v${first} and v${last}` : `v${first} to v${last}`;
}

function observedText(line: LedgerLine): string {
  const entries = (line.entries ?? []).map((entry) => entry.version);
  if (entries.length > 0) return `${versionsText(entries)} observed, outside the ledger`;
  if (line.to !== null && line.to !== line.from) return `Pointer seen on v${line.to}, moved outside the ledger`;
  return 'A change observed, outside the ledger';
}

/** What a repair brought tells which it was: nothing, the one body that was adopted, or a whole manifest. */
function repairText({ entries }: LedgerLine): string {
  if (entries === undefined) return 'Repaired';
  const [entry, ...others] = entries;
  if (entry === undefined) return 'Torn line closed off';
  return others.length === 0 && entry.source === 'adopted_orphan' ? `v${entry.version} adopted` : 'Manifest rebuilt';
}

/** All from the line itself; nothing is looked up, so that it reads the same when the batch has moved on. */
export function ledgerText(line: LedgerLine): LedgerText {
  const by = `by ${line.by.user}`;
  const version = line.to === null ? versionsText((line.entries ?? []).map((entry) => entry.version)) : `v${line.to}`;
  switch (line.action) {
    case 'conform':
      return { glyph: 'approved', ink: 's-ok', sentence: `${version} conformed ${by}` };
    case 'revert':
      return { glyph: 'undo', ink: 'faint', sentence: `Reverted to ${version} ${by}` };
    case 'mark_derived':
      return { glyph: 'check', ink: 's-ok', sentence: `${version} marked derived ${by}` };
    case 'append':
      return { glyph: 'added', ink: 'faint', sentence: `${version} appended ${by}` };
    case 'register':
      return { glyph: 'added', ink: 'faint', sentence: `${version} registered ${by}` };
    case 'repair':
      return { glyph: 'check', ink: 's-warn', sentence: `${repairText(line)} ${by}` };
    case 'observed':
      return { glyph: 'observed', ink: 's-warn', sentence: observedText(line) };
  }
}

/** The state of the chain in two words, from what reading the ledger found; null where there is nothing to chain. */
export function chainText(
  lines: readonly LedgerLine[],
  problems: readonly Problem[],
): { readonly text: string; readonly ink: string } | null {
  const has = (code: Problem['code']) => problems.some((problem) => problem.code === code);
  if (has('ledger_unreadable')) return { text: 'cannot be read', ink: 's-bad' };
  if (has('ledger_broken')) return { text: 'chain broken', ink: 's-bad' };
  if (has('ledger_torn')) return { text: 'last line torn', ink: 's-warn' };
  if (has('ledger_not_written')) return { text: 'one line waits', ink: 's-warn' };
  return lines.length === 0 ? null : { text: 'chain intact', ink: '' };
}
