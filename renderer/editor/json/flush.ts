/** What was typed into the JSON pane a moment ago becomes part of the draft now; known also where the pane itself is not loaded yet. */

let flush: (() => void) | null = null;

/** For whoever must not act on less than what was typed: undo, write, keep, close. */
export const flushJson = (): void => flush?.();

/** The pane that is open; the returned function ends it. */
export function whileOpen(take: () => void): () => void {
  flush = take;
  return () => {
    if (flush === take) flush = null;
  };
}
