/** The button beside a problem that a repair mends; it opens the preview of that repair. */
import { useQuery } from '@tanstack/react-query';
import type { BatchRef } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import { hostQuery } from '../scenes/queries.ts';
import { Button } from '../ui/Button.tsx';
import { useRepairs } from './repairs.ts';
import { askLabel, questionOf } from './repairText.ts';

export function RepairButton({ batch, problem }: { readonly batch: BatchRef; readonly problem: Problem }) {
  const canWrite = useQuery({ ...hostQuery(), enabled: false }).data?.workspace?.canWrite ?? true;
  const question = questionOf(problem);
  if (question === null) return null;
  return (
    <Button
      isSmall
      disabled={!canWrite}
      title={canWrite ? undefined : 'This workspace is read-only here.'}
      onClick={() => void useRepairs.getState().ask(batch, question)}
    >
      {askLabel(question)}
    </Button>
  );
}
