/** Figures with bars that are times, sizes and ratios, and their table, printed as Markdown so that it can be pasted as it is. */

export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** What it is held against, as measured in the same run; empty where nothing is. */
  readonly beside: string;
  /** Null: told for the reader, nothing is asked of it. */
  readonly bar: { readonly text: string; readonly isMet: boolean } | null;
}

export const atMost = (value: number, most: number, unit: string): Figure['bar'] => ({
  text: `≤ ${most}${unit === '×' ? ' ×' : ` ${unit}`}`,
  isMet: value <= most,
});

export const inMs = (time: number): string => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;
export const inTimes = (ratio: number): string => `${ratio.toFixed(2)} ×`;
export const inMb = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

/** Of an ascending or unordered list, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.slice().sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function printFigures(title: string, figures: readonly Figure[]): void {
  const rows = [
    [title, 'measured', 'beside', 'bar', ''],
    ...figures.map(({ what, measured, beside, bar }) => [
      what,
      measured,
      beside,
      bar?.text ?? '',
      bar === null ? '' : bar.isMet ? 'met' : 'MISSED',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  console.log(['', line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line), ''].join('\n'));
}
