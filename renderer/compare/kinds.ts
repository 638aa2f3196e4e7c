/** How a row of the comparison is named: its glyphs, its word, its fact and the tint of its sides. */
import type { BeatRow, ChangeCounts, ChangeKind } from '../../shared/comparison.ts';
import { counted } from '../scenes/counted.ts';

/** A row without a kind is the same, or only stands at another number because others came or went. */
export type ShownKind = ChangeKind | 'same' | 'shifted';

/** Content before place: a beat that is edited and moved is told, and tinted, as edited. */
const byWeight: readonly ChangeKind[] = ['added', 'removed', 'edited', 'retimed', 'moved'];

export const kindsInOrder: readonly ChangeKind[] = ['added', 'removed', 'edited', 'moved', 'retimed'];

export function shownKinds(row: BeatRow): readonly ShownKind[] {
  const kinds = byWeight.filter((kind) => row.kinds.includes(kind));
  if (kinds.length > 0) return kinds;
  return [row.fromIndex === row.toIndex ? 'same' : 'shifted'];
}

/** Of a beat that has a kind. */
export const mainKindOf = (kinds: readonly ChangeKind[]): ChangeKind =>
  byWeight.find((kind) => kinds.includes(kind)) ?? 'edited';

export const mainKind = (row: BeatRow): ShownKind => shownKinds(row)[0] ?? 'same';

export const isChange = (row: BeatRow): boolean => row.kinds.length > 0;

/** "moved 10 → 7" tells places from 1; an edited row its fields, a retimed one the seconds that came or went. */
export function factOf(row: BeatRow, seconds: { readonly from: number | null; readonly to: number | null }): string {
  if (row.kinds.includes('moved') && row.fromIndex !== null && row.toIndex !== null) {
    return `${row.fromIndex + 1} → ${row.toIndex + 1}`;
  }
  if (row.kinds.includes('edited')) return counted(row.changes.length, 'field');
  if (row.kinds.includes('retimed') && seconds.from !== null && seconds.to !== null) {
    return signed(seconds.to - seconds.from);
  }
  return '';
}

function signed(seconds: number): string {
  const text = Math.abs(seconds).toFixed(2);
  return `${seconds < 0 ? '−' : '+'}${text}`;
}

/** The whole row in words, for titles and for a screen reader. */
export function rowInWords(row: BeatRow): string {
  const words: string[] = [...shownKinds(row)];
  if (row.kinds.includes('moved') && row.fromIndex !== null && row.toIndex !== null) {
    words.push(`from ${row.fromIndex + 1} to ${row.toIndex + 1}`);
  }
  return words.join(', ');
}

export const hasChanges = (counts: ChangeCounts): boolean => kindsInOrder.some((kind) => counts[kind] > 0);

/** The next row with a change after `row` (or before it); null at the end, so that a person notices it. */
export function nextChange(rows: readonly BeatRow[], row: number, step: 1 | -1): number | null {
  for (let index = row + step; index >= 0 && index < rows.length; index += step) {
    const each = rows[index];
    if (each && isChange(each)) return index;
  }
  return null;
}
