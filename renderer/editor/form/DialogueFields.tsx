/** The lines of a shot: who says what, in order; lines are added, taken out and moved. */
import { type KeyboardEvent, useRef } from 'react';
import { isJsonObject, type JsonValue, ownValue } from '../../../shared/json.ts';
import { counted } from '../../scenes/counted.ts';
import { Button } from '../../ui/Button.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { type Path, valueAt } from '../draftDocument.ts';
import { Combobox } from './Combobox.tsx';
import { useEdited, valueText } from './edited.ts';
import { Field } from './Field.tsx';
import { GrowingText } from './GrowingText.tsx';
import { JsonField } from './JsonField.tsx';
import { shownText, writtenText } from './lineEnds.ts';
import { lineMarks } from './lineMarks.ts';
import { useLines } from './useLines.ts';

interface DialogueFieldsProps {
  readonly path: Path;
  readonly suggestions: readonly string[];
}

type Mark = ReturnType<typeof lineMarks>['lines'][number];

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);
const isTextOrMissing = (value: JsonValue | undefined): boolean => value === undefined || typeof value === 'string';

/** A line of dialogue as a field shows it; whatever else stands in the list is JSON. */
const isLine = (value: JsonValue): boolean =>
  isJsonObject(value) && isTextOrMissing(ownValue(value, 'character')) && isTextOrMissing(ownValue(value, 'line'));

function lineText(value: JsonValue): string {
  const line = valueAt(value, ['line']);
  const character = valueAt(value, ['character']);
  return typeof line === 'string' && typeof character === 'string' ? `${character}: ${line}` : valueText(value);
}

/** The field of line `index`, once it is drawn. */
function focusLine(list: HTMLElement | null, index: number): void {
  requestAnimationFrame(() => {
    const fields = list?.querySelectorAll<HTMLElement>('.line__text') ?? [];
    fields[Math.max(0, Math.min(index, fields.length - 1))]?.focus();
  });
}

export function DialogueFields({ path, suggestions }: DialogueFieldsProps) {
  const edited = useEdited();
  const list = useRef<HTMLDivElement>(null);
  const value = valueAt(edited.value, path);
  const before = edited.base ? valueAt(edited.base, path) : undefined;
  const lines = isList(value) ? value : [];
  const marks = lineMarks(edited.base ? (isList(before) ? before : []) : null, lines);
  const write = (next: readonly JsonValue[]) => edited.set(path, next);

  const add = (index: number) => {
    const beside = valueAt(lines[index - 1], ['character']);
    write([
      ...lines.slice(0, index),
      { character: typeof beside === 'string' ? beside : '', line: '' },
      ...lines.slice(index),
    ]);
    focusLine(list.current, index);
  };
  const remove = (index: number) => {
    write(lines.filter((_, at) => at !== index));
    focusLine(list.current, index);
  };
  const move = (from: number, to: number) => {
    const line = lines[from];
    if (line === undefined || to < 0 || to >= lines.length) return;
    const others = lines.filter((_, at) => at !== from);
    write([...others.slice(0, to), line, ...others.slice(to)]);
    focusLine(list.current, to);
  };

  return (
    <>
      <h3 className="section-title section-title--line">
        Dialogue
        {(value === undefined || isList(value)) && (
          <>
            <span className="row__count">{counted(lines.length, 'line')}</span>
            <Button look="quiet" isSmall isIcon aria-label="Add a line" onClick={() => add(lines.length)}>
              <Glyph name="added" size={12} />
            </Button>
          </>
        )}
      </h3>
      {value !== undefined && !isList(value) && <JsonField label="dialogue" path={path} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand among the rows of a form */}
      <div ref={list} role="group" aria-label="Lines of dialogue">
        {lines.map((line, index) => {
          const key = index;
          return isLine(line) ? (
            <DialogueLine
              key={key}
              path={[...path, index]}
              number={index + 1}
              mark={marks.lines[index] ?? null}
              suggestions={suggestions}
              isLast={index === lines.length - 1}
              onAdd={() => add(index + 1)}
              onRemove={() => remove(index)}
              onMove={(step) => move(index, index + step)}
            />
          ) : (
            <JsonField key={key} label={`dialogue[${index}]`} path={[...path, index]} />
          );
        })}
      </div>
      {(marks.removed.length > 0 || marks.isReordered) && <Gone marks={marks} />}
    </>
  );
}

function Gone({ marks: { removed, isReordered } }: { readonly marks: ReturnType<typeof lineMarks> }) {
  return (
    <div className="field is-draft">
      <span className="field__label">{removed.length > 0 ? 'Taken out' : 'Order'}</span>
      <div className="field__control field__control--lines">
        {removed.map((line, index) => {
          const key = `${index} ${lineText(line)}`;
          return (
            <span key={key} className="dim" dir="auto">
              was: {lineText(line)}
            </span>
          );
        })}
        {isReordered && <span className="dim">the lines stand in another order</span>}
      </div>
    </div>
  );
}

interface LineTextProps {
  readonly text: string;
  readonly 'aria-label': string;
  readonly 'aria-describedby': string | undefined;
  readonly onText: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function LineText({ text, onText, ...rest }: LineTextProps) {
  const lines = useLines(text, 1);
  const props = { ...rest, className: 'field__input line__text', dir: 'auto', value: shownText(text) } as const;
  return lines > 1 ? (
    <GrowingText {...props} rows={lines} onChange={(event) => onText(writtenText(text, event.target.value))} />
  ) : (
    <input {...props} onChange={(event) => onText(event.target.value)} />
  );
}

interface DialogueLineProps {
  readonly path: Path;
  /** From 1. */
  readonly number: number;
  readonly mark: Mark;
  readonly suggestions: readonly string[];
  readonly isLast: boolean;
  readonly onAdd: () => void;
  readonly onRemove: () => void;
  readonly onMove: (step: 1 | -1) => void;
}

function DialogueLine({ path, number, mark, suggestions, isLast, onAdd, onRemove, onMove }: DialogueLineProps) {
  const edited = useEdited();
  const line = valueAt(edited.value, path);
  if (!isJsonObject(line)) return null;
  const text = ownValue(line, 'line');
  const character = ownValue(line, 'character');
  const unknown = Object.keys(line).filter((key) => key !== 'line' && key !== 'character');
  const was = mark === null ? null : mark === 'new' ? 'new line' : `was: ${lineText(mark.was)}`;
  const noteId = `line-${number}-note`;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const isMove = event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown');
    if (isMove) onMove(event.key === 'ArrowUp' ? -1 : 1);
    else if (event.key === 'Enter' && !event.altKey && !event.ctrlKey && !event.metaKey) onAdd();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Field
        was={was}
        noteId={noteId}
        label={
          <Combobox
            label={`Character of line ${number}`}
            className="combo--quiet"
            value={typeof character === 'string' ? character : ''}
            placeholder="who"
            suggestions={suggestions}
            onChange={(name) => edited.set([...path, 'character'], name)}
          />
        }
      >
        <LineText
          text={typeof text === 'string' ? text : ''}
          aria-label={`Line ${number}`}
          aria-describedby={was === null ? undefined : noteId}
          onText={(next) => edited.set([...path, 'line'], next)}
          onKeyDown={onKeyDown}
        />
        <Menu
          align="end"
          trigger={
            <Button look="quiet" isSmall isIcon aria-label={`Actions on line ${number}`}>
              <Glyph name="more" size={12} />
            </Button>
          }
        >
          <MenuItem keys={['Alt', '↑']} isDisabled={number === 1} onSelect={() => onMove(-1)}>
            Move up
          </MenuItem>
          <MenuItem keys={['Alt', '↓']} isDisabled={isLast} onSelect={() => onMove(1)}>
            Move down
          </MenuItem>
          <MenuItem keys={['Enter']} onSelect={onAdd}>
            Add a line below
          </MenuItem>
          <MenuSeparator />
          <MenuItem onSelect={onRemove}>Take the line out</MenuItem>
        </Menu>
      </Field>
      {unknown.map((key) => (
        <JsonField key={key} label={`line ${number}: ${key}`} path={[...path, key]} />
      ))}
    </>
  );
}
