/** Asks the table of beats to take the focus: from a key that works everywhere, and from a click in the strip. */
import { create } from 'zustand';
import { useSelection } from '../scenes/selection.ts';

interface GridFocus {
  /** Counts the requests; the table answers each new one. */
  readonly requests: number;
  goToBeat(row: number): void;
}

export const useGridFocus = create<GridFocus>()((set) => ({
  requests: 0,
  goToBeat: (row) => {
    useSelection.getState().focusBeat(row);
    set((now) => ({ requests: now.requests + 1 }));
  },
}));
