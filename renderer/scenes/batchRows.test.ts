import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { mergeRows, takeListing, takeTold } from './batchRows.ts';
import { sampleBatchRow } from './sampleBatchRow.ts';

const row = (batch: number, more: Parameters<typeof sampleBatchRow>[1] = {}) =>
  sampleBatchRow({ batch }, { checked: false, ...more });
const checked = (batch: number, more: Parameters<typeof sampleBatchRow>[1] = {}) =>
  row(batch, { checked: true, characters: ['Mara'], ...more });

describe('rows that come in while a workspace is read', () => {
  it('replace what they name and join what they do not', () => {
    expect(mergeRows([row(1), row(2)], [checked(2), row(3)])).toEqual([row(1), checked(2), row(3)]);
  });

  it('keep what a check has found when the listing that was on its way arrives after it', () => {
    expect(takeListing([checked(1)], [row(1), row(2)])).toEqual([checked(1), row(2)]);
  });

  it('give way to a listing that found the batch changed', () => {
    const moved = row(1, { activeVersion: 2 });
    expect(takeListing([checked(1)], [moved])).toEqual([moved]);
  });

  it('are gone when the listing does not have them any more', () => {
    expect(takeListing([row(1), row(2)], [row(2)])).toEqual([row(2)]);
  });

  it('stay the same objects where nothing changed', () => {
    const old = checked(1);
    expect(takeListing([old], [checked(1)])[0]).toBe(old);
  });
});

describe('rows that the host tells of by itself', () => {
  const queryKey = ['batches'];

  it('never pass for the whole list where that was not asked for yet', async () => {
    const client = new QueryClient();
    takeTold(client, queryKey, [checked(2)]);
    expect(client.getQueryData(queryKey)).toBeUndefined();
    await client.fetchQuery({ queryKey, queryFn: () => [row(1), row(2)], staleTime: Number.POSITIVE_INFINITY });
    takeTold(client, queryKey, [checked(2)]);
    expect(client.getQueryData(queryKey)).toEqual([row(1), checked(2)]);
  });

  it('are shown while the list that was asked for is on its way', async () => {
    const client = new QueryClient();
    let answer: (rows: readonly ReturnType<typeof row>[]) => void = () => undefined;
    const listing = client.fetchQuery({
      queryKey,
      queryFn: () =>
        new Promise<readonly ReturnType<typeof row>[]>((resolve) => {
          answer = resolve;
        }),
    });
    takeTold(client, queryKey, [row(1)]);
    expect(client.getQueryData(queryKey)).toEqual([row(1)]);
    answer([row(1), row(2)]);
    await listing;
    expect(client.getQueryData(queryKey)).toEqual([row(1), row(2)]);
  });
});
