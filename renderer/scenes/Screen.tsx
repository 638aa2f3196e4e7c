/** The Scenes screen: the list of batches, and beside it the batch that is selected. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { BatchRow, HostInfo } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { askNewBatch, importBody } from '../editor/begin/beginning.ts';
import { failureOf } from '../queryClient.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyPane } from '../ui/EmptyState.tsx';
import { useOutsideMarks } from '../watching/outsideMarks.ts';
import { BatchList } from './BatchList.tsx';
import { BatchWork } from './BatchWork.tsx';
import { firstBatch } from './batchList.ts';
import { PaneTabs } from './PaneTabs.tsx';
import { usePanels } from './panels.ts';
import { batchesQuery } from './queries.ts';
import { StartScreen } from './StartScreen.tsx';
import { useSelection } from './selection.ts';
import { chooseWorkspace } from './workspaceActions.ts';
import './scenes.css';

const noRows: readonly BatchRow[] = [];

export function Screen({ host }: { readonly host: HostInfo }) {
  return host.workspace ? <ScenesOf host={host} workspaceName={host.workspace.name} /> : <StartScreen host={host} />;
}

function ScenesOf({ host, workspaceName }: { readonly host: HostInfo; readonly workspaceName: string }) {
  const listing = useQuery(batchesQuery());
  const selected = useSelection((state) => state.batch);
  const shows = usePanels((state) => state.pane);
  const isOpening = usePanels((state) => state.isWorkspaceOpening);
  const listed = listing.data ?? noRows;
  const gone = useOutsideMarks((state) => state.gone);
  // A batch that went away under the person's eyes stays until they move on.
  const rows = useMemo(
    () => (gone && !listed.some((each) => batchKey(each) === gone.key) ? [...listed, gone.row] : listed),
    [listed, gone],
  );
  const row = useMemo(
    () =>
      selected &&
      rows.find(
        ({ batchId, episode, project }) =>
          batchId === selected.batchId && episode === selected.episode && project === selected.project,
      ),
    [rows, selected],
  );

  // Only a whole list can say what comes first, and that what was selected is gone.
  useEffect(() => {
    if (row || listing.isFetching) return;
    const first = firstBatch(rows);
    if (first)
      useSelection.getState().selectBatch({ project: first.project, episode: first.episode, batchId: first.batchId });
  }, [row, rows, listing.isFetching]);

  if (listing.isError && rows.length === 0) {
    return (
      <Message
        title={`${workspaceName} cannot be listed`}
        text={failureOf(listing.error).message}
        action={{ label: 'Try again', run: () => void listing.refetch() }}
      />
    );
  }
  if (rows.length === 0 && !listing.isFetching) {
    return (
      <Message
        title={`No batch in ${workspaceName}`}
        text="No project in this folder has a folder ep_001/scenes with a batch in it. Perhaps the workspace is one folder up; or begin the first batch here."
        action={{ label: 'Choose a folder', run: () => void chooseWorkspace(host.folderChoice) }}
        others={
          host.workspace?.canWrite
            ? [
                { label: 'New batch…', run: askNewBatch },
                { label: 'Import a body…', run: () => void importBody() },
              ]
            : []
        }
      />
    );
  }
  return (
    <>
      <PaneTabs />
      <main className="panes p-scenes" data-shows={shows} aria-busy={listing.isFetching || isOpening}>
        <BatchList rows={rows} isListing={listing.isFetching || isOpening} />
        {selected && row ? <BatchWork refOf={selected} row={row} /> : <NoBatch />}
      </main>
    </>
  );
}

const NoBatch = () => (
  <div className="work">
    <h1 className="u-hidden">Scenes</h1>
    <section className="pane" aria-label="Comparison" data-pane="comparison" />
  </div>
);

interface MessageProps {
  readonly title: string;
  readonly text: string;
  readonly action: Action;
  readonly others?: readonly Action[];
}

interface Action {
  readonly label: string;
  readonly run: () => void;
}

const Message = ({ title, text, action, others = [] }: MessageProps) => (
  <main className="panes pane" tabIndex={-1} data-focus-home="">
    <h1 className="u-hidden">Scenes</h1>
    <EmptyPane
      title={title}
      actions={[action, ...others].map(({ label, run }) => (
        <Button key={label} onClick={run}>
          {label}
        </Button>
      ))}
    >
      <p className="empty__text">{text}</p>
    </EmptyPane>
  </main>
);
