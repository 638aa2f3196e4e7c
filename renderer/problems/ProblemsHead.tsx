/** The head of the Problems screen: how much is wrong, the filter, the report, and the way to check everything anew. */
import { useMemo } from 'react';
import type { BatchRow, WorkspaceInfo } from '../../shared/contract.ts';
import { copyText } from '../compare/copyText.ts';
import { counted } from '../scenes/counted.ts';
import { Button } from '../ui/Button.tsx';
import { useToasts } from '../ui/toasts.ts';
import { useView } from '../view.ts';
import type { ProblemCounts, ProblemGroup, SeverityFilter } from './problemGroups.ts';
import { reportText } from './problemReport.ts';
import { useProblems } from './problemsState.ts';
import { stopVerifying, verifyEverything } from './verify.ts';

interface ProblemsHeadProps {
  readonly counts: ProblemCounts;
  readonly rows: readonly BatchRow[];
  readonly groups: readonly ProblemGroup[];
  readonly workspace: WorkspaceInfo;
}

export function ProblemsHead({ counts, rows, groups, workspace }: ProblemsHeadProps) {
  const isVerifying = useProblems((state) => state.verification.kind === 'underWay');
  const checked = useMemo(() => rows.filter((row) => row.checked).length, [rows]);
  const copyReport = async () => {
    const isCopied = await copyText(reportText(groups, workspace));
    const lines = groups.reduce((sum, { problems }) => sum + problems.length, 0);
    useToasts
      .getState()
      .show(
        isCopied
          ? { kind: 'done', title: `${counted(lines, 'problem')} copied, tab-separated.` }
          : { kind: 'failed', title: 'The clipboard could not be reached, so nothing was copied.' },
      );
  };
  return (
    <header className="pane__head problems-head">
      <h1 className="pane__title">Problems</h1>
      <Filter counts={counts} />
      <span className="dim clip problems-head__sum">
        in {counts.batches.toLocaleString()} of {counted(rows.length, 'batch', 'batches')}
        {checked < rows.length && !isVerifying && `, ${checked.toLocaleString()} checked`}
      </span>
      <span className="toolbar push">
        <Button look="quiet" isSmall className="problems-head__back" onClick={() => useView.getState().show('scenes')}>
          Back to Scenes
        </Button>
        <Button look="quiet" isSmall disabled={groups.length === 0} onClick={() => void copyReport()}>
          Copy the report
        </Button>
        {isVerifying ? (
          <Button isSmall onClick={stopVerifying}>
            Stop
          </Button>
        ) : (
          <Button isSmall onClick={() => void verifyEverything()}>
            Check everything anew
          </Button>
        )}
      </span>
    </header>
  );
}

function Filter({ counts }: { readonly counts: ProblemCounts }) {
  const { filter, setFilter } = useProblems();
  const options: readonly { readonly value: SeverityFilter; readonly label: string; readonly count: number }[] = [
    { value: 'all', label: 'All', count: counts.errors + counts.warnings },
    { value: 'error', label: 'Errors', count: counts.errors },
    { value: 'warning', label: 'Warnings', count: counts.warnings },
  ];
  return (
    <fieldset className="seg-control">
      <legend className="u-hidden">Severity</legend>
      {options.map(({ value, label, count }) => (
        <button
          key={value}
          type="button"
          className={value === filter ? 'is-on' : undefined}
          aria-pressed={value === filter}
          onClick={() => setFilter(value)}
        >
          {label} {count.toLocaleString()}
        </button>
      ))}
    </fieldset>
  );
}
