/** Which folders a face may have opened: only what the host itself handed out, or what lies beneath the roots that it was started with. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../shared/failure.ts';

export interface AllowedFolders {
  /** The host names this folder to the face: its dialog, the recent list, the sample, the command line. */
  readonly handOut: (folder: string) => void;
  readonly allows: (folder: string) => Promise<boolean>;
  /** Throws `invalid` for a folder that may not be opened, `notFound` for one that might be but is not there. */
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
    return isBeneathRoots(await realOrNull(named));
  }

  async function isBeneathRoots(real: string | null): Promise<boolean> {
    if (real === null) return false;
    for (const root of roots) {
      const realRoot = await realOrNull(root);
      if (realRoot !== null && isWithin(realRoot, real)) return true;
    }
    return false;
  }

  /** By the nearest folder above that is there, so that nobody learns by this what lies outside. */
  async function isMissingBeneathRoots(folder: string): Promise<boolean> {
    if (!path.isAbsolute(folder) || folder.includes('\u0000') || (await realOrNull(folder)) !== null) return false;
    let above = path.resolve(folder);
    let real: string | null = null;
    while (real === null && above !== path.dirname(above)) {
      above = path.dirname(above);
      real = await realOrNull(above);
    }
    return isBeneathRoots(real);
  }

  return {
    roots,
    handOut: (folder) => handedOut.add(path.resolve(folder)),
    allows,
    async check(folder) {
      if (await allows(folder)) return;
      if (await isMissingBeneathRoots(folder)) {
        throw new FailureError('notFound', `There is no folder ${folder}. It may have been moved: choose another one.`);
      }
      const beneath =
        roots.length === 0
          ? ''
          : ` In the browser, start Picture Lock with --root to open what does not lie beneath ${roots.join(' or ')}.`;
      throw new FailureError(
        'invalid',
        `The folder ${folder} was not chosen through Picture Lock, so it is not opened. Choose it with Open workspace.${beneath}`,
      );
    },
  };
}

const realOrNull = async (folder: string): Promise<string | null> => realpath(folder).catch(() => null);

function isWithin(root: string, folder: string): boolean {
  const relative = path.relative(root, folder);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}
