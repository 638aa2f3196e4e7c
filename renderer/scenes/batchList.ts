/** What the list of batches shows: filtered by state and text, grouped by episode. Pure; keys that step through batches use it too. */
import type { BatchRow } from '../../shared/contract.ts';
import { type BatchRef, batchKey, episodeName } from '../../shared/ids.ts';
import type { ListFilter, Selection } from './selection.ts';

export interface BatchGroup {
  /** `project/ep_NNN`, as the selection's collapsed groups are named. */
  readonly key: string;
  readonly project: string;
  readonly episode: number;
  readonly batches: readonly BatchRow[];
}

export type ListItem =
  | { readonly kind: 'group'; readonly key: string; readonly group: BatchGroup; readonly isOpen: boolean }
  | {
      readonly kind: 'batch';
      readonly key: string;
      readonly row: BatchRow;
      readonly position: number;
      readonly size: number;
    };

/** A row's name alone: what requests and the selection take. */
export const refOfRow = ({ project, episode, batchId }: BatchRef): BatchRef => ({ project, episode, batchId });

export const listFilters = ['all', 'needsReview', 'gateClosed', 'problems'] as const satisfies readonly ListFilter[];

function passes(row: BatchRow, filter: ListFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'needsReview':
      return row.needsReview;
    case 'gateClosed':
      return row.gate === 'closed';
    case 'problems':
      return row.problems.length > 0;
  }
}

/** Without case and without accents, so that `cafe` finds CAFÉ. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Rows are replaced, never changed, so what a row is searched in can be kept beside it. */
const searched = new WeakMap<BatchRow, string>();

function searchText(row: BatchRow): string {
  const known = searched.get(row);
  if (known !== undefined) return known;
  const words = [row.title ?? '', row.batchId, row.project, episodeName(row.episode), ...row.characters];
  const text = folded(words.join('\n'));
  searched.set(row, text);
  return text;
}

/** What is kept stays in any case. Every word of the search must stand somewhere in title, batch id, project, episode or characters. */
export function filterBatches(
  rows: readonly BatchRow[],
  { filter, search, kept = null }: Pick<Selection, 'filter' | 'search'> & Partial<Pick<Selection, 'kept'>>,
): readonly BatchRow[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  if (filter === 'all' && words.length === 0) return rows;
  return rows.filter(
    (row) =>
      (passes(row, filter) && words.every((word) => searchText(row).includes(word))) ||
      (kept !== null && batchKey(row) === kept),
  );
}

export function countFilters(rows: readonly BatchRow[]): Readonly<Record<ListFilter, number>> {
  const counts = { all: rows.length, needsReview: 0, gateClosed: 0, problems: 0 };
  for (const row of rows) {
    if (passes(row, 'needsReview')) counts.needsReview += 1;
    if (passes(row, 'gateClosed')) counts.gateClosed += 1;
    if (passes(row, 'problems')) counts.problems += 1;
  }
  return counts;
}

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'variant' });

const grouped = new WeakMap<readonly BatchRow[], readonly BatchGroup[]>();

/** Projects by name, episodes and batches by number; kept per list, since every key typed into the filter asks again. */
export function groupBatches(rows: readonly BatchRow[]): readonly BatchGroup[] {
  const known = grouped.get(rows);
  if (known) return known;
  const groups = new Map<string, { key: string; project: string; episode: number; batches: BatchRow[] }>();
  for (const row of rows) {
    const key = `${row.project}/${episodeName(row.episode)}`;
    const group = groups.get(key);
    if (group) group.batches.push(row);
    else groups.set(key, { key, project: row.project, episode: row.episode, batches: [row] });
  }
  const sorted = [...groups.values()].sort((a, b) => order.compare(a.project, b.project) || a.episode - b.episode);
  for (const group of sorted) group.batches.sort((a, b) => order.compare(a.batchId, b.batchId));
  grouped.set(rows, sorted);
  return sorted;
}

/** One item per row of the screen. While something is searched for, no match hides in a collapsed group. */
export function listItems(
  rows: readonly BatchRow[],
  selection: Pick<Selection, 'filter' | 'search' | 'collapsed' | 'kept'>,
): readonly ListItem[] {
  const isSearching = selection.search.trim() !== '';
  return groupBatches(rows).flatMap((all): ListItem[] => {
    const group = { ...all, batches: filterBatches(all.batches, selection) };
    if (group.batches.length === 0) return [];
    const isOpen = isSearching || !selection.collapsed.has(group.key);
    const head: ListItem = { kind: 'group', key: group.key, group, isOpen };
    if (!isOpen) return [head];
    const size = group.batches.length;
    return [
      head,
      ...group.batches.map(
        (row, index): ListItem => ({ kind: 'batch', key: batchKey(row), row, position: index + 1, size }),
      ),
    ];
  });
}

/** The batches in the order of the screen, those of collapsed groups left out: what `]` and `[` step through. */
export const shownBatches = (
  rows: readonly BatchRow[],
  selection: Pick<Selection, 'filter' | 'search' | 'collapsed' | 'kept'>,
): readonly BatchRow[] => listItems(rows, selection).flatMap((item) => (item.kind === 'batch' ? [item.row] : []));

/** What a person most likely came for: the first batch that waits for a review, else the first. */
export function firstBatch(rows: readonly BatchRow[]): BatchRow | null {
  const ordered = groupBatches(rows).flatMap((group) => group.batches);
  return ordered.find((row) => row.needsReview) ?? ordered[0] ?? null;
}
