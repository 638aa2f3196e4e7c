/** What a reading thread is asked, and what it answers; plain data, since it crosses between threads. */
import type { BatchRow } from '../../../shared/contract.ts';
import type { ProjectName } from '../../../shared/ids.ts';
import type { LedgerReading } from '../ledger/ledger.ts';
import type { NoBody, RememberedBody } from './bodyCache.ts';
import type { ParsedManifest } from './manifest.ts';

/** Some batches of one episode. */
interface EpisodePart {
  readonly project: ProjectName;
  readonly episode: number;
  readonly scenesFolder: string;
  /** Their files as the folder's listing gave them, joined by `/`, which no name holds: one text crosses at the price of a copy. */
  readonly names: string;
}

/** For each batch of the part the manifest's signature where its row is known, else null. */
export interface RowsOrder extends EpisodePart {
  readonly kind: 'rows';
  readonly known: readonly (string | null)[];
}

/** For each batch of the part the signatures of its bodies, by name, as far as they are known. */
export interface ChecksOrder extends EpisodePart {
  readonly kind: 'checks';
  readonly known: readonly Readonly<Record<string, string>>[];
}

export type ReadingOrder = RowsOrder | ChecksOrder;

/** `row` is null where the manifest's signature is the known one. */
export interface PlainRow {
  readonly signature: string;
  readonly row: BatchRow | null;
}

export interface PlainLook {
  readonly version: number;
  readonly artifact: string;
  /** `same`: the file's signature is the known one. */
  readonly found: NoBody | { readonly kind: 'same' } | { readonly kind: 'read'; readonly body: RememberedBody };
}

export interface PlainCheck {
  readonly signature: string;
  /** Its text left out: it stays in the thread. */
  readonly manifest: ParsedManifest | null;
  readonly ledger: LedgerReading;
  readonly looks: readonly PlainLook[];
}

/** What an order asks for, one item for each of its batches; null where something about its files is unusual and the main thread has to judge. */
export interface Answers {
  readonly rows: readonly (PlainRow | null)[];
  readonly checks: readonly (PlainCheck | null)[];
}

export interface AnswerMessage {
  readonly id: number;
  /** As JSON: as a text it crosses at a third of the price. */
  readonly answer: string;
  /** The median of its openings, null where none was timed: a busy processor makes some of them slow, a network drive all. */
  readonly openingMs: number | null;
}

export interface OrderMessage {
  readonly id: number;
  readonly order: ReadingOrder;
}
