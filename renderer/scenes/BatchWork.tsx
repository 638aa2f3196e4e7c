/** The batch that is selected: its head, its versions, and the comparison. While another is read, the one before stays. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BatchRow, BatchView } from '../../shared/contract.ts';
import { type BatchRef, batchKey, episodeName } from '../../shared/ids.ts';
import { ComparePane } from '../compare/ComparePane.tsx';
import { failureOf } from '../queryClient.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyPane } from '../ui/EmptyState.tsx';
import { OutsideNote } from '../watching/OutsideNote.tsx';
import { BatchHeader } from './BatchHeader.tsx';
import { ProblemList } from './ProblemList.tsx';
import { batchQuery } from './queries.ts';
import { VersionsPane } from './VersionsPane.tsx';

interface Shown {
  readonly refOf: BatchRef;
  readonly batch: BatchView;
}

export function BatchWork({ refOf, row }: { readonly refOf: BatchRef; readonly row: BatchRow }) {
  const reading = useQuery(batchQuery(refOf));
  const [last, setLast] = useState<Shown | null>(null);
  if (reading.data && (last?.batch !== reading.data || last.refOf !== refOf)) setLast({ refOf, batch: reading.data });
  const shown = reading.data ? { refOf, batch: reading.data } : last;

  if (reading.isError && !reading.data) {
    return (
      <div className="work">
        <h1 className="u-hidden">{`${episodeName(refOf.episode)} / ${refOf.batchId}`}</h1>
        <section className="pane" aria-label="Comparison" data-pane="comparison">
          <EmptyPane
            title={`${refOf.batchId} cannot be read`}
            actions={<Button onClick={() => void reading.refetch()}>Try again</Button>}
          >
            <p className="empty__text">{failureOf(reading.error).message}</p>
          </EmptyPane>
        </section>
      </div>
    );
  }
  if (!shown) {
    return (
      <div className="work" aria-busy="true">
        <h1 className="u-hidden">{row.title ?? refOf.batchId}</h1>
      </div>
    );
  }
  return (
    <div className="work" aria-busy={reading.isFetching}>
      <BatchHeader refOf={shown.refOf} batch={shown.batch} />
      <OutsideNote refOf={shown.refOf} batch={shown.batch} />
      <ProblemList refOf={shown.refOf} batch={shown.batch} />
      <div className="work__split">
        <VersionsPane key={batchKey(shown.refOf)} refOf={shown.refOf} batch={shown.batch} isReading={!reading.data} />
        <ComparePane batch={shown.batch} refOf={shown.refOf} />
      </div>
    </div>
  );
}
