/** Which pane of the editor a narrow window shows. */
import { create } from 'zustand';

export const editorPanes = ['outline', 'beat', 'json'] as const;

export type EditorPane = (typeof editorPanes)[number];

interface EditorPanes {
  readonly pane: EditorPane;
  showPane(pane: EditorPane): void;
}

export const useEditorPanes = create<EditorPanes>()((set) => ({
  pane: 'beat',
  showPane: (pane) => set({ pane }),
}));
