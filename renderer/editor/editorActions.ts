/** What the head, the keys and the menu do with the open draft as a whole. */
import { create } from 'zustand';
import { useDraft } from './draftStore.ts';
import { useKeeping } from './keeping.ts';
import { leaveEditor } from './openEditor.ts';
import { takeTyped } from './untaken.ts';

/** What was typed into the JSON pane a moment ago is a step as well. */
export function undoEdit(): void {
  takeTyped();
  useDraft.getState().undo();
}

export function redoEdit(): void {
  takeTyped();
  useDraft.getState().redo();
}

interface DiscardQuestion {
  readonly isOpen: boolean;
  close(): void;
}

export const useDiscardQuestion = create<DiscardQuestion>()((set) => ({
  isOpen: false,
  close: () => set({ isOpen: false }),
}));

/** Where nothing was edited there is nothing to lose, and nothing to ask. */
export function askToDiscard(): void {
  takeTyped();
  if (useKeeping.getState().kept.kind === 'untouched') void leaveEditor();
  else useDiscardQuestion.setState({ isOpen: true });
}
