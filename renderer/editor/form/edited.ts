/** The object that a form edits, a beat or the scene itself, beside what it was in the base. */
import { createContext, useContext, useId } from 'react';
import { isSameValue } from '../../../shared/fieldChanges.ts';
import type { JsonObject, JsonValue } from '../../../shared/json.ts';
import { toWire } from '../../../shared/wire.ts';
import { secondsText } from '../../compare/beats.ts';
import { jsonText } from '../../compare/wireText.ts';
import { type Path, valueAt } from '../draftDocument.ts';

export interface Edited {
  /** From the scene's root; empty for the scene itself. */
  readonly place: Path;
  readonly value: JsonObject;
  /** Null where the base has no such object, so that nothing in it can be different. */
  readonly base: JsonObject | null;
  set(path: Path, next: JsonValue | undefined): void;
}

export const EditedContext = createContext<Edited | null>(null);

export function useEdited(): Edited {
  const edited = useContext(EditedContext);
  if (!edited) throw new Error('A field stands outside a form.');
  return edited;
}

export interface FieldState {
  readonly id: string;
  readonly noteId: string;
  /** Undefined: the field is missing. */
  readonly value: JsonValue | undefined;
  /** What the base has in its place, as a sentence; null where it is the same. */
  readonly was: string | null;
  set(next: JsonValue | undefined): void;
}

export function useField(path: Path): FieldState {
  const edited = useEdited();
  const id = useId();
  const value = valueAt(edited.value, path);
  return {
    id,
    noteId: `${id}-note`,
    value,
    was: edited.base && wasText(valueAt(edited.base, path), value, path),
    set: (next) => edited.set(path, next),
  };
}

/** Null where the two are the same. */
function wasText(before: JsonValue | undefined, now: JsonValue | undefined, path: Path): string | null {
  if (before === undefined) return now === undefined ? null : 'new';
  if (isSameValue(before, now)) return null;
  if (path.at(-1) === 'duration_s') return `was: ${secondsText(toWire(before))} s`;
  return `was: ${valueText(before)}`;
}

/** A text as it is, names as a list, anything else as JSON. */
export function valueText(value: JsonValue): string {
  if (value === '') return 'empty';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.length === 0) return 'none';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ');
  return jsonText(toWire(value));
}
