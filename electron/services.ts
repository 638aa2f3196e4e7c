/** Composes what every host runs: settings, the workspace's session, the table of handlers and its dispatcher. */
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import type { RequestName } from '../shared/contract.ts';
import { allowedFolders } from './allowedFolders.ts';
import type { CommandLine } from './commandLine.ts';
import { openDrafts } from './drafts/draftStore.ts';
import { appRequests, type HostAbilities } from './ipc/appHandlers.ts';
import { createDispatch, type Dispatch } from './ipc/dispatch.ts';
import { createHandlers } from './ipc/handlers.ts';
import type { Log } from './log.ts';
import { type NoticeBoard, noticeBoard } from './notices.ts';
import { openWorkspaceOf } from './openWorkspace.ts';
import { sampleFolder } from './sampleCopy.ts';
import { WorkspaceSession } from './scenes/workspace/workspaceSession.ts';
import { openSettings, type SettingsStore } from './settings.ts';

export interface Services {
  readonly dispatch: Dispatch;
  readonly notices: NoticeBoard;
  readonly settings: SettingsStore;
  /** Ends what is under way: writes are awaited, waits for locks given up. */
  readonly close: () => Promise<void>;
}

export interface ServiceOptions {
  readonly dataFolder: string;
  /** The folder that the sample workspace is copied from. */
  readonly shippedSample: string;
  readonly log: Log;
  readonly abilities: HostAbilities;
  readonly commandLine: Pick<CommandLine, 'workspace' | 'roots'>;
}

/** The first workspace opens behind the first requests, which wait for it where they need one. */
export async function startServices(options: ServiceOptions): Promise<Services> {
  const { dataFolder, shippedSample, log, abilities, commandLine } = options;
  // A data folder that cannot be made stops nobody from looking; what must be written there says so itself.
  await mkdir(dataFolder, { recursive: true }).catch((error: unknown) =>
    log.warn(`${dataFolder} cannot be made`, error),
  );
  const notices = noticeBoard();
  const settings = await openSettings(dataFolder, log);
  const isForPerson = abilities.kind !== 'stdio';
  const allowed = allowedFolders({ roots: rootsOf(commandLine, settings, dataFolder), anyFolder: !isForPerson });
  for (const recent of settings.current().recentWorkspaces) allowed.handOut(recent);

  const session = new WorkspaceSession({
    dataFolder,
    author: () => ({ user: settings.current().user, host: os.hostname() }),
    notify: notices.notify,
    log,
    // Nobody looks on while a script runs.
    ...(isForPerson ? { watch: { setting: () => settings.current().watching } } : {}),
  });
  notices.onNotice(({ notice }) => {
    if (notice === 'settingsSaved') void session.followWatchSetting();
  });
  const workspace = openWorkspaceOf({
    session,
    settings,
    allowed,
    dataFolder,
    shippedSample,
    log,
    named: commandLine.workspace,
    isForPerson,
  });
  const drafts = openDrafts({ dataFolder, workspace: () => session.info?.path ?? '', log });
  const handlers = createHandlers(session, { abilities, drafts, settings, allowed, workspace, notices });
  const needsNoWorkspace: ReadonlySet<RequestName> = new Set(appRequests);
  const dispatch = createDispatch({
    handlers,
    log,
    before: (name) => (needsNoWorkspace.has(name) ? null : workspace.whenOpened()),
  });
  void workspace.openFirst();

  const close = async (): Promise<void> => {
    await session.close();
    await drafts.settled();
  };
  return { dispatch, notices, settings, close };
}

/** Named when the host was started: a folder beneath them may be opened and listed. */
function rootsOf(commandLine: ServiceOptions['commandLine'], settings: SettingsStore, dataFolder: string): string[] {
  const named = commandLine.workspace ?? settings.current().workspace;
  return [...commandLine.roots, ...(named === null ? [] : [named]), sampleFolder(dataFolder)];
}
