/** Which folders a face may have opened: only what the host itself handed out, or what lies beneath the roots that it was started with. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../shared/failure.ts';

export interface AllowedFolders {
  /** The host names this folder to the face: its dialog, the recent list, the sample, the command line. */
  readonly handOut: (folder: string) => void;
  readonly allows: (folder: string) => Promise<boolean>;
  /** Throws `invalid` for a folder that may not be opened. */
  readonly check: (folder: string) => Promise<void>;
  readonly roots: readonly string[];
}

export function allowedFolders(options: {
  readonly roots: readonly string[];
  readonly anyFolder?: boolean;
}): AllowedFolders {
  const handedOut = new Set<string>();
  const roots = options.roots.map((root) => path.resolve(root));

  async function allows(folder: string): Promise<boolean> {
    if (options.anyFolder === true) return true;
    if (!path.isAbsolute(folder) || folder.includes('\u0000')) return false;
    const named = path.resolve(folder);
    if (handedOut.has(named)) return true;
    const real = await realOrNull(named);
    if (real === null) return false;
    for (const root of roots) {
      const realRoot = await realOrNull(root);
      if (realRoot !== null && isWithin(realRoot, real)) return true;
    }
    return false;
  }

  return {
    roots,
    handOut: (folder) => handedOut.add(path.resolve(folder)),
    allows,
    async check(folder) {
      if (await allows(folder)) return;
      const beneath =
        roots.length === 0
          ? ''
          : ` It lies beneath none of the folders that this host was started with: ${roots.join(', ')}.`;
      throw new FailureError(
        'invalid',
        `The folder ${folder} was not chosen through Picture Lock, so it is not opened.${beneath}`,
      );
    },
  };
}

const realOrNull = async (folder: string): Promise<string | null> => realpath(folder).catch(() => null);

function isWithin(root: string, folder: string): boolean {
  const relative = path.relative(root, folder);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}
