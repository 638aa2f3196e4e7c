/** A strict JSON parser of our own, used only where JSON.parse would lose a number or cannot say what is wrong. */
import { type JsonObject, type JsonValue, setOwn } from './json.ts';
import { atIndex, atKey } from './jsonPath.ts';
import { JsonTextError, maximumNesting } from './jsonTextError.ts';
import { numberFromLiteral } from './numberLiteral.ts';
import { stringEnd } from './stringEnd.ts';

const blank = /[ \t\n\r]*/y;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class Reader {
  readonly text: string;
  at = 0;
  /** Keys and indexes down to where we read, so that an error can name the place. */
  readonly trail: (string | number)[] = [];

  constructor(text: string) {
    this.text = text;
  }

  fail(reason: string, offset = this.at): never {
    const path = this.trail.reduce<string>(
      (made, step) => (typeof step === 'number' ? atIndex(made, step) : atKey(made, step)),
      '$',
    );
    throw new JsonTextError(reason, this.text, offset, path);
  }

  /** What stands here, for a message. */
  found(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? 'the text ends' : `${JSON.stringify(String.fromCodePoint(code))} stands`;
  }

  skipBlanks(): void {
    blank.lastIndex = this.at;
    blank.test(this.text);
    this.at = blank.lastIndex;
  }

  token(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return null;
    const token = this.text.slice(this.at, pattern.lastIndex);
    this.at = pattern.lastIndex;
    return token;
  }

  takes(character: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  string(): string {
    const start = this.at;
    const end = stringEnd(this.text, start);
    // Its own text goes to JSON.parse, which knows escapes and bare control characters; a pattern would run out of
    // stack on strings of megabytes.
    try {
      const value: unknown = JSON.parse(this.text.slice(start, end));
      if (typeof value === 'string') {
        this.at = end;
        return value;
      }
    } catch {
      // Told below, with its place.
    }
    return this.fail('A string is not closed, or holds a bare control character or an unknown escape', start);
  }

  object(): JsonObject {
    const made: Record<string, JsonValue> = {};
    if (this.takes('}')) return made;
    do {
      this.skipBlanks();
      if (this.text[this.at] !== '"') this.fail(`A key in double quotes was expected where ${this.found()}`);
      const key = this.string();
      if (!this.takes(':')) this.fail(`A colon was expected after ${JSON.stringify(key)} where ${this.found()}`);
      this.trail.push(key);
      setOwn(made, key, this.value());
      this.trail.pop();
    } while (this.takes(','));
    if (!this.takes('}')) this.fail(`A comma or } was expected where ${this.found()}`);
    return made;
  }

  array(): readonly JsonValue[] {
    const made: JsonValue[] = [];
    if (this.takes(']')) return made;
    do {
      this.trail.push(made.length);
      made.push(this.value());
      this.trail.pop();
    } while (this.takes(','));
    if (!this.takes(']')) this.fail(`A comma or ] was expected where ${this.found()}`);
    return made;
  }

  value(): JsonValue {
    this.skipBlanks();
    const first = this.text[this.at];
    if (first === '{' || first === '[') {
      // The trail is as long as the nesting outside of this one.
      if (this.trail.length >= maximumNesting) this.fail(`Nesting goes beyond ${maximumNesting} levels`);
      this.at += 1;
      return first === '{' ? this.object() : this.array();
    }
    if (first === '"') return this.string();
    const number = this.token(numberToken);
    if (number !== null) return numberFromLiteral(number);
    for (const [word, value] of words) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.fail(`A value was expected where ${this.found()}`);
  }
}

/** Throws JsonTextError. The text has no byte-order mark any more. */
export function parseSlowly(text: string): JsonValue {
  const reader = new Reader(text);
  const value = reader.value();
  reader.skipBlanks();
  if (reader.at < text.length) reader.fail(`Nothing may follow the value, but ${reader.found()}`);
  return value;
}
