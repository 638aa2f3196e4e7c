/** One changed field as it is shown: where it stands, and its two values as prose, as a hash or as a plain value. */
import type { FieldChange } from '../../shared/comparison.ts';
import type { WireValue } from '../../shared/json.ts';
import { exactText, jsonText, member, shortHash, unwrapped } from './wireText.ts';

export type ShownValue =
  /** The field is not there. */
  | { readonly kind: 'absent' }
  /** Compared word by word. `speaker` stands before a line of dialogue and is no part of the change. */
  | { readonly kind: 'prose'; readonly text: string; readonly speaker: string | null }
  /** Compared as a whole; `title` is the full text where `text` is shortened. */
  | { readonly kind: 'plain'; readonly text: string; readonly title: string | null; readonly isMono: boolean };

/** `$.shot.dialogue[0].line` reads `dialogue[0].line`: a beat is one shot, so the step says nothing. */
export function shownPath(path: string): string {
  const inside = path.startsWith('$') ? path.slice(1) : path;
  const bare = inside.startsWith('.') ? inside.slice(1) : inside;
  if (bare.startsWith('shot.')) return bare.slice('shot.'.length);
  return bare === '' ? 'the whole beat' : bare;
}

const linePattern = /^\$\.shot\.dialogue\[(\d+)\](?:\.line)?$/;

function speakerOf(beat: WireValue | undefined, path: string): string | null {
  const index = linePattern.exec(path)?.[1];
  if (index === undefined) return null;
  const dialogue = member(member(beat, 'shot'), 'dialogue');
  if (!Array.isArray(dialogue)) return null;
  const speaker = member(dialogue[Number(index)], 'character');
  return typeof speaker === 'string' && speaker !== '' ? speaker : null;
}

/** `{"character", "line"}` of a line that came or went whole. */
function spokenLine(value: WireValue): ShownValue | null {
  const line = member(value, 'line');
  const speaker = member(value, 'character');
  if (typeof line !== 'string' || typeof speaker !== 'string') return null;
  return { kind: 'prose', text: line, speaker };
}

export function shownValue(value: WireValue | undefined, path: string, beat: WireValue | undefined): ShownValue {
  if (value === undefined) return { kind: 'absent' };
  if (typeof value === 'string') {
    const short = shortHash(value);
    if (short !== null) return { kind: 'plain', text: short, title: value, isMono: true };
    if (value === '') return { kind: 'plain', text: '""', title: 'an empty text', isMono: true };
    return { kind: 'prose', text: value, speaker: speakerOf(beat, path) };
  }
  const exact = exactText(value);
  if (exact !== null) return { kind: 'plain', text: exact, title: null, isMono: false };
  const whole = unwrapped(value);
  if (Array.isArray(whole) && whole.length > 0 && whole.every((each) => typeof each === 'string')) {
    return { kind: 'prose', text: whole.join(', '), speaker: null };
  }
  if (linePattern.test(path)) {
    const spoken = spokenLine(value);
    if (spoken) return spoken;
  }
  if (typeof whole === 'object' && whole !== null) {
    return { kind: 'plain', text: jsonText(whole), title: null, isMono: true };
  }
  return { kind: 'plain', text: String(whole), title: null, isMono: false };
}

export interface ShownChange {
  readonly path: string;
  readonly fullPath: string;
  readonly before: ShownValue;
  readonly after: ShownValue;
}

export function shownChange(
  change: FieldChange,
  beats: { readonly from: WireValue | undefined; readonly to: WireValue | undefined },
): ShownChange {
  return {
    path: shownPath(change.path),
    fullPath: change.path,
    before: shownValue(change.before, change.path, beats.from),
    after: shownValue(change.after, change.path, beats.to),
  };
}
