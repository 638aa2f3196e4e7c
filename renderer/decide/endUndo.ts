/** The next decision on a batch ends the undo of the one before, and takes its message away. */
import type { BatchRef } from '../../shared/ids.ts';
import { useToasts } from '../ui/toasts.ts';
import { useUndoables } from './undoable.ts';

export function endUndo(ref: BatchRef): void {
  const ended = useUndoables.getState().withdraw(ref);
  if (ended && ended.toast !== null) useToasts.getState().dismiss(ended.toast);
}
