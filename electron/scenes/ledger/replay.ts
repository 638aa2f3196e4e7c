/** The manifest as far as the ledger tells it: the pointer, and of each version its entry and what was decided on it since. */
import type { LedgerLine } from '../../../shared/ledger.ts';
import type { LedgerDraft } from './ledgerWriter.ts';
import { entryOf } from './pendingLines.ts';

export interface ToldEntry {
  readonly version: number;
}

export interface ToldLine<Entry extends ToldEntry> extends Pick<LedgerLine, 'action' | 'to'> {
  readonly entries?: readonly Entry[] | undefined;
}

/** What was decided after the entry was told; it wins over what the entry says. */
interface Decided {
  readonly state?: 'approved';
  readonly downstream?: 'derived';
}

export interface ToldVersion<Entry extends ToldEntry, Line> {
  /** As the last line that brought it; null where a line that could not be read did. */
  readonly entry: Entry | null;
  readonly decided: Decided;
  /** The last line that told of it. */
  readonly line: Line;
}

export interface Told<Entry extends ToldEntry, Line> {
  /** Null where no line tells of it, or the last one that does says that it could not be read. */
  readonly pointer: number | null;
  readonly versions: ReadonlyMap<number, ToldVersion<Entry, Line>>;
}

/** An append leaves the pointer where it is, and so does Mark derived. */
export const tellsPointer = ({ action }: Pick<LedgerLine, 'action'>): boolean =>
  action !== 'append' && action !== 'mark_derived';

/** `lines` are oldest first. */
export function replay<Entry extends ToldEntry, Line extends ToldLine<Entry>>(
  lines: readonly Line[],
): Told<Entry, Line> {
  let pointer: number | null = null;
  const versions = new Map<number, ToldVersion<Entry, Line>>();
  for (const line of lines) {
    for (const entry of line.entries ?? []) versions.set(entry.version, { entry, decided: {}, line });
    const decided = decisionOf(line);
    if (decided !== null && line.to !== null) {
      const known = versions.get(line.to);
      versions.set(line.to, { entry: known?.entry ?? null, decided: { ...known?.decided, ...decided }, line });
    }
    if (tellsPointer(line)) pointer = line.to;
  }
  return { pointer, versions };
}

function decisionOf({ action }: Pick<LedgerLine, 'action'>): Decided | null {
  if (action === 'conform') return { state: 'approved' };
  return action === 'mark_derived' ? { downstream: 'derived' } : null;
}

/** A line that waits, as it will read once it is in the ledger. */
export const asTold = ({ action, to, entries = [] }: LedgerDraft) => ({
  action,
  to,
  entries: entries.map(entryOf).filter((entry) => entry !== null),
});
