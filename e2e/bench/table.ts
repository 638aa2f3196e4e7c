/** Prints measured rows as one Markdown table, so that it can be pasted as it is. */
import { isMet, type Measured } from './measure.ts';

const inMilliseconds = (time: number): string => `${time < 10 ? time.toFixed(2) : time.toFixed(0)} ms`;
const figure = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));

function ratioText({ ratio, bar }: Measured): string {
  return 'atMost' in bar ? `${figure(ratio)} ×` : `${figure(1 / ratio)} × faster`;
}

function barText({ bar }: Measured): string {
  return 'atMost' in bar ? `≤ ${bar.atMost} ×` : `≥ ${bar.timesFaster} × faster`;
}

export function printTable(suite: string, rows: readonly Measured[]): void {
  const table = [
    [suite, 'ours', 'yardstick', '', 'ratio', 'bar', '', 'pairs'],
    ...rows.map((row) => [
      row.what,
      inMilliseconds(row.ours),
      row.yardstick,
      inMilliseconds(row.theirs),
      ratioText(row),
      barText(row),
      isMet(row) ? 'met' : 'MISSED',
      String(row.pairs),
    ]),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = table;
  console.log(['', line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line), ''].join('\n'));
}
