/** Ways to the Problems screen with the number of what is wrong: in the top bar beside the other screens, and in the status bar. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { counted } from '../scenes/counted.ts';
import { batchesQuery } from '../scenes/queries.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { useView } from '../view.ts';
import { countProblems, type ProblemCounts } from './problemGroups.ts';
import { showProblems } from './showProblems.ts';
import { useVerifyNotices } from './verify.ts';
import './problemsLink.css';

/** Nothing is asked for: the list is there already, or comes. */
function useCounts(): ProblemCounts {
  const rows = useQuery({ ...batchesQuery(), enabled: false }).data;
  return useMemo(() => countProblems(rows ?? []), [rows]);
}

/** Only where there is something wrong, or where its screen is shown. */
export function ProblemsPage() {
  useVerifyNotices();
  const { errors, warnings } = useCounts();
  const isShown = useView((state) => state.view === 'problems');
  if (errors + warnings === 0 && !isShown) return null;
  return (
    <button type="button" aria-current={isShown ? 'page' : undefined} onClick={showProblems}>
      Problems
      <span className="pages__count">{(errors + warnings).toLocaleString()}</span>
    </button>
  );
}

export function ProblemsStatus() {
  const { errors, warnings } = useCounts();
  if (errors + warnings === 0) return null;
  return (
    <span>
      <button type="button" className="status-link" onClick={showProblems}>
        <Glyph name="problem" size={12} className={errors > 0 ? 's-bad' : 's-warn'} />
        {counted(errors + warnings, 'problem')}
      </button>
    </span>
  );
}

/** Under the list's own filter, which shows the batches and not what is wrong with them. */
export const ProblemsInList = () => (
  <button type="button" className="list-link" onClick={showProblems}>
    See what is wrong, and what to do
    <Glyph name="right" size={12} className="faint push" />
  </button>
);
