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

/** A collator knows numbers too, and takes a hundred times as long for ten thousand ids. */
const byNumber = (a: BatchRow, b: BatchRow): number =>
  a.batchId.length - b.batchId.length || (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : 0);

const grouped = new WeakMap<readonly BatchRow[], readonly BatchGroup[]>();

/** Projects by name, episodes and batches by number; kept per list, since every key typed into the filter asks again. */
export function groupBatches(rows: readonly BatchRow[]): readonly BatchGroup[] {
  const known = grouped.get(rows);
  if (known) return known;
  const groups = new Map<string, { key: string; project: string; episode: number; batches: BatchRow[] }>();
  let group: { key: string; project: string; episode: number; batches: BatchRow[] } | undefined;
  for (const row of rows) {
    // Rows of one episode mostly stand together.
    if (group?.project !== row.project || group.episode !== row.episode) {
      const key = `${row.project}/${episodeName(row.episode)}`;
      group = groups.get(key) ?? { key, project: row.project, episode: row.episode, batches: [] };
      groups.set(key, group);
    }
    group.batches.push(row);
  }
  const sorted = [...groups.values()].sort((a, b) => order.compare(a.project, b.project) || a.episode - b.episode);
  for (const group of sorted) group.batches.sort(byNumber);
  grouped.set(rows, sorted);
  return sorted;
}

type ListSelection = Pick<Selection, 'filter' | 'search' | 'collapsed' | 'kept'>;

/** The list and every key that is pressed ask for the same items. */
let last: {
  readonly rows: readonly BatchRow[];
  readonly asked: ListSelection;
  readonly items: readonly ListItem[];
} | null = null;

/** One item per row of the screen. While something is searched for, no match hides in a collapsed group. */
export function listItems(rows: readonly BatchRow[], selection: ListSelection): readonly ListItem[] {
  const { filter, search, collapsed } = selection;
  // Where nothing is filtered out, nothing is kept either.
  const kept = filter === 'all' && search.trim() === '' ? null : selection.kept;
  const asked: ListSelection = { filter, search, collapsed, kept };
  if (last?.rows === rows && isSameAsked(last.asked, asked)) return last.items;
  const items = makeItems(rows, asked);
  last = { rows, asked, items };
  return items;
}

const isSameAsked = (one: ListSelection, other: ListSelection): boolean =>
  one.filter === other.filter &&
  one.search === other.search &&
  one.collapsed === other.collapsed &&
  one.kept === other.kept;

function makeItems(rows: readonly BatchRow[], selection: ListSelection): readonly ListItem[] {
  const isSearching = selection.search.trim() !== '';
  const items: ListItem[] = [];
  for (const all of groupBatches(rows)) {
    const batches = filterBatches(all.batches, selection);
    if (batches.length === 0) continue;
    const isOpen = isSearching || !selection.collapsed.has(all.key);
    items.push({ kind: 'group', key: all.key, group: { ...all, batches }, isOpen });
    if (!isOpen) continue;
    for (const [index, row] of batches.entries()) items.push(itemOf(row, index + 1, batches.length));
  }
  return items;
}

type BatchItem = ListItem & { readonly kind: 'batch' };

/** A row that stands where it stood is the same item, and so is not drawn again. */
const drawn = new WeakMap<BatchRow, BatchItem>();

function itemOf(row: BatchRow, position: number, size: number): BatchItem {
  const known = drawn.get(row);
  if (known?.position === position && known.size === size) return known;
  const item: BatchItem = { kind: 'batch', key: known?.key ?? batchKey(row), row, position, size };
  drawn.set(row, item);
  return item;
}

/** The batches in the order of the screen, those of collapsed groups left out: what `]` and `[` step through. */
export function shownBatches(rows: readonly BatchRow[], selection: ListSelection): readonly BatchRow[] {
  const items = listItems(rows, selection);
  const known = shown.get(items);
  if (known !== undefined) return known;
  const batches = items.flatMap((item) => (item.kind === 'batch' ? [item.row] : []));
  shown.set(items, batches);
  return batches;
}

const shown = new WeakMap<readonly ListItem[], readonly BatchRow[]>();

/** What a person most likely came for: the first batch that waits for a review, else the first. */
export function firstBatch(rows: readonly BatchRow[]): BatchRow | null {
  const ordered = groupBatches(rows).flatMap((group) => group.batches);
  return ordered.find((row) => row.needsReview) ?? ordered[0] ?? null;
}
