/** The one banner over the panes, the most pressing first: connection, lock, read-only, sample. */
import type { HostInfo } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { request } from '../bridge.ts';
import { useDecisions } from '../decide/decisions.ts';
import { Banner } from '../ui/Banner.tsx';
import { reportFailure } from '../ui/toasts.ts';
import { useHostState } from './hostState.ts';
import { lockText } from './lockText.ts';
import { usePanels } from './panels.ts';
import { chooseWorkspace } from './workspaceActions.ts';

export function WindowBanner({ host }: { readonly host: HostInfo }) {
  const isConnected = useHostState((state) => state.isConnected);
  // A dialog that waits says so itself; a banner behind it would only push the panes down.
  const asked = useDecisions((state) => state.open && batchKey(state.open.ref));
  const wait = useHostState((state) => [...state.waits.values()].find((each) => batchKey(each.batch) !== asked));
  const closed = usePanels((state) => state.closedBanner);
  const { workspace } = host;

  if (!isConnected) {
    return (
      <Banner look="bad" glyph="problem" title="The connection to Picture Lock is lost.">
        Nothing can be written until it is back, and what you see may be out of date. It is tried again by itself; if
        Picture Lock was ended, start it again and open the address that it prints.
      </Banner>
    );
  }
  if (wait) {
    const stop = () => void request('stopWaiting', wait.batch).catch(reportFailure);
    return (
      <Banner
        look="warn"
        glyph="lock"
        title={`${lockText(wait.owner, { waitedMs: wait.waitedMs })}.`}
        action={{ label: 'Stop waiting', run: stop }}
      >
        Your decision on {wait.batch.batchId} goes on as soon as it is free.
      </Banner>
    );
  }
  if (!workspace) return null;
  if (host.watching.kind === 'gone') {
    return (
      <Banner look="bad" glyph="problem" title={`${workspace.name} is out of reach.`}>
        {host.watching.reason} What you see was read before.
      </Banner>
    );
  }
  if (!workspace.canWrite) {
    return (
      <Banner glyph="lock" title="Read-only.">
        Looking is free; nothing can be written into this folder.
      </Banner>
    );
  }
  if (!workspace.isSample || closed === workspace.path) return null;
  return (
    <Banner
      glyph="mark"
      title="This is a copy of the sample workspace; change it freely."
      action={{ label: 'Choose a folder', run: () => void chooseWorkspace(host.folderChoice) }}
      onClose={() => usePanels.getState().closeBanner(workspace.path)}
    >
      Your own is a folder of projects with <span className="mono">ep_001/scenes</span> in them.
    </Banner>
  );
}
