/** What the window says while no workspace is open. */
import type { HostInfo } from '../../shared/contract.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { chooseWorkspace, openSample } from './workspaceActions.ts';

export const StartScreen = ({ host }: { readonly host: HostInfo }) => (
  <main className="pane panes" tabIndex={-1} data-focus-home="">
    <EmptyState
      glyph="mark"
      title="Open a workspace"
      note="The sample is a copy; change it freely."
      actions={
        <>
          <Button look="primary" onClick={() => void chooseWorkspace(host.folderChoice)}>
            Choose a folder
          </Button>
          <Button onClick={() => void openSample()}>Open the sample workspace</Button>
        </>
      }
    >
      <p className="empty__text">
        A workspace is a folder of projects with <span className="mono">ep_001/scenes</span> in them. Picture Lock reads
        it as it is and writes nothing until you decide something.
      </p>
    </EmptyState>
  </main>
);
