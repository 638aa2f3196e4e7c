/** The tree of batches, drawn only where it can be seen; one stop for the focus, the cursor inside is `aria-activedescendant`. */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { batchKey } from '../../shared/ids.ts';
import { markByClick, markByKey } from '../bulk/listGestures.ts';
import { useMarks } from '../bulk/marks.ts';
import { BatchRowLine, GroupLine } from './BatchTreeRows.tsx';
import { type ListItem, refOfRow } from './batchList.ts';
import { focusVersions, keepFocus } from './focus.ts';
import { usePanels } from './panels.ts';
import { useSelection } from './selection.ts';
import { stepTo } from './stepTo.ts';
import { useKeptScroll } from './useKeptScroll.ts';

const rowHeight = 28;
/** A held arrow key passes over batches without reading each of them. */
const settleTime = 90;

export function BatchTree({ items }: { readonly items: readonly ListItem[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const selected = useSelection((state) => state.batch);
  const selectedKey = selected && batchKey(selected);
  const [cursorKey, setCursorKey] = useState<string | null>(null);
  const cursorIndex = useMemo(() => items.findIndex((item) => item.key === cursorKey), [items, cursorKey]);
  const groupRows = useMemo(() => items.flatMap((item, index) => (item.kind === 'group' ? [index] : [])), [items]);

  const stuck = useRef(0);
  const rangeExtractor = useCallback(
    (range: Range) => {
      stuck.current = groupRows.findLast((index) => index <= range.startIndex) ?? 0;
      return [...new Set([stuck.current, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
    },
    [groupRows],
  );
  // The same as long as the items are: with another one all places are measured anew.
  const getItemKey = useCallback((index: number) => items[index]?.key ?? index, [items]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey,
    overscan: 10,
    scrollPaddingStart: rowHeight,
    rangeExtractor,
  });

  // The selection also moves from elsewhere: `]` and `[`, the palette, the first batch of a workspace.
  useEffect(() => setCursorKey(selectedKey), [selectedKey]);
  // To the cursor when it moves, or when the list is ordered anew; never because others added or removed a batch.
  const order = useSelection(({ filter, search, collapsed }) => JSON.stringify([filter, search, [...collapsed]]));
  const scrolledTo = useRef('');
  useEffect(() => {
    const place = JSON.stringify([cursorKey, order]);
    if (cursorIndex < 0 || scrolledTo.current === place) return;
    scrolledTo.current = place;
    virtual.scrollToIndex(cursorIndex, { align: 'auto' });
  }, [cursorIndex, cursorKey, order, virtual]);
  useKeptScroll(scroller, items, { order, rowHeight });
  useEffect(() => () => clearTimeout(settling.current), []);

  const select = (item: ListItem) => {
    if (item.kind === 'batch') useSelection.getState().selectBatch(refOfRow(item.row));
  };
  const moveTo = (index: number, isHeld: boolean) => {
    const item = items[index];
    if (!item) return;
    setCursorKey(item.key);
    useMarks.getState().standOn(item.key);
    clearTimeout(settling.current);
    if (isHeld) settling.current = setTimeout(() => select(item), settleTime);
    else select(item);
  };
  const toggle = (item: ListItem) => {
    if (item.kind === 'group') useSelection.getState().toggleGroup(item.key);
  };
  const enter = (item: ListItem) => {
    if (item.kind === 'group') return toggle(item);
    select(item);
    usePanels.getState().showPane('versions');
    requestAnimationFrame(focusVersions);
  };

  const place = { items, cursor: cursorIndex, shown: selectedKey };
  const onKeyDown = (event: KeyboardEvent) => {
    const marking = markByKey(event, place);
    if (marking !== null) {
      event.preventDefault();
      setCursorKey(items[marking]?.key ?? null);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = items[cursorIndex];
    const next = stepTo(event.key, cursorIndex, items.length);
    if (next !== null) moveTo(next, event.repeat);
    else if (!item) return;
    else if (event.key === 'Enter') enter(item);
    else if (event.key === 'ArrowRight')
      item.kind === 'group' && !item.isOpen ? toggle(item) : moveTo(cursorIndex + 1, event.repeat);
    else if (event.key === 'ArrowLeft') {
      if (item.kind === 'group' && item.isOpen) toggle(item);
      else moveTo(groupRows.findLast((index) => index < cursorIndex) ?? 0, event.repeat);
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const index = Number(row?.dataset.index ?? -1);
    const item = items[index];
    if (!item) return;
    const isOnBox = event.target instanceof Element && event.target.closest('[data-mark]') !== null;
    if (markByClick(event, { index, isOnBox }, place)) return setCursorKey(item.key);
    moveTo(index, false);
    if (item.kind === 'group') toggle(item);
    else usePanels.getState().showPane('comparison');
  };

  const drawn = virtual.getVirtualItems();
  const isCursorDrawn = drawn.some((each) => each.index === cursorIndex);
  return (
    <div
      ref={scroller}
      id="batch-tree"
      className="pane__body tree is-active-list"
      role="tree"
      aria-label="Projects, episodes and batches"
      aria-multiselectable="true"
      tabIndex={0}
      data-focus-home=""
      aria-activedescendant={isCursorDrawn ? `batch-row-${cursorIndex}` : undefined}
      onFocus={keepFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="tree__all" role="none" style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, start }) => {
          const item = items[index];
          if (!item) return null;
          const isStuck = index === stuck.current;
          const at = {
            className: isStuck ? 'tree__row tree__row--sticky' : 'tree__row',
            style: isStuck ? { top: 0 } : { transform: `translateY(${start}px)` },
          };
          const state = { index, isCursor: index === cursorIndex };
          return (
            <div key={item.key} role="none" {...at}>
              {item.kind === 'group' ? (
                <GroupLine item={item} {...state} />
              ) : (
                <BatchRowLine item={item} isSelected={item.key === selectedKey} {...state} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
