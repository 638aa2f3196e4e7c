/** A field knows one kind of line break; what the person did not touch keeps its own. Pure. */
import { difference } from '../difference.ts';

const breaks = /\r\n?/g;

/** As a field shows it. */
export const shownText = (text: string): string => text.replace(breaks, '\n');

/** What the body gets for a text that was typed over the one before: only what differs is exchanged. */
export function writtenText(before: string, typed: string): string {
  const shown = shownText(before);
  if (shown === before) return typed;
  const change = difference(shown, typed);
  if (change === null) return before;
  const lineBreak = before.includes('\r\n') ? '\r\n' : '\r';
  const at = (offset: number): number => offsetIn(before, offset);
  return before.slice(0, at(change.from)) + change.insert.replaceAll('\n', lineBreak) + before.slice(at(change.to));
}

/** Where a place of the shown text stands in the text itself. */
function offsetIn(text: string, shownOffset: number): number {
  let at = 0;
  for (let shown = 0; shown < shownOffset; shown += 1) at += text.startsWith('\r\n', at) ? 2 : 1;
  return at;
}
