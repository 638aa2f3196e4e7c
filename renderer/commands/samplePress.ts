/** A key press for the tests of this folder. */
import type { KeyPress } from './chords.ts';

interface PressOptions extends Partial<Omit<KeyPress, 'getModifierState' | 'key'>> {
  readonly isAltGraph?: boolean;
}

export const press = (key: string, { isAltGraph = false, ...more }: PressOptions = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  getModifierState: () => isAltGraph,
  ...more,
});
