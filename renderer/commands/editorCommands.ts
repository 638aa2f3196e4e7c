/** Commands of the editor: undo and redo, also inside its fields. */
import { canStep, useDraft } from '../editor/draftStore.ts';
import type { Command } from './command.ts';

const editor = { group: 'Editor', isInPalette: true } as const;

export function editorCommands(): readonly Command[] {
  const can = canStep();
  const redo = {
    ...editor,
    title: 'Redo',
    glyph: 'undo',
    keysRow: 'Redo',
    isForFields: true,
    disabledReason: can.redo ? null : 'Nothing was taken back.',
    run: () => useDraft.getState().redo(),
  } as const;
  return [
    {
      ...editor,
      id: 'undoEdit',
      title: 'Undo',
      glyph: 'undo',
      chord: { key: 'z', mod: true },
      keysRow: 'Undo',
      isForFields: true,
      disabledReason: can.undo ? null : 'Nothing was edited yet.',
      run: () => useDraft.getState().undo(),
    },
    { ...redo, id: 'redoEdit', chord: { key: 'z', mod: true, shift: true } },
    { ...redo, id: 'redoEditToo', chord: { key: 'y', mod: true }, isInPalette: false },
  ];
}
