/** The fields of one beat: those that are known as controls, every other one as JSON. */
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../../../shared/json.ts';
import { runtimeKeys } from '../../../shared/scene.ts';
import { toWire } from '../../../shared/wire.ts';
import { secondsText } from '../../compare/beats.ts';
import { type Path, valueAt } from '../draftDocument.ts';
import type { SceneWords } from '../sceneWords.ts';
import { CharactersField } from './CharactersField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { DialogueFields } from './DialogueFields.tsx';
import { useEdited, useField } from './edited.ts';
import { Field } from './Field.tsx';
import { JsonField } from './JsonField.tsx';
import { NumberField } from './NumberField.tsx';
import { TextField } from './TextField.tsx';

const beatKeys: ReadonlySet<string> = new Set(['beat_id', 'summary', 'shot', ...runtimeKeys]);
const shotKeys: ReadonlySet<string> = new Set([
  'shot_id',
  'shot_type',
  'camera',
  'duration_s',
  'characters',
  'dialogue',
  'raw',
]);
const cameraKeys: ReadonlySet<string> = new Set(['move', 'lens_mm']);
const rawKeys: ReadonlySet<string> = new Set(['description', 'source_text_hash']);

/** Where such an object can be edited key by key: it is one, or it is missing and will be made. */
const isOpen = (value: JsonValue | undefined): value is JsonObject | undefined =>
  value === undefined || isJsonObject(value);

export function BeatForm({ words }: { readonly words: SceneWords }) {
  const { value } = useEdited();
  const shot = ownValue(value, 'shot');
  return (
    <>
      <h3 className="section-title">Beat</h3>
      <OddId label="beat_id" path={['beat_id']} />
      <TextField label="Summary" path={['summary']} rows={2} />
      <UnknownFields of={value} known={beatKeys} path={[]} />
      <h3 className="section-title section-title--line">Shot</h3>
      {isOpen(shot) ? <ShotFields shot={shot} words={words} /> : <JsonField label="shot" path={['shot']} />}
      <h3 className="section-title section-title--line">Left out of a candidate</h3>
      <p className="pane__text">Boards, takes, status, receipts and updated_at. A fresh candidate has none.</p>
    </>
  );
}

function ShotFields({ shot = {}, words }: { readonly shot: JsonObject | undefined; readonly words: SceneWords }) {
  const raw = ownValue(shot, 'raw');
  return (
    <>
      <OddId label="shot_id" path={['shot', 'shot_id']} />
      <ChoiceField label="Shot type" path={['shot', 'shot_type']} suggestions={words.shotTypes} />
      <CameraFields moves={words.moves} />
      <NumberField
        label="Duration"
        path={['shot', 'duration_s']}
        unit="s"
        format={(value) => secondsText(toWire(value))}
      />
      <CharactersField label="Characters" path={['shot', 'characters']} suggestions={words.characters} />
      <UnknownFields of={shot} known={shotKeys} path={['shot']} />
      <DialogueFields path={['shot', 'dialogue']} suggestions={words.characters} />
      <h3 className="section-title section-title--line">Raw</h3>
      {isOpen(raw) ? <RawFields raw={raw} /> : <JsonField label="raw" path={['shot', 'raw']} />}
    </>
  );
}

/** An id stands in the head of the pane; what is no text could not be seen there. */
function OddId({ label, path }: { readonly label: string; readonly path: Path }) {
  const { value } = useField(path);
  return value === undefined || typeof value === 'string' ? null : <JsonField label={label} path={path} />;
}

/** Older bodies have a plain text, newer ones an object. */
function CameraFields({ moves }: { readonly moves: readonly string[] }) {
  const path = ['shot', 'camera'] as const;
  const { value } = useField(path);
  if (typeof value === 'string') return <ChoiceField label="Camera" path={path} suggestions={[]} />;
  if (!isOpen(value)) return <JsonField label="camera" path={path} />;
  return (
    <>
      <ChoiceField label="Move" path={[...path, 'move']} suggestions={moves} />
      <NumberField label="Lens" path={[...path, 'lens_mm']} unit="mm" />
      <UnknownFields of={value ?? {}} known={cameraKeys} path={path} prefix="camera: " />
    </>
  );
}

function RawFields({ raw = {} }: { readonly raw: JsonObject | undefined }) {
  return (
    <>
      <TextField label="Description" path={['shot', 'raw', 'description']} rows={3} />
      <SourceHash path={['shot', 'raw', 'source_text_hash']} />
      <UnknownFields of={raw} known={rawKeys} path={['shot', 'raw']} />
    </>
  );
}

function SourceHash({ path }: { readonly path: Path }) {
  const { id, noteId, value, was } = useField(path);
  if (value === undefined) return null;
  if (typeof value !== 'string') return <JsonField label="source_text_hash" path={path} />;
  return (
    <Field
      label="Source text hash"
      htmlFor={id}
      was={was}
      noteId={noteId}
      note="from the script; a change of it is a real script change"
    >
      <input id={id} className="field__input field__input--mono" readOnly value={value} aria-describedby={noteId} />
    </Field>
  );
}

interface UnknownFieldsProps {
  readonly of: JsonObject;
  readonly known: ReadonlySet<string>;
  readonly path: Path;
  readonly prefix?: string;
}

/** Those that the base had and the draft has no more are told too, or nobody would notice. */
export function UnknownFields({ of, known, path, prefix = '' }: UnknownFieldsProps) {
  const { base } = useEdited();
  const before = base ? valueAt(base, path) : undefined;
  const gone = isJsonObject(before) ? Object.keys(before).filter((key) => !Object.hasOwn(of, key)) : [];
  return (
    <>
      {Object.keys(of)
        .filter((key) => !known.has(key))
        .map((key) => (
          <JsonField key={key} label={prefix + key} path={[...path, key]} />
        ))}
      {gone
        .filter((key) => !known.has(key))
        .map((key) => (
          <GoneField key={key} label={prefix + key} path={[...path, key]} />
        ))}
    </>
  );
}

function GoneField({ label, path }: { readonly label: string; readonly path: Path }) {
  const { noteId, was } = useField(path);
  return (
    <Field label={label} was={was} noteId={noteId}>
      <span className="faint">taken out</span>
    </Field>
  );
}
