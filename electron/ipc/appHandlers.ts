/** Handlers of what belongs to the app and not to a batch: which workspace is open, folders, settings, the host itself. */
import os from 'node:os';
import { z } from 'zod';
import type { HostInfo } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import { watchSettings } from '../../shared/watching.ts';
import type { AllowedFolders } from '../allowedFolders.ts';
import { listFolders } from '../browser/folderListing.ts';
import type { DraftStore } from '../drafts/draftStore.ts';
import type { NoticeBoard } from '../notices.ts';
import type { OpenWorkspace } from '../openWorkspace.ts';
import type { SettingsStore } from '../settings.ts';
import type { Handlers } from './handler.ts';

/** What only some hosts can do. */
export interface HostAbilities {
  readonly kind: HostInfo['kind'];
  readonly version: string;
  /** The system's own folder dialog; null where there is none. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
  /** The system's own dialog for a JSON file; null where there is none. */
  readonly chooseBodyFile: (() => Promise<string | null>) | null;
  /** Shows a file in the system's file manager; null where there is none. */
  readonly reveal: ((file: string) => void) | null;
}

export interface AppContext {
  readonly abilities: HostAbilities;
  readonly drafts: DraftStore;
  readonly settings: SettingsStore;
  readonly allowed: AllowedFolders;
  readonly workspace: OpenWorkspace;
  readonly notices: NoticeBoard;
}

/** Those that are answered without an open workspace. */
export const appRequests = [
  'openWorkspace',
  'openSample',
  'describeHost',
  'chooseFolder',
  'listFolders',
  'getSettings',
  'saveSettings',
] as const;

const nothing = z.strictObject({});
/** No system takes a longer one, and none takes a NUL. */
const folder = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\u0000'), { error: 'must be the path of a folder, without NUL' });

export function appHandlers({
  abilities,
  settings,
  allowed,
  workspace,
  notices,
}: AppContext): Pick<Handlers, (typeof appRequests)[number]> {
  return {
    openWorkspace: {
      input: z.strictObject({ path: folder }),
      run: ({ path }) => workspace.openNamed(path),
    },
    openSample: { input: nothing, run: () => workspace.openSample() },
    describeHost: {
      input: nothing,
      run: async () => ({
        kind: abilities.kind,
        version: abilities.version,
        user: settings.current().user,
        hostName: os.hostname(),
        platform: process.platform,
        workspace: await workspace.info(),
        folderChoice: abilities.chooseFolder === null ? 'listing' : 'dialog',
        canReveal: abilities.reveal !== null,
        locks: workspace.locks(),
        watching: workspace.watching(),
        ...(settings.note === null ? {} : { notes: [settings.note] }),
      }),
    },
    chooseFolder: {
      input: nothing,
      async run() {
        if (abilities.chooseFolder === null) {
          throw new FailureError(
            'invalid',
            'This host has no folder dialog: list the folders with listFolders instead.',
          );
        }
        const path = await abilities.chooseFolder();
        if (path !== null) allowed.handOut(path);
        return { path };
      },
    },
    listFolders: {
      input: z.strictObject({ path: folder.optional() }),
      run: ({ path }) => listFolders(allowed, path),
    },
    getSettings: {
      input: nothing,
      run: async () => ({ settings: settings.current(), sources: settings.sources() }),
    },
    saveSettings: {
      input: z.strictObject({
        user: z.string().trim().min(1).max(200).optional(),
        appearance: z.enum(['system', 'light', 'dark']).optional(),
        hasSingleLetterKeys: z.boolean().optional(),
        watching: z.enum(watchSettings).optional(),
      }),
      async run(changes) {
        const saved = await settings.save(changes);
        notices.notify({ notice: 'settingsSaved', value: { settings: saved } });
        return { settings: saved };
      },
    },
  };
}
