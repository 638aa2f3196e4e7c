/** One batch of the Problems screen with all that is wrong with it. */
import { useId } from 'react';
import type { WorkspaceInfo } from '../../shared/contract.ts';
import { episodeName } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import { copyText } from '../compare/copyText.ts';
import { RepairButton } from '../repair/RepairButton.tsx';
import { refOfRow } from '../scenes/batchList.ts';
import { problemSign, problemTitle } from '../scenes/problemText.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { useToasts } from '../ui/toasts.ts';
import type { ProblemGroup } from './problemGroups.ts';
import { problemPath, wrongFile } from './problemReport.ts';
import { showInScenes } from './showProblems.ts';

interface ProblemBatchProps {
  readonly group: ProblemGroup;
  readonly workspace: WorkspaceInfo;
  readonly index: number;
  readonly size: number;
  readonly isCursor: boolean;
  /** Pixels from the top of the whole list. */
  readonly top: number;
  readonly measure: (element: HTMLElement | null) => void;
}

export function ProblemBatch({ group, workspace, index, size, isCursor, top, measure }: ProblemBatchProps) {
  const { row, problems } = group;
  const name = useId();
  const ref = refOfRow(row);
  return (
    <article
      ref={measure}
      className="problem-batch"
      style={{ transform: `translateY(${top}px)` }}
      data-index={index}
      aria-labelledby={name}
      aria-posinset={index + 1}
      aria-setsize={size}
      // One stop: arrow keys go from batch to batch, Tab goes to the buttons inside.
      tabIndex={isCursor ? 0 : -1}
    >
      <header className="problem-batch__head">
        <h2 id={name} className="problem-batch__name">
          <span className="clip" dir="auto">
            {row.title ?? row.batchId}
          </span>{' '}
          <span className="mono faint">
            {episodeName(row.episode)} / {row.batchId}
          </span>
        </h2>
        <span className="faint clip hide-narrow" dir="auto">
          {row.project}
        </span>
        <Button look="quiet" isSmall className="push" onClick={() => showInScenes(ref)}>
          Show in Scenes
        </Button>
      </header>
      <ul className="problem-batch__all" aria-label={`What is wrong with ${row.batchId}`}>
        {problems.map((problem) => (
          <ProblemItem
            key={`${problem.code} ${problem.version ?? ''} ${problem.message}`}
            problem={problem}
            group={group}
            workspace={workspace}
          />
        ))}
      </ul>
    </article>
  );
}

interface ProblemItemProps {
  readonly problem: Problem;
  readonly group: ProblemGroup;
  readonly workspace: WorkspaceInfo;
}

function ProblemItem({ problem, group, workspace }: ProblemItemProps) {
  const sign = problemSign(problem);
  const ref = refOfRow(group.row);
  const path = problemPath(workspace, ref, problem);
  const copyPath = async () => {
    const isCopied = await copyText(path);
    useToasts.getState().show({
      kind: isCopied ? 'done' : 'failed',
      batch: ref,
      title: isCopied ? 'The path is copied.' : 'The clipboard could not be reached, so nothing was copied.',
      text: path,
    });
  };
  return (
    <li className="problem problem--listed">
      <Glyph name={sign.glyph} className={sign.ink} label={problem.severity} />
      <b>{problemTitle(problem)}</b>
      <span className="problem__acts">
        <RepairButton batch={ref} problem={problem} />
        <Button look="quiet" isSmall onClick={() => void copyPath()}>
          Copy the path
        </Button>
      </span>
      <span className="problem__where" dir="auto">
        {problem.message}
      </span>
      <span className="problem__where mono problem__file" title={path}>
        {wrongFile(ref, problem) ?? 'the scenes folder'}
        {problem.jsonPath !== undefined && <span className="problem__path">{problem.jsonPath}</span>}
      </span>
    </li>
  );
}
