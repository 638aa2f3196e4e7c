/** The Problems screen: every batch with something wrong, what it is, where, what to do, and the repair where there is one. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BatchRow, WorkspaceInfo } from '../../shared/contract.ts';
import { failureOf } from '../queryClient.ts';
import { counted } from '../scenes/counted.ts';
import { batchesQuery } from '../scenes/queries.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyPane } from '../ui/EmptyState.tsx';
import { ProblemFeed } from './ProblemFeed.tsx';
import { ProblemsHead } from './ProblemsHead.tsx';
import { countProblems, groupProblems } from './problemGroups.ts';
import { useProblems } from './problemsState.ts';
import { VerifyLine } from './VerifyLine.tsx';
import './problems.css';

const noRows: readonly BatchRow[] = [];

export function ProblemsScreen({ workspace }: { readonly workspace: WorkspaceInfo }) {
  const listing = useQuery(batchesQuery());
  const filter = useProblems((state) => state.filter);
  const rows = listing.data ?? noRows;
  const counts = useMemo(() => countProblems(rows), [rows]);
  const groups = useMemo(() => groupProblems(rows, filter), [rows, filter]);
  return (
    <main className="panes p-problems" aria-busy={listing.isFetching}>
      <section className="pane" aria-label="Problems" data-pane="problems">
        <ProblemsHead counts={counts} rows={rows} groups={groups} workspace={workspace} />
        <VerifyLine />
        {groups.length > 0 ? (
          <ProblemFeed groups={groups} workspace={workspace} />
        ) : listing.isError && rows.length === 0 ? (
          <EmptyPane
            title="The batches cannot be listed"
            actions={<Button onClick={() => void listing.refetch()}>Try again</Button>}
          >
            <p className="empty__text">{failureOf(listing.error).message}</p>
          </EmptyPane>
        ) : (
          !listing.isPending && <Nothing rows={rows} isFiltered={counts.batches > 0} />
        )}
      </section>
    </main>
  );
}

function Nothing({ rows, isFiltered }: { readonly rows: readonly BatchRow[]; readonly isFiltered: boolean }) {
  const { filter, setFilter } = useProblems();
  if (isFiltered) {
    return (
      <EmptyPane
        title={filter === 'error' ? 'No errors' : 'No warnings'}
        actions={
          <Button isSmall onClick={() => setFilter('all')}>
            Show all problems
          </Button>
        }
      >
        <p className="empty__text">
          What is wrong in this workspace {filter === 'error' ? 'are warnings only' : 'are errors only'}.
        </p>
      </EmptyPane>
    );
  }
  const checked = rows.filter((row) => row.checked).length;
  return (
    <EmptyPane title={checked === rows.length ? 'Nothing is wrong' : 'Nothing wrong so far'}>
      <p className="empty__text">
        {checked === rows.length
          ? `${counted(rows.length, 'batch was', 'batches were')} read, with manifest, bodies and ledger.`
          : `${checked.toLocaleString()} of ${counted(rows.length, 'batch', 'batches')} are checked; the rest goes on by itself.`}
      </p>
    </EmptyPane>
  );
}
