/** A field of a number. What was typed stays as it was typed while it stands for the same number. */
import { useState } from 'react';
import { isSameValue } from '../../../shared/fieldChanges.ts';
import { ExactNumber, type JsonValue } from '../../../shared/json.ts';
import type { Path } from '../draftDocument.ts';
import { useTaker } from '../untaken.ts';
import { useField } from './edited.ts';
import { Field } from './Field.tsx';
import { JsonField } from './JsonField.tsx';
import { typedNumber } from './typedNumber.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly path: Path;
  readonly unit: string;
  /** How a number is written that nobody typed here. */
  readonly format?: (value: number | ExactNumber) => string;
}

const plain = (value: number | ExactNumber): string => (value instanceof ExactNumber ? value.text : String(value));

const isNumber = (value: JsonValue | undefined): value is number | ExactNumber =>
  typeof value === 'number' || value instanceof ExactNumber;

/** `stood`: what the field held when it was typed; an undo makes it another value, and the typed text goes. */
interface Typed {
  readonly text: string;
  readonly stood: JsonValue | undefined;
}

export function NumberField({ label, path, unit, format = plain }: NumberFieldProps) {
  const { id, noteId, value, was, set } = useField(path);
  const [typed, setTyped] = useState<Typed | null>(null);
  const isCurrent = typed !== null && isSameValue(typed.stood, value);
  const reading = isCurrent ? typedNumber(typed.text) : null;
  const wrong = reading?.kind === 'wrong' ? reading.reason : null;
  const type = (text: string) => {
    const read = typedNumber(text);
    setTyped({ text, stood: read.kind === 'number' ? read.value : value });
    if (read.kind === 'number') set(read.value);
  };
  const leave = () => {
    // What cannot stand in the body is not left standing in the field either.
    if (reading?.kind === 'empty' && value !== undefined) set(undefined);
    if (reading?.kind !== 'number') setTyped(null);
  };
  // Undo and writing come without leaving the field.
  useTaker(() => {
    if (reading?.kind === 'empty') leave();
  });
  if (value !== undefined && !isNumber(value)) return <JsonField label={label} path={path} />;
  const note = wrong === null ? null : value === undefined ? wrong : `${wrong} The draft still has ${format(value)}.`;
  return (
    <Field label={label} htmlFor={id} was={was} noteId={noteId} note={note} isBad>
      <input
        id={id}
        className={wrong === null ? 'field__input field__input--short' : 'field__input field__input--short is-bad'}
        inputMode="decimal"
        autoComplete="off"
        value={isCurrent ? typed.text : value === undefined ? '' : format(value)}
        placeholder={value === undefined ? 'not there' : ''}
        aria-invalid={wrong !== null}
        {...(was === null && note === null ? {} : { 'aria-describedby': noteId })}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
      />
      <span className="faint">{unit}</span>
    </Field>
  );
}
