/** The batches with problems as a feed: drawn only where they can be seen, one stop for the focus, arrow keys from batch to batch. */
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { WorkspaceInfo } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { stepTo } from '../scenes/stepTo.ts';
import { ProblemBatch } from './ProblemBatch.tsx';
import type { ProblemGroup } from './problemGroups.ts';

/** Until it is measured: a head and a problem of two lines. */
const guessedHeight = { head: 36, problem: 56 } as const;

interface ProblemFeedProps {
  readonly groups: readonly ProblemGroup[];
  readonly workspace: WorkspaceInfo;
}

export function ProblemFeed({ groups, workspace }: ProblemFeedProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [cursorKey, setCursorKey] = useState<string | null>(null);
  const found = groups.findIndex(({ row }) => batchKey(row) === cursorKey);
  // A batch that was repaired leaves the list: the cursor goes to what is in its place.
  const lastIndex = useRef(0);
  const cursor = found >= 0 ? found : Math.min(lastIndex.current, groups.length - 1);
  lastIndex.current = cursor;
  const wantsFocus = useRef(false);

  // What holds the focus is always drawn, or the focus would be lost by scrolling.
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), cursor])].sort((a, b) => a - b),
    [cursor],
  );
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => guessedHeight.head + guessedHeight.problem * (groups[index]?.problems.length ?? 1),
    getItemKey: (index) => {
      const row = groups[index]?.row;
      return row ? batchKey(row) : index;
    },
    overscan: 4,
    rangeExtractor,
  });

  const focusCursor = useCallback(() => {
    scroller.current?.querySelector<HTMLElement>(`[data-index="${cursor}"]`)?.focus({ preventScroll: true });
  }, [cursor]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    focusCursor();
  }, [focusCursor]);

  const goTo = (index: number) => {
    const group = groups[index];
    if (!group) return;
    wantsFocus.current = true;
    setCursorKey(batchKey(group.row));
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = stepTo(event.key, cursor, groups.length);
    if (next === null) return;
    event.preventDefault();
    if (next === cursor) focusCursor();
    else goTo(next);
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    if (target === scroller.current) return focusCursor();
    const group = groups[Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1)];
    if (group) setCursorKey(batchKey(group.row));
  };

  return (
    <div
      ref={scroller}
      className="pane__body feed"
      role="feed"
      aria-label="Batches with problems"
      tabIndex={-1}
      data-focus-home=""
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div className="feed__all" role="none" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const group = groups[index];
          return (
            group && (
              <ProblemBatch
                key={key}
                group={group}
                workspace={workspace}
                index={index}
                size={groups.length}
                isCursor={index === cursor}
                top={start}
                measure={virtual.measureElement}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
