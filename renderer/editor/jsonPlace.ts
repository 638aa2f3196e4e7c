/** The place of the body that somebody asked to see as JSON; the JSON pane shows and selects it. */
import { create } from 'zustand';
import type { Path } from './draftDocument.ts';
import { useEditorPanes } from './editorPanes.ts';

interface JsonPlace {
  /** From the scene's root: `['beats', 3, 'shot', 'raw']`. A new object each time, so that the same place can be asked for again. */
  readonly asked: { readonly path: Path } | null;
  show(path: Path): void;
}

export const useJsonPlace = create<JsonPlace>()((set) => ({
  asked: null,
  show: (path) => {
    useEditorPanes.getState().showPane('json');
    set({ asked: { path } });
  },
}));
