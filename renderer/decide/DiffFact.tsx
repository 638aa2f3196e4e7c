/** What the decision would change in the scene, against the version that is active. */
import { useQuery } from '@tanstack/react-query';
import type { VersionComparison } from '../../shared/comparison.ts';
import type { BatchView } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { comparisonStamp } from '../compare/comparisonStamp.ts';
import { failureOf } from '../queryClient.ts';
import { comparisonQuery } from '../scenes/queries.ts';
import { Fact, Kinds } from './parts.tsx';

interface Pair {
  readonly batch: BatchView;
  readonly refOf: BatchRef;
  /** Null: no version is known to be active, so there is nothing to compare with. */
  readonly from: number | null;
  readonly to: number;
}

export interface PairComparison {
  readonly data: VersionComparison | undefined;
  readonly error: unknown;
}

export function usePairComparison({ batch, refOf, from, to }: Pair): PairComparison {
  const { data, error } = useQuery({
    ...comparisonQuery(refOf, from ?? to, to, comparisonStamp(batch, from ?? to, to)),
    enabled: from !== null && from !== to,
  });
  return { data, error };
}

export function DiffFact({
  pair,
  from,
  to,
}: {
  readonly pair: PairComparison;
  readonly from: number | null;
  readonly to: number;
}) {
  if (from === to) return null;
  return (
    <Fact label="Diff">
      {pair.data ? (
        <Kinds comparison={pair.data} />
      ) : (
        <span className="dim">
          {from === null
            ? 'nothing to compare with: no version is known to be active'
            : pair.error
              ? failureOf(pair.error).message
              : 'comparing …'}
        </span>
      )}
    </Fact>
  );
}
