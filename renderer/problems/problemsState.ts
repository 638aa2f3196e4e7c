/** What the Problems screen shows besides the rows: the filter, and how a verification of everything goes. Never fetched data. */
import { create } from 'zustand';
import type { SeverityFilter } from './problemGroups.ts';

/** `ended` is when the last one was through, or was stopped. */
export type Verification =
  | { readonly kind: 'none' }
  | { readonly kind: 'underWay'; readonly checked: number; readonly total: number }
  | {
      readonly kind: 'ended';
      readonly checked: number;
      readonly total: number;
      readonly isComplete: boolean;
      /** ISO 8601. */
      readonly at: string;
    };

interface ProblemsState {
  readonly filter: SeverityFilter;
  readonly verification: Verification;
  setFilter(filter: SeverityFilter): void;
}

export const useProblems = create<ProblemsState>()((set) => ({
  filter: 'all',
  verification: { kind: 'none' },
  setFilter: (filter) => set({ filter }),
}));
