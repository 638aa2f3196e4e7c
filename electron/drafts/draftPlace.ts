/** Where the drafts of a workspace stand in the data folder: under its id where it has one, else under its path. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type BatchRef, episodeName } from '../../shared/ids.ts';

const workspaceFile = z.looseObject({ id: z.string().min(1).max(200) });
/** It holds an id and little else. */
const largestWorkspaceFile = 64 * 1024;
const longestName = 120;

/**
 * What is kept now goes to the first. Drafts that were kept under the path are found again when the workspace has got
 * its id. Never throws.
 */
export async function draftFolders(dataFolder: string, workspace: string): Promise<readonly string[]> {
  const drafts = path.join(dataFolder, 'drafts');
  const byPath = path.join(drafts, `path-${hashOf(path.resolve(workspace))}`);
  const id = await workspaceId(workspace);
  return id === null ? [byPath] : [path.join(drafts, `id-${encodedName(id)}`), byPath];
}

/** Null where there is none, or none that can be read: reading never makes one. */
async function workspaceId(workspace: string): Promise<string | null> {
  const file = path.join(workspace, '.picture-lock', 'workspace.json');
  try {
    const { size } = await stat(file);
    if (size > largestWorkspaceFile) return null;
    return workspaceFile.parse(JSON.parse(await readFile(file, 'utf8'))).id;
  } catch {
    return null;
  }
}

/** A draft's file within one of the folders. */
export const draftFile = (folder: string, { project, episode, batchId }: BatchRef): string =>
  path.join(folder, encodedName(project), `${episodeName(episode)}_${batchId}.json`);

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);

/** Percent-encoded, so that no name is a path; what would get too long for a file system ends in its hash. */
function encodedName(name: string): string {
  const encoded = Array.from(Buffer.from(name, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9_-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  return encoded.length <= longestName ? encoded : `${encoded.slice(0, longestName - 33)}~${hashOf(name)}`;
}
