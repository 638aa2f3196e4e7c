/** From the text of a scene, or of one beat, to its value and to everything that is wrong in it, each with its line. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type BodyFinding, placesOf } from './bodyFinding.ts';
import { beatNotes, type Note, sceneNotes } from './bodyNotes.ts';
import { parseUnmarked } from './exactJson.ts';
import type { BatchRef } from './ids.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { JsonTextError } from './jsonTextError.ts';
import { describeNotScene, isScene, type Scene } from './scene.ts';

export interface ReadText<Value> {
  /** Null where the text does not hold one. Runtime keys stand in it as in the text. */
  readonly value: Value | null;
  /** In the order of the text. */
  readonly findings: readonly BodyFinding[];
}

export interface SceneTextOptions {
  /** The batch that the scene has to be of; without one its `scene_id` may be any. */
  readonly batch?: Pick<BatchRef, 'batchId' | 'episode'> | undefined;
  /** What the draft was made from: a field of the wrong kind that stood there already is no error of the person's. */
  readonly inherited?: Scene | null | undefined;
}

/** More of one text help nobody. */
const mostFindings = 200;

export function readSceneText(text: string, { batch, inherited = null }: SceneTextOptions = {}): ReadText<Scene> {
  return readText(text, (value, node) => {
    const what = describeNotScene(value);
    if (what !== null) {
      const at = nodeAt(node, what.jsonPath);
      const reason = `This is no scene: ${what.reason}.`;
      return { value: null, notes: [{ severity: 'error', node: at, jsonPath: what.jsonPath, message: reason }] };
    }
    if (!isScene(value)) return { value: null, notes: [] };
    return { value, notes: sceneNotes(text, node, { scene: value, batch, inherited }) };
  });
}

export function readBeatText(text: string, inherited: JsonObject | null = null): ReadText<JsonObject> {
  return readText(text, (value, node) => {
    if (isJsonObject(value)) return { value, notes: beatNotes(text, node, '$', inherited) };
    const message = 'A beat is an object: begin with { and end with }.';
    return { value: null, notes: [{ severity: 'error', node, jsonPath: '$', message }] };
  });
}

interface Judged<Value> {
  readonly value: Value | null;
  readonly notes: readonly Note[];
}

function readText<Value>(text: string, judge: (value: JsonValue, root: Node) => Judged<Value>): ReadText<Value> {
  const place = placesOf(text);
  let value: JsonValue;
  try {
    value = parseUnmarked(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return { value: null, findings: syntaxFindings(text, error, place) };
  }
  const root = parseTree(text, [], strict);
  // What one parser takes the other takes too; where they should ever differ, the stricter one is right.
  if (root === undefined) return { value: null, findings: [] };
  const judged = judge(value, root);
  const findings = judged.notes
    .map(({ severity, node, jsonPath, message }): BodyFinding => {
      const { offset, length } = node;
      return { severity, ...place(offset), offset, length, jsonPath, message };
    })
    .sort((one, other) => one.offset - other.offset);
  const [errors, warnings] = [findings.filter(isError), findings.filter((finding) => !isError(finding))];
  return {
    value: errors.length > 0 ? null : judged.value,
    findings: findings.length <= mostFindings ? findings : [...errors, ...warnings].slice(0, mostFindings),
  };
}

const strict = { disallowComments: true, allowTrailingComma: false };

const isError = ({ severity }: BodyFinding): boolean => severity === 'error';

/** "$.beats[3]" leads to its node; a place that is missing to the one around it. */
function nodeAt(root: Node, jsonPath: string): Node {
  const [, key, index] = /^\$\.(\w+)(?:\[(\d+)\])?$/.exec(jsonPath) ?? [];
  const member = root.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
  if (member === undefined) return root.type === 'object' ? { ...root, length: 1 } : root;
  return index === undefined ? member : (member.children?.[Number(index)] ?? member);
}

const sentences: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is no JSON value; texts stand in double quotes.',
  InvalidNumberFormat: 'This is no JSON number.',
  PropertyNameExpected: 'A key in double quotes is missing here; perhaps the comma before it is one too many.',
  ValueExpected: 'A value is missing here; perhaps the comma before it is one too many.',
  ColonExpected: 'A colon is missing after the key.',
  CommaExpected: 'A comma is missing before this.',
  CloseBraceExpected: 'A } is missing.',
  CloseBracketExpected: 'A ] is missing.',
  EndOfFileExpected: 'Nothing may follow the value.',
  InvalidCommentToken: 'JSON has no comments; take this one out.',
  UnexpectedEndOfComment: 'JSON has no comments; take this one out.',
  UnexpectedEndOfString: 'The text is not closed; a double quote is missing.',
  UnexpectedEndOfNumber: 'The number is not complete.',
  InvalidUnicode: 'After \\u four hexadecimal digits are needed.',
  InvalidEscapeCharacter: 'This escape is not known in JSON; write \\\\ for a backslash.',
  InvalidCharacter: 'A control character must be written as an escape, a line break as \\n.',
};

/** The first by our own parser, which names its place inside; of the others one a line, as far as reading on makes sense. */
function syntaxFindings(
  text: string,
  first: JsonTextError,
  place: ReturnType<typeof placesOf>,
): readonly BodyFinding[] {
  const offset = offsetOf(text, first);
  const message = `${first.message.replace(/ \(line \d+, column \d+\)\.$/, '')}.`;
  const findings: BodyFinding[] = [
    { severity: 'error', line: first.line, column: first.column, offset, length: 1, jsonPath: first.jsonPath, message },
  ];
  // Behind a text that is not closed the rest is read inside out.
  if (/string is not closed/.test(message)) return findings;
  for (const { error, offset: at, length } of tolerantErrors(text)) {
    const { line, column } = place(at);
    // One slip makes a reader stumble several times; what comes before the first is what led to it.
    if (at <= offset || findings.at(-1)?.line === line || findings.length >= mostFindings) continue;
    const sentence = sentences[printParseErrorCode(error)] ?? 'This is no valid JSON.';
    findings.push({ severity: 'error', line, column, offset: at, length, jsonPath: '$', message: sentence });
  }
  return findings;
}

function tolerantErrors(text: string): readonly ParseError[] {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, strict);
  } catch (error) {
    // It recurses as deep as the text nests.
    if (!(error instanceof RangeError)) throw error;
  }
  return errors;
}

function offsetOf(text: string, { line, column }: JsonTextError): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf('\n', start) + 1;
  return Math.min(start + column - 1, text.length);
}
