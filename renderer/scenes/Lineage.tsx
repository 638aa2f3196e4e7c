/** One row of the lineage: the lines that pass or end here, and the version's node. */
import type { LineageGraph, LineageLine, LineageRow } from './lineage.ts';

const height = 44;
const middle = height / 2;
const widest = 96;

/** Lanes are 16 px apart, and closer where there are so many that they would push the text away. */
function lanePlaces(lanes: number): { readonly width: number; readonly x: (lane: number) => number } {
  const step = lanes <= 1 ? 16 : Math.min(16, (widest - 28) / (lanes - 1));
  return { width: Math.max(44, 28 + step * (lanes - 1)), x: (lane) => 12 + lane * step };
}

function linePath(line: LineageLine, x: (lane: number) => number): string {
  const at = x(line.lane);
  switch (line.kind) {
    case 'through':
      return `M${at} 0V${height}`;
    case 'in':
      return `M${at} 0V${middle}`;
    case 'out':
      return `M${at} ${middle}V${height}`;
    case 'missing':
      return `M${at} ${middle}V${height - 4}`;
    case 'merge': {
      const across = x(line.into) - at;
      return `M${at} 0c0 14 ${across} 8 ${across} ${middle}`;
    }
  }
}

export function Lineage({ row, lanes }: { readonly row: LineageRow; readonly lanes: LineageGraph['lanes'] }) {
  const { width, x } = lanePlaces(lanes);
  const at = x(row.lane);
  return (
    <svg className="lineage" viewBox={`0 0 ${width} ${height}`} style={{ width }} aria-hidden="true">
      {row.lines.map((line) => (
        <path
          key={`${line.kind} ${line.lane}`}
          className={line.kind === 'missing' ? 'l-missing' : undefined}
          d={linePath(line, x)}
        />
      ))}
      {row.isActive && <circle className="n-active" cx={at} cy={middle} r="8.25" />}
      {row.node === 'approved' ? (
        <>
          <circle className="n-approved" cx={at} cy={middle} r="5" />
          <path className="n-check" d={`m${at - 2.25} 22.25 1.6 1.6 2.9-3.2`} />
        </>
      ) : (
        <circle className={`n-${row.node}`} cx={at} cy={middle} r="4.5" />
      )}
    </svg>
  );
}
