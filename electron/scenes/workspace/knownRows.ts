/** The rows of a list as they were read last, each with what has to change before it is read again. */
import type { BatchRow } from '../../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { LocatedBatch } from './workspace.ts';

export interface KnownRow {
  readonly row: BatchRow;
  /** Of the manifest. */
  readonly signature: string;
  /** Equal as long as the batch's files in the listing are the same. */
  readonly listed: string;
  /** 0 where the bodies were not read. */
  readonly checkedAt: number;
  /** What `begin` gave before anything was read. */
  readonly begun: number;
  /** The row of before what a listing or the check came upon by itself; null where everything that changed was told as a change. */
  readonly untold: BatchRow | null;
}

export type RowReading = Pick<KnownRow, 'row' | 'signature' | 'checkedAt' | 'begun'>;

export class KnownRows {
  readonly #rows = new Map<string, KnownRow>();
  /** When batches were found to be gone, as `begin` counts. */
  readonly #gone = new Map<string, number>();
  #lastReading = 0;

  /** Before a batch is read: of two readings the one that began later counts, whichever ends first. */
  begin(): number {
    this.#lastReading += 1;
    return this.#lastReading;
  }

  get(ref: BatchRef): KnownRow | undefined {
    return this.#rows.get(batchKey(ref));
  }

  set(located: LocatedBatch, { signature, row, checkedAt, begun }: RowReading): void {
    const key = batchKey(located.ref);
    const listed = listedFiles(located);
    const old = this.#rows.get(key);
    if (begun < (old?.begun ?? 0) || begun < (this.#gone.get(key) ?? 0)) return;
    this.#gone.delete(key);
    const isMoved = old !== undefined && (old.signature !== signature || old.listed !== listed);
    const isOther = old !== undefined && old.checkedAt > 0 && checkedAt > 0 && !isSameRow(old.row, row);
    const untold = old?.untold ?? (isMoved || isOther ? old.row : null);
    this.#rows.set(key, { row, signature, listed, checkedAt, begun, untold });
  }

  /** Whatever changed until now was told, or is this host's own. */
  told(ref: BatchRef): void {
    const known = this.#rows.get(batchKey(ref));
    if (known?.untold) this.#rows.set(batchKey(ref), { ...known, untold: null });
  }

  /** The signature of the manifest that the row is of; null where there is no row, or the listing shows other files. */
  signatureOf(located: LocatedBatch): string | null {
    const known = this.#rows.get(batchKey(located.ref));
    return known !== undefined && known.listed === listedFiles(located) ? known.signature : null;
  }

  /** Whether it was there. */
  delete(ref: BatchRef): boolean {
    return this.#drop(batchKey(ref));
  }

  keepOnly(batches: Iterable<LocatedBatch>): void {
    const there = new Set<string>();
    for (const { ref } of batches) there.add(batchKey(ref));
    for (const key of this.#rows.keys()) if (!there.has(key)) this.#drop(key);
  }

  *ofEpisode({ project, episode }: Pick<BatchRef, 'project' | 'episode'>): Iterable<BatchRow> {
    for (const { row } of this.#rows.values()) if (row.project === project && row.episode === episode) yield row;
  }

  #drop(key: string): boolean {
    this.#gone.set(key, this.begin());
    return this.#rows.delete(key);
  }
}

const listedFiles = ({ listing: { hasFlat, hasLedger, bodies } }: LocatedBatch): string =>
  `${hasFlat}|${hasLedger}|${bodies.map(({ name }) => name).join('/')}`;

const isSameRow = (row: BatchRow, other: BatchRow): boolean => JSON.stringify(row) === JSON.stringify(other);
