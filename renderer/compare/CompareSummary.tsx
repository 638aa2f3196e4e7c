/** What changed, in one sentence, and what it costs downstream, with the bar that shows it shot by shot. */
import { memo, useMemo } from 'react';
import type { ComparisonView } from './useComparisonView.ts';
import { keepsBoards, weightBar } from './weightCells.ts';

export const CompareSummary = memo(function CompareSummary({ view }: { readonly view: ComparisonView }) {
  const { comparison } = view;
  const bar = useMemo(() => weightBar(keepsBoards(comparison.beats)), [comparison.beats]);
  return (
    <div className="compare__head">
      <p className="sentence" dir="auto">
        {comparison.summary}
      </p>
      <p className="weight">
        <svg className="weight__bar" width={bar.width} height="12" aria-hidden="true">
          {bar.cells.map((cell) => (
            <rect
              key={cell.x}
              className={cell.isSame ? 'weight__same' : 'weight__new'}
              x={cell.x}
              y="1.5"
              width={cell.width}
              height="9"
            />
          ))}
        </svg>
        <span>{comparison.weight.sentence}</span>
      </p>
    </div>
  );
});
