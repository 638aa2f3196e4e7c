/** Keeps the list of batches whole while rows come in from three sides: a whole listing, early rows, checked rows. */
import { type QueryClient, type QueryKey, replaceEqualDeep } from '@tanstack/react-query';
import type { BatchRow } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';

/** New rows take the place of those they name and join the others. */
export function mergeRows(known: readonly BatchRow[], told: readonly BatchRow[]): readonly BatchRow[] {
  const news = new Map(told.map((row) => [batchKey(row), row]));
  const merged = known.map((row) => {
    const key = batchKey(row);
    const newer = news.get(key);
    news.delete(key);
    return newer ?? row;
  });
  return [...merged, ...news.values()];
}

const isSameManifest = (a: BatchRow, b: BatchRow): boolean =>
  a.title === b.title &&
  a.activeVersion === b.activeVersion &&
  a.newestCandidate === b.newestCandidate &&
  a.gate === b.gate &&
  a.needsReview === b.needsReview;

/**
 * A whole listing takes the place of the list before. What a check has found about a batch that did not change since is
 * kept: its notice may have come while the listing was on its way. Rows that are equal stay the same objects.
 */
export function takeListing(known: readonly BatchRow[] | undefined, listed: readonly BatchRow[]): readonly BatchRow[] {
  if (!known) return listed;
  const before = new Map(known.map((row) => [batchKey(row), row]));
  return listed.map((row) => {
    const old = before.get(batchKey(row));
    if (!old) return row;
    return old.checked && !row.checked && isSameManifest(old, row) ? old : replaceEqualDeep(old, row);
  });
}

/**
 * Rows that the host tells of by itself. Before the list was asked for they are dropped: alone they would pass for the
 * whole list, which then nobody would ask for any more. The listing brings them.
 */
export function takeTold(client: QueryClient, queryKey: QueryKey, told: readonly BatchRow[]): void {
  const state = client.getQueryState<readonly BatchRow[]>(queryKey);
  const isAskedFor = state !== undefined && (state.data !== undefined || state.fetchStatus !== 'idle');
  if (isAskedFor) client.setQueryData<readonly BatchRow[]>(queryKey, (known) => mergeRows(known ?? [], told));
}

/** Batches whose files are gone; the others stay the same objects. */
export function takeGone(client: QueryClient, queryKey: QueryKey, gone: ReadonlySet<string>): void {
  if (gone.size === 0) return;
  client.setQueryData<readonly BatchRow[]>(queryKey, (known) => known?.filter((row) => !gone.has(batchKey(row))));
}
