/** The command palette: every command and every batch, found by typing. */
import { Command as Cmdk } from 'cmdk';
import { Dialog as Radix } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { BatchRow } from '../../shared/contract.ts';
import { type BatchRef, batchKey, episodeName } from '../../shared/ids.ts';
import { leaveEditor } from '../editor/openEditor.ts';
import { filterBatches, refOfRow } from '../scenes/batchList.ts';
import { useSelection } from '../scenes/selection.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { Keys } from '../ui/Kbd.tsx';
import { useView } from '../view.ts';
import { chordText } from './chords.ts';
import type { Command } from './command.ts';
import { commandTable } from './commandTable.ts';
import { currentContext } from './context.ts';
import { findCommands } from './paletteSearch.ts';

const mostBatches = 50;

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [context] = useState(currentContext);
  const commands = useMemo(() => commandTable(context), [context]);
  const found = useMemo(() => findCommands(commands, text), [commands, text]);
  const batches = useMemo(
    () =>
      text.trim() === ''
        ? []
        : filterBatches(context.allBatches, { filter: 'all', search: text }).slice(0, mostBatches),
    [context.allBatches, text],
  );
  // The focus is back where it came from before the command runs, so that a dialog can return it there too.
  const run = (action: () => void) => {
    onClose();
    setTimeout(action);
  };
  return (
    <Radix.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim scrim--palette">
          <Radix.Content className="menu palette" aria-describedby={undefined}>
            <Radix.Title className="u-hidden">Commands</Radix.Title>
            <Cmdk label="Commands" shouldFilter={false} loop>
              <div className="palette__input">
                <Glyph name="search" className="faint" />
                <Cmdk.Input value={text} onValueChange={setText} placeholder="Search or run a command" dir="auto" />
                {context.selection.batch && <span className="faint push">{context.selection.batch.batchId}</span>}
              </div>
              <Cmdk.List label="Commands and batches">
                <Cmdk.Empty className="palette__none">No command and no batch fits “{text}”.</Cmdk.Empty>
                {found.map((command) => (
                  <CommandRow key={command.id} command={command} onRun={() => run(command.run)} />
                ))}
                {batches.length > 0 && (
                  <Cmdk.Group heading="Batches">
                    {batches.map((row) => (
                      <BatchItem key={batchKey(row)} row={row} onRun={() => run(() => showBatch(refOfRow(row)))} />
                    ))}
                  </Cmdk.Group>
                )}
              </Cmdk.List>
            </Cmdk>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** From whichever screen: a draft that is open there is kept. */
function showBatch(ref: BatchRef): void {
  if (useView.getState().view === 'editor') void leaveEditor();
  useView.getState().show('scenes');
  useSelection.getState().selectBatch(ref);
}

function CommandRow({ command, onRun }: { readonly command: Command; readonly onRun: () => void }) {
  const { id, title, hint, glyph, chord, disabledReason } = command;
  return (
    <Cmdk.Item className="row" value={id} onSelect={onRun} disabled={disabledReason !== null}>
      <Glyph name={glyph} className="faint" />
      <span>{title}</span>
      <span className="faint clip">{disabledReason ?? hint ?? ''}</span>
      {chord && (
        <span className="push" aria-hidden="true">
          <Keys of={chordText(chord)} />
        </span>
      )}
    </Cmdk.Item>
  );
}

const BatchItem = ({ row, onRun }: { readonly row: BatchRow; readonly onRun: () => void }) => (
  <Cmdk.Item className="row" value={batchKey(row)} onSelect={onRun}>
    <Glyph
      name={row.gate === 'closed' ? 'gate-closed' : row.gate === 'open' ? 'gate-open' : 'problem'}
      className="faint"
      label={row.gate === null ? 'gate not known' : `gate ${row.gate}`}
    />
    <span className="clip" dir="auto">
      {row.title ?? row.batchId}
    </span>
    <span className="faint clip">
      {episodeName(row.episode)} {row.batchId}, {row.project}
    </span>
  </Cmdk.Item>
);
