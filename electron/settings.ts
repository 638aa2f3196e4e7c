/** The person's settings: a file in the data folder, under what the command line and the environment say. */
import { mkdir, readFile, rename } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { SettingSource, Settings } from '../shared/contract.ts';
import { FailureError } from '../shared/failure.ts';
import { watchSettings } from '../shared/watching.ts';
import type { Log } from './log.ts';

const mostRecents = 10;

/** Fields of later versions are kept as they are. */
const fileSchema = z.looseObject({
  workspace: z.string().nullable().optional(),
  user: z.string().min(1).optional(),
  appearance: z.enum(['system', 'light', 'dark']).optional(),
  hasSingleLetterKeys: z.boolean().optional(),
  watching: z.enum(watchSettings).optional(),
  recentWorkspaces: z.array(z.string()).optional(),
});
type SettingsFile = z.infer<typeof fileSchema>;

interface SettingChanges {
  readonly user?: string | undefined;
  readonly appearance?: Settings['appearance'] | undefined;
  readonly hasSingleLetterKeys?: boolean | undefined;
  readonly watching?: Settings['watching'] | undefined;
}

export interface SettingsStore {
  readonly current: () => Settings;
  readonly sources: () => Readonly<Record<'workspace' | 'user', SettingSource>>;
  readonly save: (changes: SettingChanges) => Promise<Settings>;
  /** Puts a workspace first in the list, as the one that the next start opens. */
  readonly rememberWorkspace: (folder: string) => Promise<Settings>;
  /** A sentence to show once, where the file was damaged and put aside. */
  readonly note: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

export async function openSettings(
  dataFolder: string,
  log: Log,
  environment: Environment = process.env,
): Promise<SettingsStore> {
  const file = path.join(dataFolder, 'settings.json');
  // What cannot be read or put aside stops no start; it is never written over either, for each change reads it again.
  const first = await readSettings(file, log).catch((error: unknown) => {
    log.error('The settings cannot be used', error);
    return { settings: {}, note: reasonOf(error) };
  });
  let saved: SettingsFile = first.settings;
  let lastWrite: Promise<unknown> = Promise.resolve();

  const userFromEnvironment = textOf(environment.PICTURE_LOCK_USER);
  const workspaceFromEnvironment = textOf(environment.PICTURE_LOCK_WORKSPACE);

  const current = (): Settings => ({
    workspace: workspaceFromEnvironment ?? saved.workspace ?? null,
    user: userFromEnvironment ?? saved.user ?? accountName(environment),
    appearance: saved.appearance ?? 'system',
    hasSingleLetterKeys: saved.hasSingleLetterKeys ?? true,
    watching: saved.watching ?? 'auto',
    recentWorkspaces: saved.recentWorkspaces ?? [],
  });

  /** Read anew before each write: another host over the same data folder may have saved meanwhile. */
  function change(edit: (settings: SettingsFile) => SettingsFile): Promise<Settings> {
    const write = lastWrite.then(async () => {
      const next = edit((await readSettings(file, log)).settings);
      try {
        await mkdir(dataFolder, { recursive: true });
        await writeFileAtomic(file, `${JSON.stringify(next, null, 2)}\n`);
      } catch (error) {
        throw new FailureError('io', `The settings could not be written to ${file}: ${reasonOf(error)}.`, {
          cause: error,
        });
      }
      saved = next;
      return current();
    });
    lastWrite = write.catch(() => undefined);
    return write;
  }

  return {
    current,
    sources: () => ({
      workspace: sourceOf(workspaceFromEnvironment, saved.workspace),
      user: sourceOf(userFromEnvironment, saved.user),
    }),
    save: (changes) =>
      change((settings) => ({
        ...settings,
        ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
      })),
    rememberWorkspace: (folder) =>
      change((settings) => ({
        ...settings,
        workspace: folder,
        recentWorkspaces: [folder, ...(settings.recentWorkspaces ?? []).filter((each) => each !== folder)].slice(
          0,
          mostRecents,
        ),
      })),
    note: first.note,
  };
}

/** Throws `io` and `damaged` where the file can neither be used nor put aside. */
async function readSettings(file: string, log: Log): Promise<{ settings: SettingsFile; note: string | null }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { settings: {}, note: null };
    throw new FailureError(
      'io',
      `The settings in ${file} cannot be read (${reasonOf(error)}), so the defaults hold. Ask for access to that file.`,
      { cause: error },
    );
  }
  try {
    return { settings: fileSchema.parse(JSON.parse(text)), note: null };
  } catch (error) {
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
    await rename(file, aside).catch((cause: unknown) => {
      throw new FailureError(
        'damaged',
        `The settings in ${file} are damaged and could not be put aside (${reasonOf(cause)}), so the defaults hold. Mend or remove the file.`,
        { cause },
      );
    });
    log.warn(`The settings were damaged and are kept as ${aside}`, error);
    return { settings: {}, note: `The settings were damaged, so the defaults hold. The file is kept as ${aside}.` };
  }
}

/** The login name: what stands in the ledger must be the name that the studio's other tools show. */
function accountName(environment: Environment): string {
  try {
    return os.userInfo().username;
  } catch {
    // An account without an entry in the system's list, as in many containers.
    return textOf(environment.USER) ?? textOf(environment.LOGNAME) ?? 'unknown';
  }
}

const textOf = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

const sourceOf = (fromEnvironment: unknown, saved: unknown): SettingSource =>
  fromEnvironment !== undefined ? 'environment' : saved === undefined || saved === null ? 'default' : 'file';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
