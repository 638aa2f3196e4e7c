/** The keyboard: the keys that work everywhere, the command palette and the list of keys. */
import { useEffect } from 'react';
import { onNotice } from '../bridge.ts';
import { undo } from '../decide/decide.ts';
import { undoEdit } from '../editor/editorActions.ts';
import { useView } from '../view.ts';
import { useCommands } from './commandState.ts';
import { KeysSheet } from './KeysSheet.tsx';
import { Palette } from './Palette.tsx';
import { useKeys } from './useKeys.ts';
import './commands.css';

export function Commands() {
  const { open, close } = useCommands();
  useKeys();
  useMenu();
  if (open === 'palette') return <Palette onClose={close} />;
  if (open === 'keys') return <KeysSheet onClose={close} />;
  return null;
}

/** What the application's own menu offers of these. */
function useMenu(): void {
  useEffect(
    () =>
      onNotice('menuChosen', ({ command }) => {
        if (command === 'showPalette') useCommands.getState().openPalette();
        if (command === 'showKeys') useCommands.getState().openKeys();
        if (command !== 'undo') return;
        if (useView.getState().view === 'editor') undoEdit();
        else void undo();
      }),
    [],
  );
}
