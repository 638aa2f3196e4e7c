/** The folders of the workspace that a batch may be begun in; null while they are not known. */
import { useQuery } from '@tanstack/react-query';
import type { BatchRow, HostInfo } from '../../../shared/contract.ts';
import { isProjectName } from '../../../shared/ids.ts';
import { request } from '../../bridge.ts';
import { batchesQuery, hostQuery } from '../../scenes/queries.ts';

const none: readonly BatchRow[] = [];

export interface Projects {
  readonly rows: readonly BatchRow[];
  /** Those that have batches and those that have none yet. */
  readonly projects: readonly string[] | null;
}

export function useProjects(): Projects {
  const workspace = useQuery(hostQuery()).data?.workspace ?? null;
  const rows = useQuery(batchesQuery()).data ?? none;
  const folders = useQuery({
    queryKey: ['folders', workspace?.path ?? null],
    queryFn: () => request('listFolders', { path: workspace?.path }),
    enabled: workspace !== null,
    staleTime: 0,
  }).data?.folders;
  if (!folders) return { rows, projects: null };
  return { rows, projects: projectsOf(workspace, rows, folders) };
}

function projectsOf(
  workspace: HostInfo['workspace'],
  rows: readonly BatchRow[],
  folders: readonly { readonly name: string }[],
): readonly string[] {
  const withBatches = [...new Set<string>(rows.map(({ project }) => project))];
  const inside: readonly string[] = folders.map(({ name }) => name).filter(isProjectName);
  // A project that was opened by itself: what lies in it are its episodes.
  const [first, second] = withBatches;
  const isOnlyProject =
    first !== undefined && second === undefined && first === workspace?.name && !inside.includes(first);
  return isOnlyProject ? withBatches : [...new Set([...withBatches, ...inside])];
}
