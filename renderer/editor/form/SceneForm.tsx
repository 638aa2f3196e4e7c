/** The scene's own fields: its title, what names it, and every other one as JSON. */
import { ownValue } from '../../../shared/json.ts';
import { UnknownFields } from './BeatForm.tsx';
import { useEdited, useField, valueText } from './edited.ts';
import { Field } from './Field.tsx';
import { JsonField } from './JsonField.tsx';
import { TextField } from './TextField.tsx';

const sceneKeys: ReadonlySet<string> = new Set(['scene_id', 'title', 'episode', 'schema_version', 'beats']);

export function SceneForm() {
  const { value } = useEdited();
  return (
    <>
      <h3 className="section-title">Title and names</h3>
      <TextField label="Title" path={['title']} />
      <Named label="Scene id" name="scene_id" note="the batch that this body belongs to" />
      <Named label="Episode" name="episode" />
      <Named label="Schema version" name="schema_version" />
      <h3 className="section-title section-title--line">Other fields</h3>
      {Object.keys(value).every((key) => sceneKeys.has(key)) && (
        <p className="pane__text">None. What a pipeline writes beside these fields is kept and shown here.</p>
      )}
      <UnknownFields of={value} known={sceneKeys} path={[]} />
    </>
  );
}

interface NamedProps {
  readonly label: string;
  readonly name: string;
  readonly note?: string;
}

/** What names the scene is not edited here, but what it was is told where the JSON pane changed it. */
function Named({ label, name, note }: NamedProps) {
  const { value: scene } = useEdited();
  const { id, noteId, was } = useField([name]);
  const value = ownValue(scene, name);
  if (value === undefined) return null;
  if (typeof value === 'object' && value !== null) return <JsonField label={name} path={[name]} />;
  return (
    <Field label={label} htmlFor={id} was={was} noteId={noteId} note={note ?? null}>
      <input
        id={id}
        className="field__input field__input--mono"
        readOnly
        value={valueText(value)}
        {...(note === undefined && was === null ? {} : { 'aria-describedby': noteId })}
      />
    </Field>
  );
}
