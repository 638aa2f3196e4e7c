/** What was typed and is not part of the draft yet: it becomes so now. Known also where the JSON pane itself is not loaded. */
import { useEffect, useRef } from 'react';

const takers = new Set<() => void>();

/** For whoever must not act on less than what was typed: undo, write, keep, close. */
export function takeTyped(): void {
  for (const take of [...takers]) take();
}

/** What is open; the returned function ends it. */
export function whileOpen(take: () => void): () => void {
  takers.add(take);
  return () => void takers.delete(take);
}

/** Of a field that waits for its end, while it is drawn. */
export function useTaker(take: () => void): void {
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => whileOpen(() => latest.current()), []);
}
