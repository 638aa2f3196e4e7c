/** What was last told of each batch that somebody opened, so that a change can say what is new, and none is told twice. */
import { createHash } from 'node:crypto';
import type { BatchRow } from '../../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../../shared/ids.ts';
import type { LedgerLine } from '../../../shared/ledger.ts';
import type { VersionSummary } from '../../../shared/manifest.ts';
import type { Problem, ProblemCode } from '../../../shared/problem.ts';

/** A batch as it was read: what the screen shows of it hangs on nothing else. */
export interface ReadBatch {
  readonly revision: string;
  readonly versions: readonly VersionSummary[];
  readonly problems: readonly Problem[];
  readonly ledger: readonly LedgerLine[];
}

interface Known {
  readonly ref: BatchRef;
  readonly digest: string;
  /** Of the last ledger line; 0 where there was none. */
  readonly seq: number;
  readonly artifacts: readonly string[];
}

const digestOf = (batch: ReadBatch): string => createHash('sha1').update(JSON.stringify(batch)).digest('base64');

/** So many of those opened last are looked at one by one while the folders are polled. */
const closelyLooked = 4;

export class KnownBatches {
  /** The one opened last stands last. */
  readonly #known = new Map<string, Known>();

  has(ref: BatchRef): boolean {
    return this.#known.has(batchKey(ref));
  }

  /** What was told before stays what was told: a change that is read on the way is still to be told. */
  open(ref: BatchRef, batch: ReadBatch): void {
    const key = batchKey(ref);
    const known = this.#known.get(key) ?? knownOf(ref, batch);
    this.#known.delete(key);
    this.#known.set(key, known);
  }

  /** It was told, or is this host's own write. A batch that nobody opened is not kept. */
  told(ref: BatchRef, batch: ReadBatch): void {
    const key = batchKey(ref);
    if (this.#known.has(key)) this.#known.set(key, knownOf(ref, batch));
  }

  forget(ref: BatchRef): void {
    this.#known.delete(batchKey(ref));
  }

  /** False where nobody opened it: then its row alone tells. */
  isOther(ref: BatchRef, batch: ReadBatch): boolean {
    const known = this.#known.get(batchKey(ref));
    return known !== undefined && known.digest !== digestOf(batch);
  }

  /** `rows`: of a batch that nobody opened only the line that made its present manifest can be told, and only where its row moved. */
  newLines(
    ref: BatchRef,
    { ledger, revision }: ReadBatch,
    rows: { readonly before: BatchRow | null; readonly row: BatchRow },
  ): readonly LedgerLine[] {
    const known = this.#known.get(batchKey(ref));
    if (known !== undefined) return ledger.filter(({ seq }) => seq > known.seq);
    if (rows.before !== null && isSameManifest(rows.before, rows.row)) return [];
    const last = ledger.at(-1);
    return last?.revision === revision ? [last] : [];
  }

  /** The batches opened last, with the bodies that they name. */
  latest(): readonly Pick<Known, 'ref' | 'artifacts'>[] {
    return [...this.#known.values()].slice(-closelyLooked);
  }
}

const knownOf = (ref: BatchRef, batch: ReadBatch): Known => ({
  ref,
  digest: digestOf(batch),
  seq: batch.ledger.at(-1)?.seq ?? 0,
  artifacts: batch.versions.map(({ artifact }) => artifact),
});

const isSameManifest = (a: BatchRow, b: BatchRow): boolean =>
  a.activeVersion === b.activeVersion &&
  a.newestCandidate === b.newestCandidate &&
  a.gate === b.gate &&
  a.needsReview === b.needsReview;

/** Problems that a row tells before any body was read. */
const early: ReadonlySet<ProblemCode> = new Set([
  'manifest_unreadable',
  'manifest_invalid',
  'manifest_batch_mismatch',
  'schema_version_unsupported',
  'active_version_unregistered',
  'version_registered_twice',
  'body_missing',
  'orphan_body',
]);

/** As far as the row before could know: one from before the check has neither characters nor what is wrong inside bodies. */
export function isSameRow(before: BatchRow, row: BatchRow): boolean {
  if (before.checked) return JSON.stringify(before) === JSON.stringify(row);
  return (
    isSameManifest(before, row) &&
    (before.title === null || before.title === row.title) &&
    JSON.stringify(earlyProblems(before)) === JSON.stringify(earlyProblems(row))
  );
}

const earlyProblems = ({ problems }: BatchRow): readonly string[] =>
  problems
    .filter(({ code }) => early.has(code))
    .map(problemKey)
    .sort();

const problemKey = ({ code, version, message }: Problem): string => `${code} ${version ?? ''} ${message}`;

/** Whether something is wrong that was not wrong before, as it looks for a moment while a writer is at work. */
export function hasNewProblem(before: BatchRow | null, row: BatchRow): boolean {
  const known = new Set((before?.problems ?? []).map(problemKey));
  const isNew = (problem: Problem) => !known.has(problemKey(problem));
  return row.problems.some((problem) => isNew(problem) && (before?.checked !== false || early.has(problem.code)));
}
