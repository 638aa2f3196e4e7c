/** Opening a workspace: by the system's dialog, by the folders of the host, from the recent ones, or the sample. */
import type { QueryClient } from '@tanstack/react-query';
import type { HostInfo, Value, WorkspaceInfo } from '../../shared/contract.ts';
import { request } from '../bridge.ts';
import { forgetBulk } from '../bulk/bulkJob.ts';
import { forgetDecisions } from '../decide/forgetDecisions.ts';
import { draftsQuery } from '../editor/draftQueries.ts';
import { closeEditorQuestions } from '../editor/editorQuestions.ts';
import { leaveEditor } from '../editor/openEditor.ts';
import { queryClient } from '../queryClient.ts';
import { useRepairs } from '../repair/repairs.ts';
import { reportFailure } from '../ui/toasts.ts';
import { useView } from '../view.ts';
import { useOutsideMarks } from '../watching/outsideMarks.ts';
import { takeListing } from './batchRows.ts';
import { usePanels } from './panels.ts';
import { batchesQuery, hostQuery, settingsQuery } from './queries.ts';
import { useSelection } from './selection.ts';

/** Told by the host's notice and by its reply, in whichever order: what was of another workspace is forgotten once. */
export function enterWorkspace(client: QueryClient, workspace: WorkspaceInfo): void {
  const key = hostQuery().queryKey;
  if (client.getQueryData(key)?.workspace?.path === workspace.path) return;
  client.setQueryData(key, (host) => host && { ...host, workspace });
  useSelection.getState().clear();
  useOutsideMarks.getState().clear();
  forgetBulk();
  forgetDecisions();
  useRepairs.getState().close();
  // What is asked there was asked of the workspace before.
  closeEditorQuestions();
  // A draft of the workspace before is never kept in this one.
  if (useView.getState().view === 'editor') void leaveEditor();
  useView.getState().show('scenes');
  for (const kind of ['batch', 'scene', 'comparison']) client.removeQueries({ queryKey: [kind] });
  void client.resetQueries({ queryKey: batchesQuery().queryKey });
  void client.resetQueries({ queryKey: draftsQuery().queryKey });
}

async function open(start: () => Promise<Value<'openWorkspace'>>): Promise<boolean> {
  usePanels.getState().setOpening(true);
  try {
    // Its draft is kept before the host looks elsewhere.
    if (useView.getState().view === 'editor') await leaveEditor();
    const { batches, workspace } = await start();
    enterWorkspace(queryClient, workspace);
    queryClient.setQueryData(batchesQuery().queryKey, (known) => takeListing(known, batches));
    await queryClient.invalidateQueries({ queryKey: settingsQuery().queryKey });
    return true;
  } catch (error) {
    reportFailure(error);
    return false;
  } finally {
    usePanels.getState().setOpening(false);
  }
}

/** True where it was opened; a failure is reported here. */
export const openWorkspace = (path: string): Promise<boolean> => open(() => request('openWorkspace', { path }));

export const openSample = (): Promise<boolean> => open(() => request('openSample', {}));

export async function chooseWorkspace(folderChoice: HostInfo['folderChoice']): Promise<void> {
  if (folderChoice === 'listing') {
    usePanels.getState().setFolderDialog(true);
    return;
  }
  try {
    const { path } = await request('chooseFolder', {});
    if (path !== null) await openWorkspace(path);
  } catch (error) {
    reportFailure(error);
  }
}

/** Reads the list and the shown batch again: another host or the pipeline may have written. */
export async function readAgain(): Promise<void> {
  await Promise.all(['batches', 'batch'].map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })));
}
