/** Keeps the cache and the screen in step with what the host tells: rows listed and checked, batches written, locks awaited, the connection. */
import type { QueryClient } from '@tanstack/react-query';
import type { BatchRow, HostInfo, Settings, Value } from '../../shared/contract.ts';
import { onConnection, onNotice } from '../bridge.ts';
import { useToasts } from '../ui/toasts.ts';
import { followLooking } from '../watching/outsideMarks.ts';
import { takeChanges } from '../watching/takeChanges.ts';
import { takeTold } from './batchRows.ts';
import { noteWait, useHostState } from './hostState.ts';
import { batchesQuery, batchQuery, hostQuery, settingsQuery } from './queries.ts';
import { listRefresher } from './refreshList.ts';
import { chooseWorkspace, enterWorkspace, openSample } from './workspaceActions.ts';

function rememberSettings(client: QueryClient, settings: Settings): void {
  const key = settingsQuery().queryKey;
  client.setQueryData(key, (now): Value<'getSettings'> | undefined => now && { ...now, settings });
}

const shownNotes = new Set<string>();

/** What happened while the host started; it tells so each time it is asked, a person needs it once. */
export function showNotes(notes: readonly string[]): void {
  for (const note of notes) {
    if (shownNotes.has(note)) continue;
    shownNotes.add(note);
    const [title = note, ...rest] = note.split(/(?<=\.) /);
    useToasts.getState().show({ kind: 'note', title, text: rest.join(' ') });
  }
}

/** Call once; the returned function ends it. */
export function followHost(client: QueryClient): () => void {
  const hostKey = hostQuery().queryKey;
  const openPath = () => client.getQueryData<HostInfo>(hostKey)?.workspace?.path;
  const takeRows = ({ workspace, batches }: { workspace: string; batches: readonly BatchRow[] }) => {
    if (workspace === openPath()) takeTold(client, batchesQuery().queryKey, batches);
  };
  const refreshList = listRefresher(() => client.invalidateQueries({ queryKey: batchesQuery().queryKey }));
  let wasConnected = true;
  const endings = [
    onNotice('batchesListed', takeRows),
    onNotice('batchesChecked', takeRows),
    onNotice('batchChanged', ({ row, ...ref }) => {
      void client.invalidateQueries({ queryKey: batchQuery(ref).queryKey });
      if (row === null) refreshList();
      else takeTold(client, batchesQuery().queryKey, [row]);
      // What locks this file system has is known after the first write.
      void client.invalidateQueries({ queryKey: hostKey });
    }),
    onNotice('batchesChanged', ({ workspace, changes }) => {
      if (workspace === openPath()) takeChanges(client, changes);
    }),
    onNotice('watchingChanged', (watching) => {
      client.setQueryData(hostKey, (host) => host && { ...host, watching });
      if (watching.kind === 'polling' && watching.reason !== null) showNotes([watching.reason]);
    }),
    onNotice('lockSeen', ({ batch, owner }) => {
      client.setQueryData(batchQuery(batch).queryKey, (view) => view && { ...view, lock: owner });
    }),
    followLooking(),
    onNotice('lockAwaited', noteWait),
    onNotice('workspaceOpened', ({ workspace }) => enterWorkspace(client, workspace)),
    onNotice('settingsSaved', ({ settings }) => {
      rememberSettings(client, settings);
      void client.invalidateQueries({ queryKey: hostKey });
    }),
    onNotice('menuChosen', ({ command }) => {
      if (command === 'openSample') void openSample();
      if (command === 'openWorkspace')
        void chooseWorkspace(client.getQueryData<HostInfo>(hostKey)?.folderChoice ?? 'dialog');
    }),
    onConnection((isConnected) => {
      useHostState.setState({ isConnected });
      // What was written while nobody told us is read anew.
      if (isConnected && !wasConnected) void client.invalidateQueries();
      wasConnected = isConnected;
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
}
