/** Chooses a workspace among the folders that the host allows, where the system's own dialog cannot be had. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../bridge.ts';
import { failureOf } from '../queryClient.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { usePanels } from './panels.ts';
import { openWorkspace } from './workspaceActions.ts';
import './folders.css';

export function FolderDialog() {
  const isOpen = usePanels((state) => state.isFolderDialogOpen);
  return isOpen ? <OpenFolderDialog /> : null;
}

function OpenFolderDialog() {
  const [path, setPath] = useState<string | null>(null);
  const listing = useQuery({
    queryKey: ['folders', path],
    queryFn: () => request('listFolders', path === null ? {} : { path }),
    staleTime: 0,
  });
  const close = () => usePanels.getState().setFolderDialog(false);
  const open = async (chosen: string) => {
    if (await openWorkspace(chosen)) close();
  };
  const here = listing.data;
  return (
    <Dialog
      isOpen
      onClose={close}
      title="Open a workspace"
      lead="A folder of projects with ep_001/scenes in them, or one such project. Nothing is written by opening it."
      foot={
        <>
          <span className="hint" />
          <Button onClick={close} isFirstFocus>
            Cancel
          </Button>
          <Button look="primary" disabled={path === null} onClick={() => path !== null && void open(path)}>
            Open this folder
          </Button>
        </>
      }
    >
      <div className="folders__where">
        <Button
          isSmall
          disabled={path === null}
          onClick={() => setPath(here?.parent ?? null)}
          aria-label="One folder up"
        >
          Up
        </Button>
        <span className={path === null ? 'clip dim' : 'mono clip'} title={path ?? undefined}>
          {path ?? 'Folders this host may open'}
        </span>
      </div>
      <section className="folders" aria-label="Folders">
        {listing.isError && <p className="folders__note s-bad">{failureOf(listing.error).message}</p>}
        {here?.folders.length === 0 && <p className="folders__note">There is no folder in here.</p>}
        <ul>
          {here?.folders.map((folder) => (
            <li key={folder.path} className="folders__row">
              <button type="button" className="row" title={folder.path} onClick={() => setPath(folder.path)}>
                <Glyph name={folder.isWorkspace ? 'mark' : 'right'} size={12} className="faint" />
                <span className="clip" dir="auto">
                  {folder.name}
                </span>
                {folder.isWorkspace && <span className="faint">workspace</span>}
              </button>
              {folder.isWorkspace && (
                <Button isSmall aria-label={`Open ${folder.name}`} onClick={() => void open(folder.path)}>
                  Open
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  );
}
