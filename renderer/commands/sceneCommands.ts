/** Commands of the Scenes screen that look and compare: batches, changes, baselines, flip, copy. */

import { baselineOptions } from '../compare/baselineOptions.ts';
import { copyChangeList } from '../compare/copyChangeList.ts';
import { useGridFocus } from '../compare/gridFocus.ts';
import { isChange, nextChange } from '../compare/kinds.ts';
import { useSelection } from '../scenes/selection.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { batchAfter } from './steps.ts';

const scenes = { group: 'Scenes', isInPalette: true } as const;
const noBatch = 'No batch is shown.';
const noComparison = 'No comparison is shown.';

function stepCommands({ batches, selection, view, isAmongBeats }: CommandContext): readonly Command[] {
  const rows = view?.comparison.beats ?? [];
  const toBatch = (step: 1 | -1): Command => {
    const next = batchAfter(batches, selection.batch, step);
    const word = step === 1 ? 'next' : 'previous';
    return {
      ...scenes,
      id: `${word}Batch`,
      title: `Go to the ${word} batch`,
      ...(next ? { hint: next.batchId } : {}),
      glyph: 'list',
      chord: { key: step === 1 ? ']' : '[' },
      keysRow: 'Next, previous batch',
      disabledReason: next ? null : `There is no ${word} batch in the list.`,
      run: () => next && useSelection.getState().selectBatch(next),
    };
  };
  const toChange = (step: 1 | -1): Command => {
    // From outside the table the cursor's own row counts too: it may be the first change, and nobody has been there.
    const next = nextChange(rows, isAmongBeats ? selection.beat : selection.beat - step, step);
    const word = step === 1 ? 'next' : 'previous';
    return {
      ...scenes,
      id: `${word}Change`,
      title: `Go to the ${word} change`,
      glyph: step === 1 ? 'down' : 'right',
      chord: { key: step === 1 ? 'n' : 'p' },
      keysRow: 'Next, previous change',
      disabledReason: !view ? noComparison : next === null ? `There is no ${word} change.` : null,
      run: () => next !== null && useGridFocus.getState().goToBeat(next),
    };
  };
  return [toBatch(1), toBatch(-1), toChange(1), toChange(-1)];
}

function inPlaceCommands({ view, chosen, selection }: CommandContext): readonly Command[] {
  const to = chosen?.to ?? null;
  return [
    {
      ...scenes,
      id: 'openBeat',
      title: 'Open or close the beat',
      glyph: 'down',
      chord: { key: 'Enter' },
      keysRow: 'Open or close a beat',
      isHandledInPlace: true,
      disabledReason: view ? null : noComparison,
      run: () => useSelection.getState().toggleBeat(selection.beat),
    },
    {
      ...scenes,
      id: 'setFrom',
      title: to ? `Compare from v${to.version}` : 'Compare from the selected version',
      glyph: 'to',
      chord: { key: 'Enter', shift: true },
      keysRow: 'Set as from',
      isHandledInPlace: true,
      disabledReason: to ? null : noBatch,
      run: () => to && useSelection.getState().setFrom({ kind: 'version', version: to.version }),
    },
  ];
}

function compareCommands({ chosen, selection, view }: CommandContext): readonly Command[] {
  const from = chosen?.from ?? null;
  const to = chosen?.to ?? null;
  const isPair = from !== null && to !== null && from.version !== to.version;
  const words = { active: 'the active version', parent: 'the parent', lastApproved: 'the last approved' } as const;
  const baselines = chosen ? baselineOptions(chosen, selection.from) : [];
  return [
    ...(['active', 'parent', 'lastApproved'] as const).map((kind, index): Command => {
      const option = baselines.find((each) => each.kind === kind);
      return {
        ...scenes,
        id: `against-${kind}`,
        title: `Compare with ${words[kind]}`,
        ...(option?.version ? { hint: `v${option.version}` } : {}),
        glyph: 'same',
        chord: { key: String(index + 1) },
        keysRow: 'Against active, parent, last approved',
        disabledReason: option ? option.disabledReason : noBatch,
        run: () => useSelection.getState().setFrom({ kind }),
      };
    }),
    {
      ...scenes,
      id: 'flip',
      title: 'Flip between the two',
      glyph: 'moved',
      chord: { key: 'f' },
      keysRow: 'Flip between the two',
      disabledReason: isPair ? null : 'There are no two versions to flip between.',
      run: () => isPair && useSelection.getState().flip({ from: from.version, to: to.version }),
    },
    ...copyCommands(view),
  ];
}

function copyCommands(view: CommandContext['view']): readonly Command[] {
  const rows = view?.comparison.beats ?? [];
  const changed = rows.flatMap((row, index) => (isChange(row) ? [index] : []));
  const noChange = changed.length === 0 ? 'There is no change to open.' : null;
  return [
    {
      ...scenes,
      id: 'copyChanges',
      title: 'Copy the change list',
      hint: 'tab-separated',
      glyph: 'list',
      chord: { key: 'c', mod: true, shift: true },
      keysRow: 'Copy the change list',
      disabledReason: view && !view.isSingle ? null : noComparison,
      run: () => view && void copyChangeList(view),
    },
    {
      ...scenes,
      id: 'openAll',
      title: 'Open all changes',
      glyph: 'down',
      disabledReason: noChange,
      run: () => useSelection.getState().setOpenBeats(new Set(changed)),
    },
    {
      ...scenes,
      id: 'closeAll',
      title: 'Close all beats',
      glyph: 'right',
      disabledReason: noChange,
      run: () => useSelection.getState().setOpenBeats(new Set()),
    },
  ];
}

export const lookingCommands = (context: CommandContext): readonly Command[] => [
  ...stepCommands(context),
  ...inPlaceCommands(context),
  ...compareCommands(context),
];
