/** A workspace's folders: which projects, episodes and batches there are, and that a request's names are among them. */
import { access, constants, readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { type BatchId, type BatchRef, episodeName, isProjectName, type ProjectName } from '../../../shared/ids.ts';
import { errorCode, ioReason } from '../disk/ioReason.ts';
import {
  type BatchListing,
  filePrefix,
  listBatchesIn,
  listingOf,
  parseEpisodeFolder,
  scenesFolderOf,
} from '../sceneFiles.ts';

import { folderNames } from './folderNames.ts';

export interface WorkspaceFolder {
  readonly path: string;
  readonly name: string;
  /** The project that was opened by itself, else null. */
  readonly onlyProject: ProjectName | null;
  /** The folder in which the projects stand. */
  readonly projectsFolder: string;
}

export interface EpisodeFolder {
  readonly project: ProjectName;
  readonly episode: number;
  readonly scenesFolder: string;
}

/** What one listing of a scenes folder said of one batch. */
export interface LocatedBatch {
  readonly ref: BatchRef;
  readonly scenesFolder: string;
  readonly listing: BatchListing;
}

/** `onUnreadable` hears of folders that could not be listed; they hide nothing else. */
type OnUnreadable = (path: string, reason: string) => void;

const ignore: OnUnreadable = () => undefined;

/** Opens a folder of projects, or a project folder itself. Throws `invalid` and `notFound`. */
export async function openWorkspaceFolder(path: string): Promise<WorkspaceFolder> {
  if (!isAbsolute(path) || path.includes('\0')) {
    throw new FailureError('invalid', `"${path}" is no absolute path of a folder. Give the whole path of a workspace.`);
  }
  const whole = resolve(path);
  let isFolder: boolean;
  try {
    isFolder = (await stat(whole)).isDirectory();
  } catch (error) {
    const isGone = errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
    throw new FailureError(
      isGone ? 'notFound' : 'io',
      isGone
        ? `There is no folder ${whole}. Check that the drive is mounted, or choose another folder.`
        : `${whole} cannot be opened: ${ioReason(error)}.`,
      { cause: error },
    );
  }
  if (!isFolder) {
    throw new FailureError('invalid', `${whole} is a file. Choose the folder that holds the projects, or a project.`);
  }
  try {
    await access(whole, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new FailureError('io', `${whole} cannot be listed: ${ioReason(error)}. Ask for access to it.`, {
      cause: error,
    });
  }
  const name = basename(whole) === '' ? whole : basename(whole);
  const isProject = isProjectName(name) && (await listEpisodesOf(whole, name, ignore)).length > 0;
  return isProject
    ? { path: whole, name, onlyProject: name, projectsFolder: dirname(whole) }
    : { path: whole, name, onlyProject: null, projectsFolder: whole };
}

/** Every scenes folder there is, by project and episode. */
export async function listEpisodes(
  workspace: WorkspaceFolder,
  onUnreadable: OnUnreadable = ignore,
): Promise<readonly EpisodeFolder[]> {
  const projects = await listProjects(workspace);
  const found = await Promise.all(
    projects.map((project) => listEpisodesOf(join(workspace.projectsFolder, project), project, onUnreadable)),
  );
  return found.flat();
}

/** Folders that may be projects, sorted; whether one holds an episode is another question. */
async function listProjects(workspace: WorkspaceFolder): Promise<readonly ProjectName[]> {
  if (workspace.onlyProject !== null) return [workspace.onlyProject];
  const names = await listFolders(workspace.path);
  return names.filter(isProjectName).sort();
}

async function listEpisodesOf(folder: string, project: ProjectName, onUnreadable: OnUnreadable) {
  const found: EpisodeFolder[] = [];
  let names: readonly string[] = [];
  try {
    names = await listFolders(folder);
  } catch (error) {
    onUnreadable(folder, ioReason(error));
  }
  for (const name of names) {
    const episode = parseEpisodeFolder(name);
    if (episode === null) continue;
    const scenesFolder = join(folder, name, 'scenes');
    if (await isFolderAt(scenesFolder)) found.push({ project, episode, scenesFolder });
  }
  return found.sort((a, b) => a.episode - b.episode);
}

/** Names of folders and of links, which may lead to one. */
async function listFolders(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
}

async function isFolderAt(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** All batches of an episode with the names that its folder has; empty where the folder went away since it was found. */
export async function listScenes(
  { project, episode, scenesFolder }: EpisodeFolder,
  onUnreadable: OnUnreadable = ignore,
): Promise<{ readonly names: () => ReadonlySet<string>; readonly batches: readonly LocatedBatch[] }> {
  let names: readonly string[] = [];
  try {
    names = await readdir(scenesFolder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') onUnreadable(scenesFolder, ioReason(error));
  }
  const batches = listBatchesIn(names, episode).map((listing) => ({
    ref: { project, episode, batchId: listing.batchId },
    scenesFolder,
    listing,
  }));
  // Most episodes are never asked for it, and it is the dearest part of a listing.
  let known: ReadonlySet<string> | undefined;
  const all = (): ReadonlySet<string> => {
    known ??= new Set(names);
    return known;
  };
  return { names: all, batches };
}

/**
 * A batch that is there, its names compared byte for byte with what listing the folders gives: a file system that does
 * not tell case apart would open it under other names too. Throws `notFound`.
 */
export async function locateBatch(workspace: WorkspaceFolder, ref: BatchRef): Promise<LocatedBatch> {
  const scenesFolder = await locateScenes(workspace, ref);
  const names = await namesIn(scenesFolder, folderNames);
  const listing = listingOf(names ?? [], ref.episode, ref.batchId);
  if (!listing.hasFlat && !listing.hasManifest && listing.bodies.length === 0) {
    throw new FailureError('notFound', `There is no ${ref.batchId} in ${scenesFolder}. List the batches again.`);
  }
  return { ref, scenesFolder, listing };
}

/** What one listing of an episode's folder says of these batches; those that are not there are left out. Throws `io`. */
export async function locateIn(
  { project, episode, scenesFolder }: EpisodeFolder,
  batchIds: Iterable<BatchId>,
): Promise<ReadonlyMap<BatchId, LocatedBatch>> {
  const names = (await namesIn(scenesFolder)) ?? [];
  const wanted = new Set(batchIds);
  const prefixes = [...wanted].map((batchId) => `${filePrefix(episode, batchId)}.`);
  // A few names are sooner compared than thousands taken apart.
  const own = wanted.size > 8 ? names : names.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
  const found = listBatchesIn(own, episode).filter(({ batchId }) => wanted.has(batchId));
  return new Map(
    found.map((listing) => [
      listing.batchId,
      { ref: { project, episode, batchId: listing.batchId }, scenesFolder, listing },
    ]),
  );
}

/** The scenes folder of an episode that is there. Throws `notFound`. */
async function locateScenes(workspace: WorkspaceFolder, { project, episode }: BatchRef): Promise<string> {
  const projectFolder = await locateProject(workspace, project);
  const folder = episodeName(episode);
  const episodes = await namesIn(projectFolder);
  const inside = episodes?.includes(folder) ? await namesIn(join(projectFolder, folder)) : null;
  if (inside?.includes('scenes')) return scenesFolderOf(projectFolder, episode);
  throw new FailureError('notFound', `There is no ${folder}/scenes in ${projectFolder}. List the batches again.`);
}

/** Where a candidate goes: the project has to be there, its episode and batch may be new. Throws `notFound`. */
export async function locateForWriting(workspace: WorkspaceFolder, ref: BatchRef): Promise<string> {
  const projectFolder = await locateProject(workspace, ref.project);
  const folder = episodeName(ref.episode);
  const names = (await namesIn(projectFolder)) ?? [];
  const other = names.find((name) => name !== folder && name.toLowerCase() === folder);
  if (other !== undefined && !names.includes(folder)) {
    throw new FailureError(
      'invalid',
      `${projectFolder} already has a folder "${other}", which some file systems take for ${folder}. Rename it first.`,
    );
  }
  return scenesFolderOf(projectFolder, ref.episode);
}

async function locateProject(workspace: WorkspaceFolder, project: ProjectName): Promise<string> {
  const projects = await listProjects(workspace);
  const folder = join(workspace.projectsFolder, project);
  if (projects.includes(project) && (await isFolderAt(folder))) return folder;
  throw new FailureError('notFound', `There is no project "${project}" in ${workspace.path}. List the batches again.`);
}

/** Null where the folder is not there. */
async function namesIn(
  folder: string,
  read: (folder: string) => Promise<readonly string[]> = readdir,
): Promise<readonly string[] | null> {
  try {
    return await read(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw new FailureError('io', `${folder} cannot be listed: ${ioReason(error)}.`, { cause: error });
  }
}
