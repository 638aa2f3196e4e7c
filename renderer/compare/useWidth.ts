/** The width of an element in pixels, as it changes. */
import { type RefCallback, useCallback, useState } from 'react';

export function useWidth<Target extends Element>(): { ref: RefCallback<Target>; width: number } {
  const [width, setWidth] = useState(0);
  const ref = useCallback((target: Target | null) => {
    if (!target) return;
    setWidth(target.getBoundingClientRect().width);
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(entry.contentRect.width);
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
