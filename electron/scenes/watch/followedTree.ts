/** The tree of folders as it was last read, kept in step: by the events of its folders, and by their times. */
import type { BatchId } from '../../../shared/ids.ts';
import type { EpisodeFolder, WorkspaceFolder } from '../workspace/workspace.ts';
import { type FolderTree, hasChanged, readFolderTree } from './folderTree.ts';
import type { FolderWatchers } from './folderWatchers.ts';
import type { HintGathering } from './hintGathering.ts';
import { readSceneEvent } from './sceneEvent.ts';

export interface FollowedTreeOptions {
  readonly folder: WorkspaceFolder;
  readonly gathering: HintGathering;
  readonly onLock: (episode: EpisodeFolder, batchId: BatchId) => void;
}

/** `emptied`: another folder stands there now and holds no scenes, as where a drive was unmounted. The tree stays as it was. */
type TreeReading = 'read' | 'emptied';

/** A folder that is made while it is being looked for is found by another look; a folder in which this never ends waits for the next event. */
const mostLooks = 8;

export class FollowedTree {
  readonly #options: FollowedTreeOptions;
  #tree: FolderTree = new Map();
  /** Folders that an event told of since the last look at their times. */
  #heard = new Set<string>();
  /** Folders that had changed at the last look: some file systems tell times in steps of two seconds. */
  #hot = new Set<string>();

  constructor(options: FollowedTreeOptions) {
    this.#options = options;
  }

  get episodes(): readonly EpisodeFolder[] {
    return [...this.#tree.values()].flatMap(({ scenes }) => scenes ?? []);
  }

  /**
   * Reads it anew, watches its folders where `watchers` are given, and looks at every scenes folder that came, went or is
   * another one. Throws what keeps the workspace's own folder from being read, and what the system says of watches.
   */
  async read(watchers: FolderWatchers | null): Promise<TreeReading> {
    const { folder, gathering } = this.#options;
    const before = this.#tree;
    for (let looks = 1; ; looks += 1) {
      const tree = await readFolderTree(folder);
      const isSameRoot = tree.get(folder.path)?.identity === before.get(folder.path)?.identity;
      if (!isSameRoot && !hasScenes(tree) && hasScenes(before)) return 'emptied';
      this.#tree = tree;
      const added = watchers?.follow([...tree.values()]) ?? [];
      // What was made in a folder before it was watched raises no event.
      const isSettled = !(await someAsync(added, hasChanged));
      if (isSettled || looks === mostLooks) break;
    }
    // The first reading: what is there is listed by whoever opens it.
    if (before.size === 0) return 'read';
    for (const [path, { scenes, identity }] of this.#tree) {
      if (scenes !== null && before.get(path)?.identity !== identity) gathering.addWhole(scenes);
    }
    for (const [path, { scenes }] of before) {
      if (scenes !== null && !this.#tree.has(path)) gathering.addWhole(scenes);
    }
    return 'read';
  }

  hear(folder: string, kind: 'rename' | 'change', name: string | null): void {
    const { gathering, onLock } = this.#options;
    const seen = this.#tree.get(folder);
    if (seen === undefined) return;
    this.#heard.add(folder);
    if (seen.scenes === null) {
      if (name === null || (kind === 'rename' && seen.concerns(name))) gathering.addOtherFolders();
      return;
    }
    const event = name === null ? null : readSceneEvent(name, seen.scenes.episode);
    if (name === null) gathering.addWhole(seen.scenes);
    else if (event?.kind === 'lock') onLock(seen.scenes, event.batchId);
    else if (event !== null) gathering.addFile(seen.scenes, event.batchId, name);
  }

  /** The folder went away, or its watch did. */
  lose(folder: string): void {
    const scenes = this.#tree.get(folder)?.scenes ?? null;
    if (scenes !== null) this.#options.gathering.addWhole(scenes);
    this.#options.gathering.addOtherFolders();
  }

  lookEverywhere(): void {
    for (const episode of this.episodes) this.#options.gathering.addWhole(episode);
  }

  /**
   * By the folders' times: whether any changed. Scenes folders of which no event told are looked at. The caller reads the
   * tree again then, which takes the times anew.
   */
  async lookAtTimes(): Promise<boolean> {
    const heard = this.#heard;
    const wasHot = this.#hot;
    this.#heard = new Set();
    this.#hot = new Set();
    await Promise.all(
      [...this.#tree.values()].map(async (folder) => {
        if (await hasChanged(folder)) this.#hot.add(folder.path);
      }),
    );
    for (const path of new Set([...this.#hot, ...wasHot])) {
      const scenes = this.#tree.get(path)?.scenes ?? null;
      if (scenes !== null && !heard.has(path)) this.#options.gathering.addWhole(scenes);
    }
    return this.#hot.size + wasHot.size > 0;
  }
}

const hasScenes = (tree: FolderTree): boolean => [...tree.values()].some(({ scenes }) => scenes !== null);

async function someAsync<Item>(items: readonly Item[], holds: (item: Item) => Promise<boolean>): Promise<boolean> {
  const answers = await Promise.all(items.map(holds));
  return answers.includes(true);
}
