/** Which command a key press is, in the situation it is pressed in. Pure. */
import { isPressed, isSingleKey, type KeyPress } from './chords.ts';
import type { Command } from './command.ts';

/** What of the keyboard's state decides, apart from the press itself. */
export interface Situation {
  readonly isInField: boolean;
  readonly hasSingleLetterKeys: boolean;
  readonly isMac: boolean;
}

/** A field keeps its own keys, those with Ctrl that edit text too. */
const ownKeysOfFields: ReadonlySet<string> = new Set(['z', 'c', 'Enter']);

export function commandFor(commands: readonly Command[], press: KeyPress, situation: Situation): Command | null {
  const found = commands.find(({ chord, isHandledInPlace, isForFields, disabledReason }) => {
    if (!chord || isHandledInPlace || disabledReason !== null) return false;
    if (isSingleKey(chord) && (situation.isInField || !situation.hasSingleLetterKeys)) return false;
    if (situation.isInField && !isForFields && ownKeysOfFields.has(chord.key)) return false;
    return isPressed(chord, press, situation.isMac);
  });
  return found ?? null;
}
