/** The folders of a workspace that tell of projects, episodes and scenes coming and going, each with what shows that it changed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isProjectName, type ProjectName } from '../../../shared/ids.ts';
import { errorCode } from '../disk/ioReason.ts';
import { parseEpisodeFolder } from '../sceneFiles.ts';
import type { EpisodeFolder, WorkspaceFolder } from '../workspace/workspace.ts';

export interface SeenFolder {
  readonly path: string;
  /** Which folder it is, whatever its name: device and inode. */
  readonly identity: string;
  /** Changes when a name comes or goes. */
  readonly changed: string;
  /** Null for a folder that only holds others. */
  readonly scenes: EpisodeFolder | null;
  /** Whether a name in it, that came or went, may be another project, episode or scenes folder. */
  readonly concerns: (name: string) => boolean;
}

export type FolderTree = ReadonlyMap<string, SeenFolder>;

/** Throws where the workspace's own folder cannot be listed; any other that cannot be read is left out. */
export async function readFolderTree({ path, onlyProject, projectsFolder }: WorkspaceFolder): Promise<FolderTree> {
  const tree = new Map<string, SeenFolder>();
  if (onlyProject !== null) {
    const root = await seen(path, null, isEpisodeName);
    tree.set(path, root);
    await addEpisodes(tree, path, onlyProject, await readdir(path));
    return tree;
  }
  const root = await seen(path, null, isProjectName);
  tree.set(path, root);
  const names = await readdir(path, { withFileTypes: true });
  const projects = names.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
  await Promise.all(
    projects.filter(isProjectName).map(async (project) => {
      const folder = join(projectsFolder, project);
      await unlessGone(async () => {
        tree.set(folder, await seen(folder, null, isEpisodeName));
        await addEpisodes(tree, folder, project, await readdir(folder));
      });
    }),
  );
  return tree;
}

async function addEpisodes(
  tree: Map<string, SeenFolder>,
  projectFolder: string,
  project: ProjectName,
  names: readonly string[],
): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const episode = parseEpisodeFolder(name);
      if (episode === null) return;
      const folder = join(projectFolder, name);
      const scenesFolder = join(folder, 'scenes');
      await unlessGone(async () => tree.set(folder, await seen(folder, null, isScenesName)));
      await unlessGone(async () =>
        tree.set(scenesFolder, await seen(scenesFolder, { project, episode, scenesFolder }, () => false)),
      );
    }),
  );
}

const isEpisodeName = (name: string): boolean => parseEpisodeFolder(name) !== null;
const isScenesName = (name: string): boolean => name === 'scenes';

async function seen(
  path: string,
  scenes: EpisodeFolder | null,
  concerns: (name: string) => boolean,
): Promise<SeenFolder> {
  const stats = await stat(path, { bigint: true });
  if (!stats.isDirectory()) throw Object.assign(new Error(`${path} is no folder`), { code: 'ENOTDIR' });
  return {
    path,
    identity: `${stats.dev}:${stats.ino}`,
    changed: `${stats.mtimeNs}:${stats.ctimeNs}`,
    scenes,
    concerns,
  };
}

/** A folder that went away meanwhile, or that may not be looked into, hides nothing else. */
async function unlessGone(look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!harmless.has(errorCode(error) ?? '')) throw error;
  }
}

const harmless: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP']);

/** By the times of the folders alone; true too where one of them is not there any more. */
export async function hasChanged({ path, identity, changed }: SeenFolder): Promise<boolean> {
  const now = await stat(path, { bigint: true }).catch((error: unknown) => {
    if (harmless.has(errorCode(error) ?? '')) return null;
    throw error;
  });
  return now === null || `${now.dev}:${now.ino}` !== identity || `${now.mtimeNs}:${now.ctimeNs}` !== changed;
}
