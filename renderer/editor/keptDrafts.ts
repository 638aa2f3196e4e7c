/** Which batches have a draft, for the many rows of the list: one look in a set each, instead of a question to the cache. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { DraftHead } from '../../shared/draft.ts';
import { draftsQuery } from './draftQueries.ts';

interface KeptDrafts {
  /** By `batchKey`. */
  readonly drafts: ReadonlyMap<string, DraftHead>;
}

export const useKeptDrafts = create<KeptDrafts>()(() => ({ drafts: new Map() }));

/** Mounted once. */
export function useFollowKeptDrafts(isWorkspaceOpen: boolean): void {
  const { data } = useQuery({ ...draftsQuery(), enabled: isWorkspaceOpen });
  useEffect(() => useKeptDrafts.setState({ drafts: data ?? new Map() }), [data]);
}
