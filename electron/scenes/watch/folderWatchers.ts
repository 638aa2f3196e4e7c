/** One watch of the system for each folder that is named, never one for each file. */
import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import { errorCode } from '../disk/ioReason.ts';

/** Node's own; a test puts one in its place that fails as a system does whose watches are used up. */
export type WatchFolder = (folder: string) => FSWatcher;

export interface FolderWatchersOptions {
  readonly watchFolder?: WatchFolder | undefined;
  /** `name` is null where the system does not say which; the folder has to be listed then. */
  readonly onEvent: (folder: string, kind: 'rename' | 'change', name: string | null) => void;
  /** The folder itself went away, moved, or is another one now. */
  readonly onLost: (folder: string) => void;
  /** The system watches no more folders, or lost them. */
  readonly onFailed: (error: unknown) => void;
}

interface Watched {
  readonly identity: string;
  readonly watcher: FSWatcher;
}

const watchNames: WatchFolder = (folder) => watch(folder, { persistent: false });

export class FolderWatchers {
  readonly #options: FolderWatchersOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(options: FolderWatchersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#watched.size;
  }

  /** Watches these folders and no others; gives the new ones. Throws what the system says where it takes no more. */
  follow<Folder extends { readonly path: string; readonly identity: string }>(
    folders: readonly Folder[],
  ): readonly Folder[] {
    const wanted = new Map(folders.map((folder) => [folder.path, folder.identity]));
    for (const [path, { identity }] of this.#watched) if (wanted.get(path) !== identity) this.#drop(path);
    const added = folders.filter(({ path }) => !this.#watched.has(path));
    for (const { path, identity } of added) {
      try {
        this.#watched.set(path, { identity, watcher: this.#open(path) });
      } catch (error) {
        // It went away since it was seen; whoever lists next sees that too.
        if (!gone.has(errorCode(error) ?? '')) throw error;
      }
    }
    return added;
  }

  close(): void {
    for (const path of [...this.#watched.keys()]) this.#drop(path);
  }

  #open(path: string): FSWatcher {
    const watcher = (this.#options.watchFolder ?? watchNames)(path);
    const isOurs = () => this.#watched.get(path)?.watcher === watcher;
    watcher.on('change', (kind, name) => {
      if (!isOurs()) return;
      // A folder that is removed or moved tells its own name.
      if (kind === 'rename' && name === basename(path)) this.#lose(path);
      else this.#options.onEvent(path, kind === 'rename' ? 'rename' : 'change', typeof name === 'string' ? name : null);
    });
    watcher.on('error', (error) => {
      if (!isOurs()) return;
      this.#drop(path);
      if (gone.has(errorCode(error) ?? '')) this.#options.onLost(path);
      else this.#options.onFailed(error);
    });
    return watcher;
  }

  #lose(path: string): void {
    this.#drop(path);
    this.#options.onLost(path);
  }

  #drop(path: string): void {
    const watched = this.#watched.get(path);
    this.#watched.delete(path);
    watched?.watcher.close();
  }
}

/** Windows says EPERM of a watched folder that is deleted. */
const gone: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', ...(process.platform === 'win32' ? ['EPERM'] : [])]);
