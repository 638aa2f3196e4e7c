/** Which screen fills the window. The editor is opened by `editor/openEditor.ts`, which knows what it edits. */
import { create } from 'zustand';

export type View = 'scenes' | 'editor' | 'problems';

interface ViewState {
  readonly view: View;
  show(view: View): void;
}

export const useView = create<ViewState>()((set) => ({
  view: 'scenes',
  show: (view) => set({ view }),
}));
