/** The menu of the open workspace: others, another folder, the sample, reading again, and the appearance. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { HostInfo, Input } from '../../shared/contract.ts';
import { request } from '../bridge.ts';
import { askNewBatch, importBody } from '../editor/begin/beginning.ts';
import { queryClient } from '../queryClient.ts';
import { appearances } from '../ui/appearance.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../ui/Menu.tsx';
import { watchChoices } from '../watching/watchingText.ts';
import { settingsQuery } from './queries.ts';
import { chooseWorkspace, openSample, openWorkspace, readAgain } from './workspaceActions.ts';

const folderName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

export function WorkspaceMenu({ host }: { readonly host: HostInfo }) {
  const settings = useQuery(settingsQuery()).data?.settings;
  const save = useMutation({
    mutationFn: (change: Input<'saveSettings'>) => request('saveSettings', change),
    onSuccess: ({ settings: saved }) => {
      queryClient.setQueryData(settingsQuery().queryKey, (now) => now && { ...now, settings: saved });
    },
  });
  const recent = (settings?.recentWorkspaces ?? []).filter((path) => path !== host.workspace?.path).slice(0, 8);
  return (
    <Menu
      trigger={
        <Button look="quiet" isSmall aria-label={`Workspace ${host.workspace?.name ?? 'none'}`}>
          <span className="clip">{host.workspace?.name ?? 'No workspace'}</span>
          <Glyph name="down" size={12} />
        </Button>
      }
    >
      {host.workspace && <MenuLabel>{host.workspace.path}</MenuLabel>}
      {host.workspace && <MenuItem onSelect={() => void readAgain()}>Read the folder again</MenuItem>}
      {host.workspace && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={askNewBatch} isDisabled={!host.workspace.canWrite}>
            New batch…
          </MenuItem>
          <MenuItem onSelect={() => void importBody()} isDisabled={!host.workspace.canWrite}>
            Import a body…
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      <MenuItem onSelect={() => void chooseWorkspace(host.folderChoice)}>Choose a folder…</MenuItem>
      <MenuItem onSelect={() => void openSample()} isDisabled={host.workspace?.isSample === true}>
        Open the sample workspace
      </MenuItem>
      {recent.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>Recent</MenuLabel>
          {recent.map((path) => (
            <MenuItem key={path} title={path} onSelect={() => void openWorkspace(path)}>
              {folderName(path)} <span className="faint">{path}</span>
            </MenuItem>
          ))}
        </>
      )}
      <MenuSeparator />
      <MenuChoice
        label="Appearance"
        value={settings?.appearance ?? 'system'}
        choices={appearances}
        onChoose={(appearance) => save.mutate({ appearance })}
      />
      <MenuSeparator />
      <MenuChoice
        label="Changes by others"
        value={settings?.watching ?? 'auto'}
        choices={watchChoices}
        onChoose={(watching) => save.mutate({ watching })}
      />
    </Menu>
  );
}
