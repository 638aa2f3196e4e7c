/** For another workspace: no question stays open, and nothing of the one before can be taken back in it. */
import { useDecisions } from './decisions.ts';
import { endUndo } from './endUndo.ts';
import { useUndoables } from './undoable.ts';

export function forgetDecisions(): void {
  useDecisions.getState().close();
  for (const { ref } of useUndoables.getState().undoables) endUndo(ref);
}
