/** Key chords: how one is written, and whether a key press is one, on any keyboard layout. */

export interface Chord {
  /** As `KeyboardEvent.key` gives it, letters small: `k`, `?`, `Enter`, `F6`. */
  readonly key: string;
  /** Ctrl, or Cmd on macOS. */
  readonly mod?: boolean;
  readonly alt?: boolean;
  /** Left out for signs that need Shift themselves on some layouts, such as `?`. */
  readonly shift?: boolean;
}

/** What of a KeyboardEvent is looked at. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  getModifierState(key: 'AltGraph'): boolean;
}

const isLetter = (key: string): boolean => /^[a-z]$/.test(key);

/** The letter that is written on the key, also where the layout is not Latin: there the key's place counts. */
function pressedKey(press: KeyPress): string {
  if (press.key.length > 1) return press.key;
  const small = press.key.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (/^[\u0000-\u007f]$/.test(small)) return small;
  return /^Key([A-Z])$/.exec(press.code)?.[1]?.toLowerCase() ?? small;
}

export function isPressed(chord: Chord, press: KeyPress, isMac: boolean): boolean {
  if (press.isComposing || pressedKey(press) !== chord.key) return false;
  // AltGr reaches the page as Ctrl and Alt: on many layouts `]` and `[` are written so.
  const isWritten = press.getModifierState('AltGraph') && !isLetter(chord.key);
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const other = isMac ? press.ctrlKey : press.metaKey;
  if (!isWritten && (mod !== (chord.mod ?? false) || other || press.altKey !== (chord.alt ?? false))) return false;
  const needsShift = isLetter(chord.key) || chord.key.length > 1;
  return !needsShift || press.shiftKey === (chord.shift ?? false);
}

/** WCAG 2.1.4: what must be possible to turn off, and what never acts inside a field. */
export const isSingleKey = (chord: Chord): boolean =>
  chord.mod !== true && chord.alt !== true && chord.key.length === 1;

const arrows: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** For `<Keys of={…} />`, which writes Cmd for Ctrl on macOS. */
export const chordText = (chord: Chord): readonly string[] => [
  ...(chord.mod ? ['Ctrl'] : []),
  ...(chord.alt ? ['Alt'] : []),
  ...(chord.shift ? ['Shift'] : []),
  arrows[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key),
];
