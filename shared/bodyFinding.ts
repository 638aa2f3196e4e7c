/** What is wrong at a place of a body's text, and where that place is in lines and columns. */
import type { BodyError } from './draft.ts';

export interface BodyFinding extends BodyError {
  /** An error keeps the text from being written; a warning does not. */
  readonly severity: 'error' | 'warning';
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly length: number;
}

/** Line and column, both from 1, of offsets in one text; the lines are looked for once. */
export function placesOf(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  let starts: readonly number[] | null = null;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** "Line 14, $.shot.slate_no: this number cannot be held exactly. …" */
export function findingSentence({ line, jsonPath, message }: BodyError): string {
  const place = [line === null ? '' : `Line ${line}`, jsonPath === '$' ? '' : jsonPath].filter((part) => part !== '');
  if (place.length === 0) return message;
  // A message that quotes a name keeps it as it is.
  return `${place.join(', ')}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
