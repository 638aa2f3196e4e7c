/** How a row of the list shows that others changed its batch: a mark until it is looked at, a flash when it is new. */
import type { OutsideMark } from './outsideMarks.ts';

/** As long as `--flash` lasts: a row that is drawn later, by scrolling, does not flash again. */
const flashMs = 2_400;

export function outsideClasses(mark: OutsideMark | undefined, isSelected: boolean, isGone: boolean): readonly string[] {
  const classes: string[] = [];
  if (mark && !isSelected) classes.push('is-live');
  if (mark && Date.now() - mark.seenAt < flashMs) classes.push('is-flashing');
  if (isGone) classes.push('is-gone');
  return classes;
}
