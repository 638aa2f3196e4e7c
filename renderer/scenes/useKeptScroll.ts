/** Keeps the rows of a list where they are on the screen when others come or go above them. */
import { type RefObject, useLayoutEffect, useRef } from 'react';

interface Keyed {
  readonly key: string;
}

/** The row at the top may be one of those that went. */
const mostTried = 40;

/** `order` tells when the list is another one (a filter, a search): then nothing is kept. */
export function useKeptScroll(
  scroller: RefObject<HTMLElement | null>,
  items: readonly Keyed[],
  { order, rowHeight }: { readonly order: string; readonly rowHeight: number },
): void {
  const last = useRef({ items, order });
  useLayoutEffect(() => {
    const before = last.current;
    last.current = { items, order };
    const element = scroller.current;
    if (!element || before.items === items || before.order !== order || element.scrollTop === 0) return;
    const moved = movedBy(before.items, items, Math.floor(element.scrollTop / rowHeight));
    if (moved !== 0) element.scrollTop += moved * rowHeight;
  }, [scroller, items, order, rowHeight]);
}

/** By how many rows the first row from `top` on, that is still there, moved. */
export function movedBy(before: readonly Keyed[], now: readonly Keyed[], top: number): number {
  for (let index = top; index < Math.min(before.length, top + mostTried); index += 1) {
    const key = before[index]?.key;
    if (now[index]?.key === key) return 0;
    const found = now.findIndex((item) => item.key === key);
    if (found >= 0) return found - index;
  }
  return 0;
}
