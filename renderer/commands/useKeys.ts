/** Turns key presses into commands: not inside a field, not while something floats above, not where single letters are off. */
import { useEffect } from 'react';
import { isPressed, isSingleKey, type KeyPress } from './chords.ts';
import type { Command } from './command.ts';
import { commandTable } from './commandTable.ts';
import { currentContext } from './context.ts';

const isMac = /mac/i.test(navigator.platform);

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])'));

/** A dialog, a menu or the palette has the keyboard to itself. */
const isSomethingAbove = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

/** What of the keyboard's state decides, apart from the press itself. */
export interface Situation {
  readonly isInField: boolean;
  readonly hasSingleLetterKeys: boolean;
  readonly isMac: boolean;
}

/** A field keeps its own keys, those with Ctrl that edit text too. */
const ownKeysOfFields: ReadonlySet<string> = new Set(['z', 'c', 'Enter']);

export function commandFor(commands: readonly Command[], press: KeyPress, situation: Situation): Command | null {
  const found = commands.find(({ chord, isHandledInPlace, disabledReason }) => {
    if (!chord || isHandledInPlace || disabledReason !== null) return false;
    if (isSingleKey(chord) && (situation.isInField || !situation.hasSingleLetterKeys)) return false;
    if (situation.isInField && ownKeysOfFields.has(chord.key)) return false;
    return isPressed(chord, press, situation.isMac);
  });
  return found ?? null;
}

export function useKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (event.repeat && event.key === 'Enter') || isSomethingAbove()) return;
      const context = currentContext();
      const command = commandFor(commandTable(context), event, {
        isInField: isField(event.target),
        hasSingleLetterKeys: context.settings?.hasSingleLetterKeys ?? true,
        isMac,
      });
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
