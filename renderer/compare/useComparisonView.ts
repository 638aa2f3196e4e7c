/** The comparison with both bodies' beats, all of one moment; while a new one loads, the old one stays. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { VersionComparison } from '../../shared/comparison.ts';
import type { BatchView } from '../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import { comparisonQuery, sceneQuery } from '../scenes/queries.ts';
import { type ShownBeat, shownBeats } from './beats.ts';
import { comparisonStamp } from './comparisonStamp.ts';

export interface ComparisonView {
  /** Names the batch and the pair: another one is another table, with a scroll position and measured heights of its own. */
  readonly key: string;
  readonly comparison: VersionComparison;
  readonly from: readonly ShownBeat[];
  readonly to: readonly ShownBeat[];
  /** The version alone: there is nothing to compare it with, or the other cannot be read. */
  readonly isSingle: boolean;
}

export interface ComparisonState {
  /** Null before the first, and where neither body can be read. */
  readonly view: ComparisonView | null;
  readonly isLoading: boolean;
  readonly failure: unknown;
  retry(): void;
}

/** Readable, but holding what cannot be fingerprinted: its beats cannot be told apart exactly. */
const incomparable: ReadonlySet<string> = new Set(['number_out_of_range', 'lone_surrogate']);

export const canCompare = ({ isReadable, problem }: VersionSummary): boolean =>
  isReadable && !(problem && incomparable.has(problem.code));

/** Which pair is asked for: an unreadable version is left out, so that the other can still be looked at. */
function readablePair(from: VersionSummary, to: VersionSummary): { from: VersionSummary; to: VersionSummary } | null {
  if (canCompare(from) && canCompare(to)) return { from, to };
  if (canCompare(to)) return { from: to, to };
  return canCompare(from) ? { from, to: from } : null;
}

export function useComparisonView(
  batch: BatchView,
  refOf: BatchRef,
  versions: { readonly from: VersionSummary | null; readonly to: VersionSummary | null },
): ComparisonState {
  const pair = versions.from && versions.to ? readablePair(versions.from, versions.to) : null;
  const from = pair?.from.version ?? 0;
  const to = pair?.to.version ?? 0;
  const enabled = pair !== null;
  const comparison = useQuery({ ...comparisonQuery(refOf, from, to, comparisonStamp(batch, from, to)), enabled });
  const fromScene = useQuery({ ...sceneQuery(refOf, from, pair?.from.bodyChangedAt ?? null), enabled });
  const toScene = useQuery({ ...sceneQuery(refOf, to, pair?.to.bodyChangedAt ?? null), enabled });

  const name = batchKey(refOf);
  const fresh = useMemo<ComparisonView | null>(() => {
    if (!comparison.data || !fromScene.data || !toScene.data) return null;
    return {
      key: `${name} ${comparison.data.from} ${comparison.data.to}`,
      comparison: comparison.data,
      from: shownBeats(fromScene.data),
      to: shownBeats(toScene.data),
      isSingle: comparison.data.from === comparison.data.to,
    };
  }, [name, comparison.data, fromScene.data, toScene.data]);

  const [last, setLast] = useState<ComparisonView | null>(null);
  if (fresh && fresh !== last) setLast(fresh);
  const failed = [comparison, fromScene, toScene].find((query) => query.isError && !query.isFetching);
  const isLoading = enabled && !fresh && !failed;
  return {
    view: enabled ? (fresh ?? (isLoading ? last : null)) : null,
    isLoading,
    failure: failed?.error ?? null,
    retry: () => {
      for (const query of [comparison, fromScene, toScene]) if (query.isError) void query.refetch();
    },
  };
}
