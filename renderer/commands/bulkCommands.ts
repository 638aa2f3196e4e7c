/** Commands on many batches: mark them, and decide on all that are marked, each through its preview. */
import { batchKey } from '../../shared/ids.ts';
import { countItems } from '../bulk/bulkItem.ts';
import { showResultAgain, undoablesOf, useBulk } from '../bulk/bulkJob.ts';
import { useMarks } from '../bulk/marks.ts';
import { actionText, summaryText } from '../bulk/outcomeText.ts';
import { askBulk, askUndoAll } from '../bulk/runBulk.ts';
import { filterBatches } from '../scenes/batchList.ts';
import { counted } from '../scenes/counted.ts';
import { focusBatches } from '../scenes/focus.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

const scenes = { group: 'Scenes', isInPalette: true } as const;
const nothingMarked = 'No batch is selected.';

/** Keys that the list handles itself. */
function markingCommands({ allBatches, selection }: CommandContext, count: number): readonly Command[] {
  const passing = filterBatches(allBatches, selection);
  return [
    {
      ...scenes,
      id: 'markOne',
      title: 'Select the shown batch, or give it up',
      glyph: 'check',
      chord: { key: 'Space' },
      keysRow: 'Select a batch, on to the next, or all',
      isHandledInPlace: true,
      disabledReason: selection.batch ? null : 'No batch is shown.',
      run: () => {
        if (!selection.batch) return;
        const key = batchKey(selection.batch);
        useMarks.getState().toggle([key], key);
      },
    },
    {
      ...scenes,
      id: 'markOn',
      title: 'Go to the list, to select on with Shift and an arrow key',
      glyph: 'down',
      chord: { key: 'ArrowDown', shift: true },
      keysRow: 'Select a batch, on to the next, or all',
      isHandledInPlace: true,
      disabledReason: allBatches.length === 0 ? 'The list is empty.' : null,
      run: focusBatches,
    },
    {
      ...scenes,
      id: 'markAll',
      title: 'Select all batches of the list',
      hint: counted(passing.length, 'batch', 'batches'),
      glyph: 'list',
      chord: { key: 'a', mod: true },
      keysRow: 'Select a batch, on to the next, or all',
      isHandledInPlace: true,
      disabledReason: passing.length === 0 ? 'The list is empty.' : null,
      run: () => useMarks.getState().markAll(passing.map(batchKey)),
    },
    {
      ...scenes,
      id: 'unmarkAll',
      title: 'Clear the selection of batches',
      ...(count > 0 ? { hint: counted(count, 'batch', 'batches') } : {}),
      glyph: 'close',
      disabledReason: count > 0 ? null : nothingMarked,
      run: () => useMarks.getState().clear(),
    },
  ];
}

export function bulkCommands(context: CommandContext): readonly Command[] {
  const count = useMarks.getState().marked.size;
  const canWrite = context.host?.workspace?.canWrite ?? true;
  const reason = !canWrite ? 'This workspace is read-only.' : count === 0 ? nothingMarked : null;
  const many = counted(count, 'selected batch', 'selected batches');
  const { job } = useBulk.getState();
  const undoable = job?.stage === 'done' ? undoablesOf(job.id).length : 0;
  return [
    ...markingCommands(context, count),
    {
      ...scenes,
      id: 'bulkConform',
      title: 'Conform the newest candidates of the selected batches',
      ...(count > 0 ? { hint: many } : {}),
      glyph: 'approved',
      disabledReason: reason,
      run: () => askBulk('conform'),
    },
    {
      ...scenes,
      id: 'bulkMarkDerived',
      title: 'Mark the selected batches derived',
      ...(count > 0 ? { hint: many } : {}),
      glyph: 'gate-open',
      disabledReason: reason,
      run: () => askBulk('markDerived'),
    },
    ...(job?.stage === 'done'
      ? [
          {
            ...scenes,
            id: 'bulkResult',
            title: 'Show what became of the selected batches',
            hint: summaryText(job.kind, countItems(job.items)),
            glyph: 'list',
            disabledReason: null,
            run: showResultAgain,
          } as const,
        ]
      : []),
    ...(job && undoable > 0
      ? [
          {
            ...scenes,
            id: 'bulkUndo',
            title: actionText('undo', undoable),
            hint: 'what was conformed together',
            glyph: 'undo',
            disabledReason: null,
            run: () => askUndoAll(job.id),
          } as const,
        ]
      : []),
  ];
}
