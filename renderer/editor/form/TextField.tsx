/** A field of text, of one line or of several; a missing one is added by writing into it. */
import type { Path } from '../draftDocument.ts';
import { useField } from './edited.ts';
import { Field } from './Field.tsx';
import { GrowingText } from './GrowingText.tsx';
import { JsonField } from './JsonField.tsx';
import { shownText, writtenText } from './lineEnds.ts';
import { useLines } from './useLines.ts';

interface TextFieldProps {
  readonly label: string;
  readonly path: Path;
  /** More than one: it grows with its text. */
  readonly rows?: number;
}

export function TextField({ label, path, rows = 1 }: TextFieldProps) {
  const { id, noteId, value, was, set } = useField(path);
  const text = typeof value === 'string' ? value : '';
  const lines = useLines(text, rows);
  if (value !== undefined && typeof value !== 'string') return <JsonField label={label} path={path} />;
  const props = {
    id,
    className: 'field__input',
    dir: 'auto',
    value: shownText(text),
    placeholder: value === undefined ? 'not there' : '',
    ...(was === null ? {} : { 'aria-describedby': noteId }),
  } as const;
  return (
    <Field label={label} htmlFor={id} was={was} noteId={noteId} isTop={lines > 1}>
      {lines > 1 ? (
        <GrowingText {...props} rows={lines} onChange={(event) => set(writtenText(text, event.target.value))} />
      ) : (
        <input {...props} onChange={(event) => set(event.target.value)} />
      )}
    </Field>
  );
}
