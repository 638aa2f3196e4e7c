/** Folders beneath the host's roots, for hosts without a folder dialog. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Value } from '../../shared/contract.ts';
import { FailureError } from '../../shared/failure.ts';
import type { AllowedFolders } from '../allowedFolders.ts';

type Listing = Value<'listFolders'>;
type Folder = Listing['folders'][number];

const episodePattern = /^ep_\d{3,}$/;
/** Enough to recognise a workspace without reading a whole disk's worth of folders. */
const mostChildrenLookedInto = 40;

export async function listFolders(allowed: AllowedFolders, named: string | undefined): Promise<Listing> {
  if (named === undefined) {
    const roots = await Promise.all(allowed.roots.map(async (root) => ((await isFolder(root)) ? [root] : [])));
    const folders = await Promise.all(roots.flat().map((root) => describe(root, root)));
    return { path: null, parent: null, folders };
  }
  await allowed.check(named);
  const folder = path.resolve(named);
  let names: string[];
  try {
    names = await subfolders(folder, allowed);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FailureError('io', `The folder ${folder} cannot be listed: ${reason}.`, { cause: error });
  }
  const parent = path.dirname(folder);
  return {
    path: folder,
    parent: parent !== folder && (await allowed.allows(parent)) ? parent : null,
    folders: await Promise.all(names.map((name) => describe(path.join(folder, name), name))),
  };
}

async function describe(folder: string, name: string): Promise<Folder> {
  return { name, path: folder, isWorkspace: await isWorkspace(folder) };
}

/** A project itself, or a folder that holds one. */
async function isWorkspace(folder: string): Promise<boolean> {
  const children = await subfoldersOrNone(folder);
  if (children.some((name) => episodePattern.test(name))) return true;
  for (const child of children.slice(0, mostChildrenLookedInto)) {
    const grandchildren = await subfoldersOrNone(path.join(folder, child));
    if (grandchildren.some((name) => episodePattern.test(name))) return true;
  }
  return false;
}

const subfoldersOrNone = (folder: string): Promise<string[]> => subfolders(folder, null).catch(() => []);

/** Links count where they lead to a folder that may be opened too; where nothing is asked about it, they do not. */
async function subfolders(folder: string, allowed: AllowedFolders | null): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const isOpen =
      entry.isSymbolicLink() && allowed !== null && (await leadsToOpen(path.join(folder, entry.name), allowed));
    if (entry.isDirectory() || isOpen) names.push(entry.name);
  }
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

const leadsToOpen = async (link: string, allowed: AllowedFolders): Promise<boolean> =>
  (await isFolder(link)) && (await allowed.allows(link));

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
