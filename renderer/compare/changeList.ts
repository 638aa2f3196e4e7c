/** The change list as tab-separated text, for a mail or a spreadsheet. */
import type { VersionComparison } from '../../shared/comparison.ts';
import type { WireValue } from '../../shared/json.ts';
import type { ShownBeat } from './beats.ts';
import { pairOf } from './beats.ts';
import { shownPath } from './fieldChange.ts';
import { isChange, shownKinds } from './kinds.ts';
import { jsonText } from './wireText.ts';

const valueText = (value: WireValue | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : jsonText(value);

/** Quoted, as spreadsheets read it, where a cell would else break the table. */
const cell = (text: string): string => (/[\t\n\r"]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const line = (cells: readonly string[]): string => cells.map(cell).join('\t');

export function changeList(
  comparison: VersionComparison,
  beats: { readonly from: readonly ShownBeat[]; readonly to: readonly ShownBeat[] },
): string {
  const { from, to } = comparison;
  const lines = [
    line([comparison.summary]),
    line(['change', 'beat', `number in v${from}`, `number in v${to}`, 'field', `v${from}`, `v${to}`]),
  ];
  for (const change of comparison.scene) {
    lines.push(
      line(['edited', 'scene', '', '', shownPath(change.path), valueText(change.before), valueText(change.after)]),
    );
  }
  for (const row of comparison.beats) {
    if (!isChange(row)) continue;
    const pair = pairOf(row, beats.from, beats.to);
    const head = [
      shownKinds(row).join(', '),
      row.beatId ?? '',
      pair.from ? String(pair.from.number) : '',
      pair.to ? String(pair.to.number) : '',
    ];
    if (row.changes.length === 0) lines.push(line([...head, '', pair.from?.text ?? '', pair.to?.text ?? '']));
    for (const change of row.changes) {
      lines.push(line([...head, shownPath(change.path), valueText(change.before), valueText(change.after)]));
    }
  }
  return `${lines.join('\n')}\n`;
}
