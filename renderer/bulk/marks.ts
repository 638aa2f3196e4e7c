/** The batches that are marked for a decision on many at once; the one that is shown is another matter. Never fetched data. */
import { create } from 'zustand';

const none: ReadonlySet<string> = new Set();

interface Marks {
  /** Keys of batches, hidden ones too: a filter takes no mark away. */
  readonly marked: ReadonlySet<string>;
  /** Where a range begins: the row that was last marked or walked to. */
  readonly anchor: string | null;
  /** What was marked before the range that goes on now, so that a range that shrinks gives back what it took. */
  readonly base: ReadonlySet<string>;
  /** Marks all of these, or none where all of them are marked already; a range begins at `anchor`. */
  toggle(keys: readonly string[], anchor: string): void;
  /** The range between the anchor and another row, instead of the one before. */
  extend(keys: readonly string[], anchor: string): void;
  standOn(anchor: string): void;
  markAll(keys: readonly string[]): void;
  unmark(keys: readonly string[]): void;
  clear(): void;
}

const joined = (set: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> => new Set([...set, ...keys]);

function without(set: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  const next = new Set(set);
  for (const key of keys) next.delete(key);
  return next;
}

export const useMarks = create<Marks>()((set) => ({
  marked: none,
  anchor: null,
  base: none,
  toggle: (keys, anchor) =>
    set(({ marked }) => {
      const next = keys.every((key) => marked.has(key)) ? without(marked, keys) : joined(marked, keys);
      return { marked: next, base: next, anchor };
    }),
  extend: (keys, anchor) => set(({ base }) => ({ marked: joined(base, keys), anchor })),
  standOn: (anchor) => set(({ marked }) => ({ anchor, base: marked })),
  markAll: (keys) =>
    set(({ marked }) => {
      const next = joined(marked, keys);
      return { marked: next, base: next };
    }),
  unmark: (keys) =>
    set(({ marked }) => {
      const next = without(marked, keys);
      return { marked: next, base: next };
    }),
  clear: () => set({ marked: none, anchor: null, base: none }),
}));
