/** The workspace that this window shows, which every write names: the host may have opened another one since. */
import { queryClient } from '../queryClient.ts';
import { hostQuery } from './queries.ts';

export const openWorkspacePath = (): string | null =>
  queryClient.getQueryData(hostQuery().queryKey)?.workspace?.path ?? null;
