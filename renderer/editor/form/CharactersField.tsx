/** Who is in the shot: a chip each, taken out by its button, added by name. */
import { type KeyboardEvent, useRef, useState } from 'react';
import type { JsonValue } from '../../../shared/json.ts';
import { Button } from '../../ui/Button.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import type { Path } from '../draftDocument.ts';
import { useTaker } from '../untaken.ts';
import { Combobox } from './Combobox.tsx';
import { useField } from './edited.ts';
import { Field } from './Field.tsx';
import { JsonField } from './JsonField.tsx';

interface CharactersFieldProps {
  readonly label: string;
  readonly path: Path;
  readonly suggestions: readonly string[];
}

const isNames = (value: JsonValue): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

export function CharactersField({ label, path, suggestions }: CharactersFieldProps) {
  const { noteId, value, was, set } = useField(path);
  const control = useRef<HTMLDivElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const [added, setAdded] = useState<string | null>(null);
  const names = value !== undefined && isNames(value) ? value : [];
  const add = (name: string) => {
    const text = name.trim();
    if (text !== '' && !names.includes(text)) set([...names, text]);
    setAdded('');
  };
  // A name that is typed and not added yet, where the draft is written or taken back by a key.
  useTaker(() => {
    if (added !== null && added.trim() !== '') add(added);
  });
  if (value !== undefined && !isNames(value)) return <JsonField label={label} path={path} />;
  const remove = (index: number) => {
    set(names.filter((_, at) => at !== index));
    // The next chip takes the focus, or the last; where none is left, the button that adds one.
    requestAnimationFrame(() => {
      const left = control.current?.querySelectorAll<HTMLButtonElement>('.chip__remove') ?? [];
      (left[Math.min(index, left.length - 1)] ?? addButton.current)?.focus();
    });
  };
  const endAdding = () => {
    setAdded(null);
    requestAnimationFrame(() => addButton.current?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    endAdding();
  };
  return (
    <Field label={label} was={was} noteId={noteId}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in the row of a grid */}
      <div ref={control} className="chips" role="group" aria-label={label}>
        {names.map((name, index) => (
          // A name may stand twice in a body that was written by hand.
          // biome-ignore lint/suspicious/noArrayIndexKey: chips have no identity but their place
          <span key={index} className="tag chip">
            <span dir="auto">{name}</span>
            <button
              type="button"
              className="chip__remove"
              aria-label={`Take ${name} out`}
              onClick={() => remove(index)}
            >
              <Glyph name="close" size={12} />
            </button>
          </span>
        ))}
        {names.length === 0 && <span className="faint">{value === undefined ? 'not there' : 'nobody'}</span>}
        {added === null ? (
          <Button ref={addButton} look="quiet" isSmall isIcon aria-label="Add a character" onClick={() => setAdded('')}>
            <Glyph name="added" size={12} />
          </Button>
        ) : (
          <Combobox
            label="Character to add"
            className="chip__new"
            hasFocusAtFirst
            value={added}
            suggestions={suggestions.filter((each) => !names.includes(each))}
            placeholder="Name"
            onChange={setAdded}
            onCommit={add}
            onLeave={() => {
              add(added);
              setAdded(null);
            }}
            onKeyDown={onKeyDown}
          />
        )}
      </div>
    </Field>
  );
}
