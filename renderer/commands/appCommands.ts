/** Commands that work everywhere: palette, keys, panes, filter, undo, appearance, workspace. */
import type { Input } from '../../shared/contract.ts';
import { request } from '../bridge.ts';
import { undo } from '../decide/decide.ts';
import { askNewBatch, importBody } from '../editor/begin/beginning.ts';
import { queryClient } from '../queryClient.ts';
import { focusFilter } from '../scenes/focus.ts';
import { usePanels } from '../scenes/panels.ts';
import { settingsQuery } from '../scenes/queries.ts';
import { chooseWorkspace, openSample, readAgain } from '../scenes/workspaceActions.ts';
import { appearances } from '../ui/appearance.ts';
import { reportFailure } from '../ui/toasts.ts';
import type { View } from '../view.ts';
import { watchChoices } from '../watching/watchingText.ts';
import type { Command } from './command.ts';
import { useCommands } from './commandState.ts';
import type { CommandContext } from './context.ts';
import { goToPane } from './panes.ts';

export async function saveSettings(change: Input<'saveSettings'>): Promise<void> {
  try {
    const { settings } = await request('saveSettings', change);
    queryClient.setQueryData(settingsQuery().queryKey, (now) => now && { ...now, settings });
  } catch (error) {
    reportFailure(error);
  }
}

const everywhere = { group: 'Everywhere', disabledReason: null, isInPalette: true } as const;

/** The list is only on the Scenes screen, and the editor's undo is its own. */
const isOn = ({ id }: Command, screen: View): boolean =>
  (id !== 'filter' || screen === 'scenes') && (id !== 'undo' || screen !== 'editor');

/** What is begun here is kept as a draft; one that is open is put away first. */
function beginCommands(host: CommandContext['host']): readonly Command[] {
  const workspace = host?.workspace ?? null;
  const disabledReason =
    workspace === null
      ? 'No workspace is open.'
      : workspace.canWrite
        ? null
        : 'This workspace is read-only: looking is free, nothing can be written.';
  return [
    { ...everywhere, id: 'newBatch', title: 'New batch…', glyph: 'added', disabledReason, run: askNewBatch },
    {
      ...everywhere,
      id: 'importBody',
      title: 'Import a body…',
      hint: 'from a JSON file',
      glyph: 'added',
      disabledReason,
      run: () => void importBody(),
    },
  ];
}

export const appCommands = (context: CommandContext): readonly Command[] =>
  allAppCommands(context).filter((command) => isOn(command, context.screen));

function allAppCommands({ host, settings, undoable }: CommandContext): readonly Command[] {
  const hasSingleKeys = settings?.hasSingleLetterKeys ?? true;
  return [
    {
      ...everywhere,
      id: 'palette',
      title: 'Search or run a command',
      glyph: 'search',
      chord: { key: 'k', mod: true },
      keysRow: 'Search or run a command',
      isInPalette: false,
      run: () => useCommands.getState().openPalette(),
    },
    ...([1, -1] as const).map(
      (step): Command => ({
        ...everywhere,
        id: step === 1 ? 'nextPane' : 'previousPane',
        title: step === 1 ? 'Go to the next pane' : 'Go to the previous pane',
        glyph: 'list',
        chord: { key: 'F6', shift: step === -1 },
        keysRow: 'Next, previous pane',
        run: () => goToPane(step),
      }),
    ),
    {
      ...everywhere,
      id: 'filter',
      title: 'Filter the batches',
      glyph: 'search',
      chord: { key: '/' },
      keysRow: 'Filter the batches',
      run: () => {
        usePanels.getState().showPane('list');
        requestAnimationFrame(focusFilter);
      },
    },
    {
      ...everywhere,
      id: 'undo',
      title: 'Undo',
      ...(undoable ? { hint: `${undoable.ref.batchId}: the pointer back to v${undoable.back}` } : {}),
      glyph: 'undo',
      chord: { key: 'z', mod: true },
      keysRow: 'Undo',
      disabledReason: undoable ? null : 'There is no decision of yours to take back.',
      run: () => void undo(),
    },
    {
      ...everywhere,
      id: 'keys',
      title: 'Show the keys',
      glyph: 'list',
      chord: { key: '?' },
      keysRow: 'These keys',
      run: () => useCommands.getState().openKeys(),
    },
    {
      ...everywhere,
      id: 'singleLetterKeys',
      title: hasSingleKeys ? 'Turn single-letter keys off' : 'Turn single-letter keys on',
      glyph: 'stop',
      run: () => void saveSettings({ hasSingleLetterKeys: !hasSingleKeys }),
    },
    ...appearances.map(
      ({ value, label }): Command => ({
        ...everywhere,
        id: `appearance-${value}`,
        title: `Appearance: ${label.toLowerCase()}`,
        ...(settings?.appearance === value ? { hint: 'as it is now' } : {}),
        glyph: settings?.appearance === value ? 'check' : 'observed',
        run: () => void saveSettings({ appearance: value }),
      }),
    ),
    ...beginCommands(host),
    ...watchChoices.map(
      ({ value, label }): Command => ({
        ...everywhere,
        id: `watching-${value}`,
        title: `Changes by others: ${label.toLowerCase()}`,
        ...(settings?.watching === value ? { hint: 'as it is now' } : {}),
        glyph: settings?.watching === value ? 'check' : 'live',
        run: () => void saveSettings({ watching: value }),
      }),
    ),
    {
      ...everywhere,
      id: 'openWorkspace',
      title: 'Open a workspace',
      glyph: 'mark',
      run: () => void chooseWorkspace(host?.folderChoice ?? 'dialog'),
    },
    {
      ...everywhere,
      id: 'openSample',
      title: 'Open the sample workspace',
      hint: 'a copy, change it freely',
      glyph: 'mark',
      run: () => void openSample(),
    },
    {
      ...everywhere,
      id: 'readAgain',
      title: 'Read the list and the batch again',
      glyph: 'observed',
      run: () => void readAgain(),
    },
  ];
}
