/** What the host keeps of drafts, as the Scenes screen shows it. */
import { queryOptions } from '@tanstack/react-query';
import type { DraftHead } from '../../shared/draft.ts';
import { batchKey } from '../../shared/ids.ts';
import { request } from '../bridge.ts';
import { queryClient } from '../queryClient.ts';
import { useToasts } from '../ui/toasts.ts';

export const draftsQuery = () =>
  queryOptions({
    queryKey: ['drafts'],
    queryFn: async (): Promise<ReadonlyMap<string, DraftHead>> => {
      const { drafts, notes = [] } = await request('listDrafts', {});
      for (const note of notes) useToasts.getState().show({ kind: 'note', title: note });
      return new Map(drafts.map((each) => [batchKey(each.batch), each]));
    },
    structuralSharing: false,
  });

export const readDraftsAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: draftsQuery().queryKey });
