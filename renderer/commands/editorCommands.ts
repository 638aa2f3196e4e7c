/** Commands of the editor: its beats, its steps, also inside its fields, and the ways out. */
import { shownBatch } from '../decide/decisions.ts';
import { canStep, type OpenDraft, useDraft } from '../editor/draftStore.ts';
import { askToDiscard, redoEdit, undoEdit } from '../editor/editorActions.ts';
import { nextVersion } from '../editor/nextVersion.ts';
import { leaveEditor } from '../editor/openEditor.ts';
import { addBeat, duplicateSelectedBeat, moveSelectedBeat, removeSelectedBeat } from '../editor/outline/beatActions.ts';
import { askToWrite } from '../editor/write/askToWrite.ts';
import { reasonAgainstWriting } from '../editor/writeReason.ts';
import { useHostState } from '../scenes/hostState.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

const editor = { group: 'Editor', isInPalette: true } as const;

export function editorCommands({ host }: CommandContext): readonly Command[] {
  const { draft } = useDraft.getState();
  if (!draft) return [];
  return [...beatCommands(draft), ...stepCommands(), ...draftCommands(draft, host)];
}

function beatCommands({ pending, beat, scene }: OpenDraft): readonly Command[] {
  const waiting = pending?.scope === 'scene' ? 'The JSON of the whole scene has an error; correct it first.' : null;
  const onBeat = waiting ?? (scene.beats[beat] ? null : 'No beat is selected.');
  return [
    {
      ...editor,
      id: 'addBeat',
      title: 'Add a beat',
      hint: 'after the selected one',
      glyph: 'added',
      chord: { key: 'a' },
      keysRow: 'Add a beat',
      disabledReason: waiting,
      run: addBeat,
    },
    {
      ...editor,
      id: 'duplicateBeat',
      title: 'Duplicate the beat',
      glyph: 'added',
      chord: { key: 'd', mod: true },
      keysRow: 'Duplicate the beat',
      disabledReason: onBeat,
      run: duplicateSelectedBeat,
    },
    {
      ...editor,
      id: 'removeBeat',
      title: 'Remove the beat',
      glyph: 'removed',
      chord: { key: 'Delete' },
      keysRow: 'Remove the beat, in the outline',
      isHandledInPlace: true,
      disabledReason: onBeat,
      run: removeSelectedBeat,
    },
    ...([-1, 1] as const).map(
      (step): Command => ({
        ...editor,
        id: step === 1 ? 'moveBeatDown' : 'moveBeatUp',
        title: step === 1 ? 'Move the beat down' : 'Move the beat up',
        glyph: 'moved',
        chord: { key: step === 1 ? 'ArrowDown' : 'ArrowUp', alt: true },
        keysRow: 'Move the beat, in the outline',
        isHandledInPlace: true,
        disabledReason: onBeat ?? (scene.beats[beat + step] ? null : 'There is no place to move it to.'),
        run: () => moveSelectedBeat(step),
      }),
    ),
  ];
}

function stepCommands(): readonly Command[] {
  const can = canStep();
  const redo = {
    ...editor,
    title: 'Redo',
    glyph: 'undo',
    keysRow: 'Redo',
    isForFields: true,
    disabledReason: can.redo ? null : 'Nothing was taken back.',
    run: redoEdit,
  } as const;
  return [
    {
      ...editor,
      id: 'undoEdit',
      title: 'Undo',
      glyph: 'undo',
      chord: { key: 'z', mod: true },
      keysRow: 'Undo, in fields too',
      isForFields: true,
      disabledReason: can.undo ? null : 'Nothing was edited yet.',
      run: undoEdit,
    },
    { ...redo, id: 'redoEdit', chord: { key: 'z', mod: true, shift: true } },
    { ...redo, id: 'redoEditToo', chord: { key: 'y', mod: true }, isInPalette: false },
  ];
}

function draftCommands(draft: OpenDraft, host: CommandContext['host']): readonly Command[] {
  const batch = shownBatch(draft.batch);
  const { isConnected } = useHostState.getState();
  return [
    {
      ...editor,
      id: 'writeCandidate',
      title: `Write candidate v${nextVersion(batch)}`,
      glyph: 'candidate',
      chord: { key: 'Enter', mod: true },
      keysRow: 'Write the candidate',
      isForFields: true,
      disabledReason: reasonAgainstWriting({ draft, batch, host, isConnected }),
      run: askToWrite,
    },
    {
      ...editor,
      id: 'leaveEditor',
      title: `Back to ${draft.batch.batchId}`,
      hint: 'the draft is kept',
      glyph: 'right',
      disabledReason: null,
      run: () => void leaveEditor(),
    },
    {
      ...editor,
      id: 'discardDraft',
      title: 'Discard the draft',
      glyph: 'close',
      disabledReason: null,
      run: askToDiscard,
    },
  ];
}
