/** A value that no field understands: shown as JSON, edited in the JSON pane, never rewritten unasked. */
import type { JsonValue } from '../../../shared/json.ts';
import { toWire } from '../../../shared/wire.ts';
import { jsonText } from '../../compare/wireText.ts';
import { Button } from '../../ui/Button.tsx';
import type { Path } from '../draftDocument.ts';
import { useJsonPlace } from '../jsonPlace.ts';
import { useEdited, useField } from './edited.ts';
import { Field } from './Field.tsx';

interface JsonFieldProps {
  readonly label: string;
  readonly path: Path;
}

/** Long enough for every row; the whole value stands in the JSON pane. */
const longestShown = 400;

function shortText(value: JsonValue): string {
  const text = jsonText(toWire(value));
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

export function JsonField({ label, path }: JsonFieldProps) {
  const { place } = useEdited();
  const { value, was, noteId } = useField(path);
  if (value === undefined) return null;
  return (
    <Field label={label} was={was} noteId={noteId}>
      <span className="mono dim clip" dir="auto">
        {shortText(value)}
      </span>
      <Button
        look="quiet"
        isSmall
        className="push"
        aria-label={`Edit as JSON: ${label}`}
        onClick={() => useJsonPlace.getState().show([...place, ...path])}
      >
        Edit as JSON
      </Button>
    </Field>
  );
}
