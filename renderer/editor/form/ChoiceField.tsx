/** A field of one word, with those that the scene uses already as suggestions. */
import type { Path } from '../draftDocument.ts';
import { Combobox } from './Combobox.tsx';
import { useField } from './edited.ts';
import { Field } from './Field.tsx';
import { JsonField } from './JsonField.tsx';

interface ChoiceFieldProps {
  readonly label: string;
  readonly path: Path;
  readonly suggestions: readonly string[];
}

export function ChoiceField({ label, path, suggestions }: ChoiceFieldProps) {
  const { id, noteId, value, was, set } = useField(path);
  // Its one line would take the line breaks out at the first key.
  const isWord = value === undefined || (typeof value === 'string' && !/[\r\n]/.test(value));
  if (!isWord) return <JsonField label={label} path={path} />;
  return (
    <Field label={label} htmlFor={id} was={was} noteId={noteId}>
      <Combobox
        id={id}
        value={value ?? ''}
        suggestions={suggestions}
        placeholder={value === undefined ? 'not there' : ''}
        describedBy={was === null ? undefined : noteId}
        onChange={set}
      />
    </Field>
  );
}
