/** The list of keys, made from the same table as the keys themselves, and the switch for single letters. */
import { useQuery } from '@tanstack/react-query';
import { Fragment, useId, useState } from 'react';
import { settingsQuery } from '../scenes/queries.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Keys } from '../ui/Kbd.tsx';
import { saveSettings } from './appCommands.ts';
import { type Chord, chordText } from './chords.ts';
import { type CommandGroup, keysRows } from './command.ts';
import { commandTable } from './commandTable.ts';
import { currentContext } from './context.ts';

const allGroups: readonly CommandGroup[] = ['Everywhere', 'Scenes', 'Editor', 'Problems'];

export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const commands = commandTable(currentContext());
  const groups = allGroups.filter((group) => keysRows(commands, group).length > 0);
  return (
    <Dialog isOpen onClose={onClose} title="Keys" className="keysheet-dialog">
      <div className="keysheet">
        {groups.map((group, index) => (
          <section key={group} aria-label={group}>
            <h3 className={index === 0 ? 'section-title' : 'section-title section-title--line'}>{group}</h3>
            <dl>
              {keysRows(commands, group).map(({ title, chords }) => (
                <div key={title} className="keyrow">
                  <dt>{title}</dt>
                  <dd>
                    <Chords chords={chords} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <SingleLetters />
      </div>
    </Dialog>
  );
}

/** Bare keys of a row stand together; chords that hold more than one key stand apart. */
const Chords = ({ chords }: { readonly chords: readonly Chord[] }) =>
  chords.map((chord, index) => (
    <Fragment key={chordText(chord).join(' ')}>
      {index > 0 && ' '}
      <Keys of={chordText(chord)} />
    </Fragment>
  ));

function SingleLetters() {
  const { data } = useQuery(settingsQuery());
  const box = useId();
  // What was chosen shows at once; what the host refuses is shown as it was.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const choose = (hasSingleLetterKeys: boolean) => {
    setChosen(hasSingleLetterKeys);
    void saveSettings({ hasSingleLetterKeys }).finally(() => setChosen(null));
  };
  return (
    <div className="keysheet__foot">
      <label className="check" htmlFor={box}>
        <input
          id={box}
          type="checkbox"
          className="check__input"
          data-first-focus=""
          checked={chosen ?? data?.settings.hasSingleLetterKeys ?? true}
          onChange={(event) => choose(event.target.checked)}
        />
        Single keys without Ctrl act outside fields
      </label>
    </div>
  );
}
