/** Keeps the row under the cursor in view, and gives it the focus where the table has it or is asked to take it. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useGridFocus } from './gridFocus.ts';

/** A row that was out of view is drawn only after the scroll; more frames than this it never took. */
const mostFrames = 8;

function focusRow(grid: HTMLElement | null, row: number, framesLeft: number): void {
  const target = grid?.querySelector<HTMLElement>(`[data-row="${row}"]`);
  if (target) target.focus({ preventScroll: true });
  else if (framesLeft > 0) requestAnimationFrame(() => focusRow(grid, row, framesLeft - 1));
}

/** Another pair of versions is another table; the one that goes had the focus, so the one that comes takes it. */
let isFocusOwed = false;

function useHandedFocus(grid: RefObject<HTMLElement | null>, cursor: number): void {
  const first = useRef(cursor);
  useLayoutEffect(() => {
    const element = grid.current;
    return () => {
      isFocusOwed = element?.contains(document.activeElement) ?? false;
    };
  }, [grid]);
  useEffect(() => {
    if (isFocusOwed) focusRow(grid.current, first.current, mostFrames);
    isFocusOwed = false;
  }, [grid]);
}

export function useCursorFocus(
  grid: RefObject<HTMLElement | null>,
  cursor: number,
  scrollTo: (row: number) => void,
): void {
  useHandedFocus(grid, cursor);
  const requests = useGridFocus((state) => state.requests);
  const last = useRef({ cursor, requests });
  const scroll = useRef(scrollTo);
  scroll.current = scrollTo;
  useEffect(() => {
    const isAsked = last.current.requests !== requests;
    const isMoved = last.current.cursor !== cursor;
    last.current = { cursor, requests };
    if (!isAsked && !isMoved) return;
    const hasFocus = grid.current?.contains(document.activeElement) ?? false;
    // A cursor that was set back by another choice of versions moves nothing by itself.
    if (!isAsked && !hasFocus) return;
    scroll.current(cursor);
    focusRow(grid.current, cursor, mostFrames);
  }, [cursor, requests, grid]);
}
