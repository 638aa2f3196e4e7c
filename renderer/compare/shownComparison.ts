/** The comparison that stands on the screen, for commands that act on it from elsewhere. Set by the pane, never fetched. */
import { create } from 'zustand';
import type { ComparisonView } from './useComparisonView.ts';

interface ShownComparison {
  readonly view: ComparisonView | null;
  show(view: ComparisonView | null): void;
}

export const useShownComparison = create<ShownComparison>()((set) => ({
  view: null,
  show: (view) => set({ view }),
}));
