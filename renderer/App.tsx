/** The window: bars, the one banner, the screen, and what floats over them. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { HostInfo } from '../shared/contract.ts';
import { BulkDialog } from './bulk/BulkDialog.tsx';
import { Commands } from './commands/Commands.tsx';
import { DecisionDialogs } from './decide/DecisionDialogs.tsx';
import { BeginDialogs } from './editor/begin/BeginDialogs.tsx';
import { EditorDialogs } from './editor/EditorDialogs.tsx';
import { EditorScreen } from './editor/Screen.tsx';
import { WriteDialog } from './editor/write/WriteDialog.tsx';
import { ProblemsScreen } from './problems/Screen.tsx';
import { failureOf, queryClient } from './queryClient.ts';
import { RepairDialog } from './repair/RepairDialog.tsx';
import { FolderDialog } from './scenes/FolderDialog.tsx';
import { followHost, showNotes } from './scenes/hostNotices.ts';
import { Messages } from './scenes/Messages.tsx';
import { hostQuery, settingsQuery } from './scenes/queries.ts';
import { Screen } from './scenes/Screen.tsx';
import { StatusBar } from './scenes/StatusBar.tsx';
import { TopBar } from './scenes/TopBar.tsx';
import { WindowBanner } from './scenes/WindowBanner.tsx';
import { applyAppearance } from './ui/appearance.ts';
import { Button } from './ui/Button.tsx';
import { EmptyState } from './ui/EmptyState.tsx';
import { useView } from './view.ts';

export function App() {
  const host = useQuery(hostQuery());
  const appearance = useQuery(settingsQuery()).data?.settings.appearance;
  useEffect(() => followHost(queryClient), []);
  const notes = host.data?.notes;
  useEffect(() => showNotes(notes ?? []), [notes]);
  useEffect(() => applyAppearance(appearance ?? 'system'), [appearance]);

  if (host.data) {
    return (
      <div className="app">
        <TopBar host={host.data} />
        <WindowBanner host={host.data} />
        <ShownScreen host={host.data} />
        <StatusBar host={host.data} />
        <FolderDialog />
        <DecisionDialogs />
        <RepairDialog />
        <EditorDialogs />
        <WriteDialog />
        <BeginDialogs />
        <BulkDialog />
        <Commands />
        <Messages />
      </div>
    );
  }
  if (host.isError) {
    return (
      <main className="app">
        <EmptyState
          glyph="problem"
          title="Picture Lock does not answer"
          actions={
            <Button look="primary" onClick={() => void host.refetch()}>
              Try again
            </Button>
          }
        >
          <p className="empty__text">{failureOf(host.error).message}</p>
        </EmptyState>
      </main>
    );
  }
  return (
    <main className="app" aria-busy="true">
      <h1 className="u-hidden">Picture Lock is starting</h1>
    </main>
  );
}

function ShownScreen({ host }: { readonly host: HostInfo }) {
  const view = useView((state) => state.view);
  switch (view) {
    case 'scenes':
      return <Screen host={host} />;
    case 'problems':
      return host.workspace ? <ProblemsScreen workspace={host.workspace} /> : <Screen host={host} />;
    case 'editor':
      return <EditorScreen />;
  }
}
