/** Rows of a comparison for the tests of this folder. */
import type { BeatRow, ChangeKind } from '../../shared/comparison.ts';

export function row(
  fromIndex: number | null,
  toIndex: number | null,
  kinds: readonly ChangeKind[] = [],
  more: Partial<BeatRow> = {},
): BeatRow {
  const isContent = kinds.includes('edited') || kinds.includes('retimed');
  const print = (side: string) => `sf1:${fromIndex ?? 'x'}${isContent ? side : ''}${fromIndex === null ? toIndex : ''}`;
  return {
    kinds,
    beatId: `B${String((fromIndex ?? toIndex ?? 0) + 1).padStart(3, '0')}`,
    fromIndex,
    toIndex,
    fingerprints: {
      from: fromIndex === null ? null : print('a'),
      to: toIndex === null ? null : print('b'),
    },
    changes: [],
    ...more,
  };
}
