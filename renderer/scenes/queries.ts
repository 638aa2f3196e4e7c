/** What the Scenes screen asks of the host: keys and functions together, so that a notice can refresh exactly what it touched. */
import { queryOptions } from '@tanstack/react-query';
import type { BatchRow } from '../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { request } from '../bridge.ts';
import { takeListing } from './batchRows.ts';

export const hostQuery = () => queryOptions({ queryKey: ['host'], queryFn: () => request('describeHost', {}) });

export const settingsQuery = () => queryOptions({ queryKey: ['settings'], queryFn: () => request('getSettings', {}) });

export const batchesQuery = () =>
  queryOptions({
    queryKey: ['batches'],
    queryFn: async ({ client, queryKey }) => {
      const { batches } = await request('listBatches', {});
      return takeListing(client.getQueryData<readonly BatchRow[]>(queryKey), batches);
    },
    // takeListing compares rows already; comparing 10,000 of them again at each notice is not free.
    structuralSharing: false,
  });

export const batchQuery = (ref: BatchRef) =>
  queryOptions({ queryKey: ['batch', batchKey(ref)], queryFn: () => request('getBatch', ref) });

/** A version's structure never changes once written, but a damaged one may: `bodyChangedAt` belongs to the key. */
export const sceneQuery = (ref: BatchRef, version: number, bodyChangedAt: string | null) =>
  queryOptions({
    queryKey: ['scene', batchKey(ref), version, bodyChangedAt],
    queryFn: () => request('readScene', { ...ref, version }),
  });

/** `stamp` is the batch's revision with both bodies' times of change: the comparison's sentence speaks of the manifest too. */
export const comparisonQuery = (ref: BatchRef, from: number, to: number, stamp: string) =>
  queryOptions({
    queryKey: ['comparison', batchKey(ref), from, to, stamp],
    queryFn: () => request('compareVersions', { ...ref, from, to }),
  });
