/** Edits JSON text where it stands: what is new is laid out as what stands beside it, and no other character changes. */
import type { Node } from 'jsonc-parser';

export interface TextEdit {
  readonly offset: number;
  /** Of the text that falls away. */
  readonly length: number;
  readonly text: string;
}

type Scalar = string | number | boolean | null;

/** The blanks of an object: before its first member, before each further one, around the colon, before the closing brace. */
interface Layout {
  readonly first: string;
  readonly between: string;
  readonly colon: string;
  readonly close: string;
}

/** Edits at one place follow each other in their own order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let made = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.offset - b.offset)) {
    made += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return made + text.slice(at);
}

/** A member that stands gets another value; one that does not is added behind the last. */
export function editMember(text: string, object: Node, key: string, value: Scalar): TextEdit {
  const written = JSON.stringify(value);
  const members = object.children ?? [];
  const standing = members.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
  if (standing !== undefined) return { offset: standing.offset, length: standing.length, text: written };
  const { first, between, colon } = layoutOf(text, object);
  const member = JSON.stringify(key) + colon + written;
  const last = members.at(-1);
  return last === undefined
    ? { offset: object.offset + 1, length: 0, text: first + member }
    : { offset: endOf(last), length: 0, text: `,${between}${member}` };
}

/** Adds an object of plain values behind the last element of a list. `root` is the document, whose layout an empty list takes on. */
export function editAppended(
  text: string,
  root: Node,
  list: Node,
  members: Readonly<Record<string, unknown>>,
): TextEdit {
  const elements = list.children ?? [];
  const last = elements.at(-1);
  if (last === undefined) {
    const { element, object, close } = layoutInside(text, root);
    const inner = element + writeObject(members, object) + close;
    return { offset: list.offset + 1, length: list.length - 2, text: inner };
  }
  const layout = layoutOf(text, last);
  const gap = gapBefore(text, last.offset);
  // Before the only element of a line nothing stands, and behind its comma a blank may be usual.
  const between = elements.length > 1 || isLineBreak(gap) ? gap : blankOf(layout);
  return { offset: endOf(last), length: 0, text: `,${between}${writeObject(members, layout)}` };
}

function writeObject(members: Readonly<Record<string, unknown>>, { first, between, colon, close }: Layout): string {
  const written = Object.entries(members).map(([key, value]) => JSON.stringify(key) + colon + JSON.stringify(value));
  return `{${first}${written.join(`,${between}`)}${close}}`;
}

function layoutOf(text: string, object: Node): Layout {
  const [one, other] = object.children ?? [];
  const first = one === undefined ? '' : gapBefore(text, one.offset);
  const [key, value] = one?.children ?? [];
  const colon = key === undefined || value === undefined ? ': ' : text.slice(endOf(key), value.offset);
  const between =
    other === undefined ? (isLineBreak(first) ? first : afterColon(colon)) : gapBefore(text, other.offset);
  return { first, between, colon, close: gapBefore(text, endOf(object) - 1) };
}

/** Of objects in a list in the root object, as deep as they stand there. */
function layoutInside(text: string, root: Node): { element: string; object: Layout; close: string } {
  const layout = layoutOf(text, root);
  const { first, colon } = layout;
  if (!isLineBreak(first)) return { element: '', object: layout, close: '' };
  const indent = first.slice(Math.max(first.lastIndexOf('\n'), first.lastIndexOf('\r')) + 1);
  const element = first + indent;
  const member = element + indent;
  return { element, object: { first: member, between: member, colon, close: element }, close: first };
}

const blankOf = ({ between, colon }: Layout): string => (isLineBreak(between) ? afterColon(colon) : between);
const afterColon = (colon: string): string => colon.slice(colon.indexOf(':') + 1);
const isLineBreak = (blanks: string): boolean => /[\r\n]/.test(blanks);
const endOf = ({ offset, length }: Node): number => offset + length;

/** The blanks that end at `offset`. */
function gapBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /[ \t\r\n]/.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start, offset);
}
