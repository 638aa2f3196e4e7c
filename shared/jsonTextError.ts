/** Why a text is no JSON that Picture Lock accepts, and where: line, column and, where it is known, the place inside. */

/** Deeper documents are refused: no scene needs it, and every walk over a value may recurse. */
export const maximumNesting = 500;

export class JsonTextError extends Error {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly jsonPath: string;

  constructor(reason: string, text: string, offset: number, jsonPath: string) {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    super(`${reason} (line ${line}, column ${column}).`);
    this.name = 'JsonTextError';
    this.line = line;
    this.column = column;
    this.jsonPath = jsonPath;
  }
}
