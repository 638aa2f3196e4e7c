/** What clicks and keys mark in the list of batches: with Ctrl one more, with Shift a range, Ctrl A all that pass the filter. */
import { batchKey } from '../../shared/ids.ts';
import type { ListItem } from '../scenes/batchList.ts';
import { stepTo } from '../scenes/stepTo.ts';
import { useMarks } from './marks.ts';

interface Modifiers {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The batch of a row; of an episode's row all of its batches that pass the filter. */
const keysOf = (item: ListItem): readonly string[] =>
  item.kind === 'batch' ? [item.key] : item.group.batches.map(batchKey);

/** All batches that pass the filter, those of collapsed episodes too. */
export const keysOfAll = (items: readonly ListItem[]): readonly string[] =>
  items.flatMap((item) => (item.kind === 'group' ? keysOf(item) : []));

/** From one row to another, both included. A collapsed episode stands for its batches, an open one's row for nothing: they have rows of their own. */
export function keysBetween(items: readonly ListItem[], from: number, to: number): readonly string[] {
  const rows = items.slice(Math.min(from, to), Math.max(from, to) + 1);
  return rows.flatMap((item) => (item.kind === 'group' && item.isOpen ? [] : keysOf(item)));
}

function extendTo(items: readonly ListItem[], cursor: number, to: number): void {
  const { anchor, extend } = useMarks.getState();
  const known = items.findIndex((item) => item.key === anchor);
  const from = known >= 0 ? known : Math.max(0, cursor);
  const start = items[from];
  if (start) extend(keysBetween(items, from, to), start.key);
}

function toggleAt(item: ListItem): void {
  useMarks.getState().toggle(keysOf(item), item.key);
}

interface Place {
  readonly items: readonly ListItem[];
  /** The row under the cursor; -1: none. */
  readonly cursor: number;
  /** The batch that is shown. */
  readonly shown: string | null;
}

interface Clicked {
  readonly index: number;
  /** On the little box at the left of the row. */
  readonly isOnBox: boolean;
}

/** Whether the click marked something, and so shows no batch. */
export function markByClick(press: Modifiers, { index, isOnBox }: Clicked, { items, cursor, shown }: Place): boolean {
  const item = items[index];
  if (!item || press.altKey) return false;
  if (press.shiftKey) {
    extendTo(items, cursor, index);
    return true;
  }
  if (isOnBox) {
    toggleAt(item);
    return true;
  }
  if (!press.ctrlKey && !press.metaKey) return false;
  const { marked, markAll } = useMarks.getState();
  // The first of many joins the one that is looked at, as in every list of files.
  if (marked.size === 0 && item.key !== shown && items.some((each) => each.key === shown) && shown !== null) {
    markAll([shown]);
  }
  toggleAt(item);
  return true;
}

/** The row that the cursor is on afterwards; null where the key marks nothing. */
export function markByKey(press: Modifiers & { readonly key: string }, { items, cursor }: Place): number | null {
  const item = items[cursor];
  const isMod = press.ctrlKey || press.metaKey;
  if (press.altKey) return null;
  if (isMod && !press.shiftKey && press.key.toLowerCase() === 'a') {
    useMarks.getState().markAll(keysOfAll(items));
    return cursor;
  }
  if (press.key === ' ' && item) {
    if (press.shiftKey) extendTo(items, cursor, cursor);
    else toggleAt(item);
    return cursor;
  }
  if (press.key === 'Escape' && !isMod && !press.shiftKey && useMarks.getState().marked.size > 0) {
    useMarks.getState().clear();
    return cursor;
  }
  const next = stepTo(press.key, cursor, items.length);
  if (next === null) return null;
  if (press.shiftKey) {
    extendTo(items, cursor, next);
    return next;
  }
  // With Ctrl the cursor walks alone: nothing is shown and nothing is marked.
  return isMod ? next : null;
}
