/** What the person has selected on the Scenes screen: a batch, the two versions compared, the beat under the cursor. Never fetched data. */
import { create } from 'zustand';
import { type BatchRef, batchKey } from '../../shared/ids.ts';

export type ListFilter = 'all' | 'needsReview' | 'gateClosed' | 'problems';

/** Which version the selected one is held against; a baseline follows the batch, a version stays what was chosen. */
export type From =
  | { readonly kind: 'active' }
  | { readonly kind: 'parent' }
  | { readonly kind: 'lastApproved' }
  | { readonly kind: 'version'; readonly version: number };

export interface Selection {
  readonly batch: BatchRef | null;
  /** The version compared and decided on; null: the newest candidate above the active one, else the active one. */
  readonly to: number | null;
  readonly from: From;
  /** Row of the comparison that holds the cursor, and the rows that are opened. */
  readonly beat: number;
  readonly openBeats: ReadonlySet<number>;
  readonly filter: ListFilter;
  readonly search: string;
  /** The selected batch's key while it stands in the list: a decision that makes it fail the filter does not take it away before the person moves on. */
  readonly kept: string | null;
  /** Collapsed groups of the list, as `project/ep_NNN`. */
  readonly collapsed: ReadonlySet<string>;
}

interface SelectionActions {
  selectBatch(batch: BatchRef): void;
  selectVersion(version: number): void;
  setFrom(from: From): void;
  /** Holds on to what is shown, whatever the defaults would be next; rows stay open and the cursor where it is. */
  pin(shown: { readonly to: number; readonly from: From }): void;
  /** Exchanges the two versions, as they are resolved now. */
  flip(resolved: { readonly from: number; readonly to: number }): void;
  focusBeat(row: number): void;
  toggleBeat(row: number): void;
  setOpenBeats(rows: ReadonlySet<number>): void;
  setFilter(filter: ListFilter): void;
  setSearch(search: string): void;
  toggleGroup(group: string): void;
  keep(batch: string): void;
  /** Forgets all, for another workspace. */
  clear(): void;
}

const nothing: Selection = {
  batch: null,
  to: null,
  from: { kind: 'active' },
  beat: 0,
  openBeats: new Set(),
  filter: 'all',
  search: '',
  kept: null,
  collapsed: new Set(),
};

function toggled<Value>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

const freshRows = { beat: 0, openBeats: new Set<number>() };

export const useSelection = create<Selection & SelectionActions>()((set) => ({
  ...nothing,
  selectBatch: (batch) =>
    set((now) =>
      now.batch && batchKey(now.batch) === batchKey(batch)
        ? {}
        : { batch, to: null, from: { kind: 'active' }, kept: null, ...freshRows },
    ),
  selectVersion: (version) => set({ to: version, ...freshRows }),
  setFrom: (from) => set({ from, ...freshRows }),
  pin: (shown) => set(shown),
  flip: ({ from, to }) => set({ to: from, from: { kind: 'version', version: to } }),
  focusBeat: (row) => set({ beat: row }),
  toggleBeat: (row) => set((now) => ({ beat: row, openBeats: toggled(now.openBeats, row) })),
  setOpenBeats: (rows) => set({ openBeats: rows }),
  setFilter: (filter) => set({ filter, kept: null }),
  setSearch: (search) => set({ search, kept: null }),
  toggleGroup: (group) => set((now) => ({ collapsed: toggled(now.collapsed, group) })),
  keep: (kept) => set({ kept }),
  clear: () => set(nothing),
}));
