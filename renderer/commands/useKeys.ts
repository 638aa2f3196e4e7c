/** Turns key presses into commands: not inside a field, not while something floats above, not where single letters are off. */
import { useEffect } from 'react';
import { commandFor } from './commandFor.ts';
import { commandTable } from './commandTable.ts';
import { currentContext } from './context.ts';

const isMac = /mac/i.test(navigator.platform);

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])'));

/** A dialog, a menu or the palette has the keyboard to itself. */
const isSomethingAbove = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

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
