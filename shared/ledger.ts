/** The ledger's line: who decided what, chained by the SHA-256 of the line before. */
import type { ManifestEntry } from './manifest.ts';

export const ledgerActions = ['register', 'append', 'conform', 'revert', 'mark_derived', 'repair', 'observed'] as const;

export type LedgerAction = (typeof ledgerActions)[number];

export interface LedgerLine {
  /** From 1. */
  readonly seq: number;
  /** UTC with milliseconds and `Z`. */
  readonly at: string;
  readonly by: { readonly user: string; readonly host: string };
  readonly action: LedgerAction;
  readonly from: number | null;
  readonly to: number | null;
  readonly fingerprint: string | null;
  /** The manifest's revision after the change. */
  readonly revision: string;
  readonly note: string | null;
  readonly entries?: readonly ManifestEntry[];
  /** Hex SHA-256 of the line before without its newline; null in the first. */
  readonly prev: string | null;
}
