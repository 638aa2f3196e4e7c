/** What became of the lines of dialogue since the base: which are new, which read differently, which are gone. Pure. */
import { isSameValue } from '../../../shared/fieldChanges.ts';
import type { JsonValue } from '../../../shared/json.ts';

export interface LineMarks {
  /** Per line of the draft: null as in the base, `new`, or the line that stood in its place. */
  readonly lines: readonly (null | 'new' | { readonly was: JsonValue })[];
  /** Lines of the base that stand nowhere any more. */
  readonly removed: readonly JsonValue[];
  /** All lines are there, but not in their order. */
  readonly isReordered: boolean;
}

/** Equal lines pair first, the first with the first; of what is left, those at the same index are one line that was rewritten. */
export function lineMarks(base: readonly JsonValue[] | null, now: readonly JsonValue[]): LineMarks {
  if (!base) return { lines: now.map(() => null), removed: [], isReordered: false };
  const partners = now.map(() => -1);
  const isTaken = base.map(() => false);
  now.forEach((line, index) => {
    const partner = base.findIndex((each, at) => !isTaken[at] && isSameValue(each, line));
    if (partner < 0) return;
    partners[index] = partner;
    isTaken[partner] = true;
  });
  const lines = now.map((_, index) => {
    if ((partners[index] ?? -1) >= 0) return null;
    const before = base[index];
    if (before === undefined || isTaken[index]) return 'new';
    isTaken[index] = true;
    return { was: before };
  });
  const kept = partners.filter((partner) => partner >= 0);
  return {
    lines,
    removed: base.filter((_, at) => !isTaken[at]),
    isReordered: kept.some((partner, at) => at > 0 && partner < (kept[at - 1] ?? 0)),
  };
}
