/** Marking batches in the list: a click and a key do the same. */
import { beforeEach, describe, expect, test } from 'vitest';
import { listItems } from '../scenes/batchList.ts';
import { sampleBatchRow } from '../scenes/sampleBatchRow.ts';
import { keysBetween, keysOfAll, markByClick, markByKey } from './listGestures.ts';
import { useMarks } from './marks.ts';

const rows = [1, 2].flatMap((episode) =>
  [1, 2, 3].map((batch) => sampleBatchRow({ episode, batch }, { needsReview: batch === 3 })),
);
const all = { filter: 'all', search: '', collapsed: new Set<string>(), kept: null } as const;
/** 0: ep_001, 1 to 3 its batches; 4: ep_002, 5 to 7 its batches. */
const items = listItems(rows, all);
const folded = listItems(rows, { ...all, collapsed: new Set(['harbor-lights/ep_002']) });

const bare = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const ctrl = { ...bare, ctrlKey: true };
const shift = { ...bare, shiftKey: true };
const keyAt = (index: number) => items[index]?.key ?? '';
const place = { items, cursor: 1, shown: keyAt(1) };
const on = (index: number) => ({ index, isOnBox: false });

/** Marked rows by their place in `items`. */
const marked = () => [...useMarks.getState().marked].map((key) => items.findIndex((item) => item.key === key)).sort();
const press = (key: string, modifiers = bare, cursor = 1) => markByKey({ ...modifiers, key }, { ...place, cursor });

beforeEach(() => useMarks.getState().clear());

describe('with the mouse', () => {
  test('a plain click marks nothing and takes no mark away', () => {
    useMarks.getState().markAll([keyAt(2), keyAt(3)]);
    expect(markByClick(bare, on(5), place)).toBe(false);
    expect(marked()).toEqual([2, 3]);
  });

  test('Ctrl marks one more, and the first joins the batch that is shown', () => {
    expect(markByClick(ctrl, on(3), place)).toBe(true);
    expect(marked()).toEqual([1, 3]);
    markByClick({ ...bare, metaKey: true }, on(5), place);
    markByClick(ctrl, on(3), place);
    expect(marked()).toEqual([1, 5]);
  });

  test('Ctrl on the shown batch itself marks it alone', () => {
    markByClick(ctrl, on(1), place);
    expect(marked()).toEqual([1]);
  });

  test('Shift marks from where one stands, across episodes, and once more from the same place', () => {
    useMarks.getState().standOn(keyAt(2));
    markByClick(shift, on(6), place);
    expect(marked()).toEqual([2, 3, 5, 6]);
    markByClick(shift, on(1), place);
    expect(marked()).toEqual([1, 2]);
  });

  test('a range keeps what was marked before it began', () => {
    useMarks.getState().toggle([keyAt(7)], keyAt(7));
    useMarks.getState().standOn(keyAt(1));
    markByClick(shift, on(2), place);
    expect(marked()).toEqual([1, 2, 7]);
  });

  test('an episode is marked whole, and given up whole once all of it is marked', () => {
    useMarks.getState().markAll([keyAt(2)]);
    markByClick(ctrl, on(0), place);
    expect(marked()).toEqual([1, 2, 3]);
    markByClick(ctrl, on(0), place);
    expect(marked()).toEqual([]);
  });

  test('the box marks its row alone', () => {
    markByClick(bare, { index: 3, isOnBox: true }, place);
    expect(marked()).toEqual([3]);
  });
});

describe('with the keyboard', () => {
  test('Space marks and gives up the row under the cursor', () => {
    expect(press(' ')).toBe(1);
    expect(marked()).toEqual([1]);
    press(' ');
    expect(marked()).toEqual([]);
  });

  test('Shift and an arrow mark on, and give back on the way back', () => {
    useMarks.getState().standOn(keyAt(1));
    expect(press('ArrowDown', shift, 1)).toBe(2);
    expect(press('ArrowDown', shift, 2)).toBe(3);
    expect(marked()).toEqual([1, 2, 3]);
    expect(press('ArrowUp', shift, 3)).toBe(2);
    expect(marked()).toEqual([1, 2]);
  });

  test('Ctrl and an arrow walk without marking or showing', () => {
    expect(press('ArrowDown', ctrl)).toBe(2);
    expect(marked()).toEqual([]);
  });

  test('Ctrl A marks all that pass the filter, those of collapsed episodes too', () => {
    expect(keysOfAll(folded)).toHaveLength(6);
    markByKey(
      { ...ctrl, key: 'a' },
      { items: listItems(rows, { ...all, filter: 'needsReview' }), cursor: 0, shown: null },
    );
    expect(marked()).toEqual([3, 7]);
  });

  test('a collapsed episode inside a range stands for its batches, an open one’s row for none', () => {
    expect(keysBetween(folded, 3, 4)).toHaveLength(4);
    expect(keysBetween(items, 3, 4)).toEqual([keyAt(3)]);
  });

  test('Escape gives all marks up, and is left to others where there are none', () => {
    press(' ');
    expect(press('Escape')).toBe(1);
    expect(marked()).toEqual([]);
    expect(press('Escape')).toBeNull();
  });

  test('plain arrows and letters are the list’s own', () => {
    expect(press('ArrowDown')).toBeNull();
    expect(press('a')).toBeNull();
    expect(press('Enter', ctrl)).toBeNull();
  });
});
