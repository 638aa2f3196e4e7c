/** The bar over everything: the workspace and its menu, the screens, the way to the commands, and who one is. */
import type { HostInfo } from '../../shared/contract.ts';
import { useCommands } from '../commands/commandState.ts';
import { leaveEditor } from '../editor/openEditor.ts';
import { ProblemsPage } from '../problems/ProblemsLink.tsx';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { Keys } from '../ui/Kbd.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { useView } from '../view.ts';
import { initials } from './initials.ts';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';

/** Out of the editor too, whose draft is kept. */
function showScenes(): void {
  if (useView.getState().view === 'editor') void leaveEditor();
  else useView.getState().show('scenes');
}

export function TopBar({ host }: { readonly host: HostInfo }) {
  const { openPalette, openKeys } = useCommands.getState();
  const view = useView((state) => state.view);
  return (
    <header className="topbar">
      <span className="brand">
        <Glyph name="mark" />
        <span className="brand__name">Picture Lock</span>
      </span>
      <WorkspaceMenu host={host} />
      <span className="topbar__sep" />
      <nav className="pages" aria-label="Screens">
        <button type="button" aria-current={view === 'problems' ? undefined : 'page'} onClick={showScenes}>
          Scenes
        </button>
        <ProblemsPage />
      </nav>
      <button type="button" className="palette-open push" aria-keyshortcuts="Control+K" onClick={openPalette}>
        <Glyph name="search" />
        <span className="clip">
          Search<span className="hide-narrow"> or run a command</span>
        </span>
        <span className="push" aria-hidden="true">
          <Keys of={['Ctrl', 'K']} />
        </span>
      </button>
      <Tooltip text="The keys of this screen">
        <Button look="quiet" isSmall aria-label="Keys, ?" onClick={openKeys}>
          <Keys of={['?']} />
        </Button>
      </Tooltip>
      <span className="person" role="img" aria-label={`${host.user}, you`} title={`${host.user}, you`}>
        {initials(host.user)}
      </span>
    </header>
  );
}
