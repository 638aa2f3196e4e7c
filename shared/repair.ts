/** What a repair of a damaged batch would do, shown before a person confirms it. */
import type { LedgerAction } from './ledger.ts';
import type { Downstream, VersionState } from './manifest.ts';

/** From where a rebuilt entry's state and downstream are known. */
export type KnownFrom =
  | { readonly kind: 'ledger'; readonly seq: number }
  | { readonly kind: 'flat' }
  /** Then it becomes a candidate, not derived. */
  | { readonly kind: 'nothing' };

export interface RebuiltVersion {
  readonly version: number;
  readonly artifact: string;
  readonly state: VersionState;
  readonly downstream: Downstream;
  /** Null where the body is missing or cannot be read. */
  readonly shotCount: number | null;
  readonly knownFrom: KnownFrom;
}

export type RepairPreview =
  | {
      readonly repair: 'adoptOrphan';
      readonly version: number;
      readonly artifact: string;
      readonly fingerprint: string;
      readonly shotCount: number;
      readonly title: string | null;
    }
  | {
      readonly repair: 'rebuildManifest';
      /** A sentence: what is wrong with the one that stands. */
      readonly reason: string;
      /** Newest first. */
      readonly versions: readonly RebuiltVersion[];
      readonly activeVersion: number;
      /** The version that the ledger's newest decision chose; another one than `activeVersion` where its body is not sound. */
      readonly decidedLast: number | null;
      /** The decision that set the pointer there; null where the ledger tells of none. */
      readonly pointerFrom: {
        readonly seq: number;
        readonly action: LedgerAction;
        readonly user: string;
        readonly at: string;
      } | null;
      readonly ledgerLines: number;
      /** The name under which the damaged manifest is kept beside the new one. */
      readonly keptAs: string;
      /** Bodies that cannot be registered, each with a reason. */
      readonly leftOut: readonly { readonly artifact: string; readonly reason: string }[];
    }
  | {
      readonly repair: 'closeLedger';
      /** The torn line, from 1, and its text as far as it reads. */
      readonly line: number;
      readonly text: string;
    };
