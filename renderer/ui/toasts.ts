/** Short messages at the edge of the window: what was done, with Undo, and failures that no dialog shows. */
import { create } from 'zustand';
import { FailureError } from '../../shared/failure.ts';
import type { BatchRef } from '../../shared/ids.ts';

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'undone' | 'failed' | 'note';
  /** Of which batch it speaks: the person may have gone on to another one. */
  readonly batch?: BatchRef;
  /** Said first, in bold: "v4 is the active version." */
  readonly title: string;
  readonly text?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Toasts {
  readonly toasts: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): number;
  dismiss(id: number): void;
}

let lastId = 0;

export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  show: (toast) => {
    lastId += 1;
    const id = lastId;
    set((now) => ({ toasts: [...now.toasts.slice(-2), { ...toast, id }] }));
    return id;
  },
  dismiss: (id) => set((now) => ({ toasts: now.toasts.filter((each) => each.id !== id) })),
}));

export function reportFailure(error: unknown): void {
  const message = error instanceof FailureError ? error.message : String(error);
  useToasts.getState().show({ kind: 'failed', title: message });
}
