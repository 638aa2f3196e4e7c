/** The pane of batches: a field and four filters over the tree of projects, episodes and batches. */
import { useEffect, useMemo } from 'react';
import type { BatchRow } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { BulkBar } from '../bulk/BulkBar.tsx';
import { DraftsWithoutBatch } from '../editor/DraftsWithoutBatch.tsx';
import { ProblemsInList } from '../problems/ProblemsLink.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyPane } from '../ui/EmptyState.tsx';
import { BatchFilters, filterNames } from './BatchFilters.tsx';
import { BatchSearch } from './BatchSearch.tsx';
import { BatchTree } from './BatchTree.tsx';
import { countFilters, listItems } from './batchList.ts';
import { counted } from './counted.ts';
import { type ListFilter, useSelection } from './selection.ts';
import './list.css';

const nothingPasses: Readonly<Record<ListFilter, string>> = {
  all: 'No batch is found',
  needsReview: 'No batch needs review',
  gateClosed: 'No batch has a closed gate',
  problems: 'No batch has a problem',
};

export function BatchList({ rows, isListing }: { readonly rows: readonly BatchRow[]; readonly isListing: boolean }) {
  const { filter, collapsed, search, kept, batch, keep } = useSelection();
  const counts = useMemo(() => countFilters(rows), [rows]);
  const items = useMemo(
    () => listItems(rows, { filter, search, collapsed, kept }),
    [rows, filter, search, collapsed, kept],
  );
  const selected = batch && batchKey(batch);
  useEffect(() => {
    if (selected !== null && items.some((item) => item.key === selected)) keep(selected);
  }, [items, selected, keep]);
  const checked = useMemo(() => rows.filter((row) => row.checked).length, [rows]);

  return (
    <section className="pane pane--sunken" aria-label="Batches" data-pane="list">
      <h1 className="u-hidden list__title">Batches</h1>
      {isListing && <div className="pane__progress" />}
      <BatchSearch />
      <BatchFilters counts={counts} />
      {!isListing && <DraftsWithoutBatch rows={rows} />}
      {checked < rows.length && (
        <p className="list__check clip">
          {counted(counts.problems, 'problem')}, {checked.toLocaleString()} of{' '}
          {counted(rows.length, 'batch', 'batches')} checked
        </p>
      )}
      {filter === 'problems' && counts.problems > 0 && <ProblemsInList />}
      {items.length > 0 || rows.length === 0 ? (
        <BatchTree items={items} />
      ) : (
        <NothingPasses hidden={rows.length} filter={filter} search={search.trim()} />
      )}
      <BulkBar rows={rows} items={items} />
    </section>
  );
}

function NothingPasses({ hidden, filter, search }: { hidden: number; filter: ListFilter; search: string }) {
  const { setFilter, setSearch } = useSelection.getState();
  const by = [filter === 'all' ? '' : filterNames[filter], search].filter((each) => each !== '');
  const showAll = () => {
    setFilter('all');
    setSearch('');
  };
  return (
    <EmptyPane
      title={nothingPasses[filter]}
      actions={
        <Button isSmall onClick={showAll}>
          Show all batches
        </Button>
      }
    >
      <p className="empty__text">
        {counted(hidden, 'batch is', 'batches are')} hidden by {by.map((each) => `“${each}”`).join(' and ')}.
      </p>
    </EmptyPane>
  );
}
