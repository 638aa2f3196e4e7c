/** For fuzz tests: a batch's files in a folder of their own, what stands there at any moment, and a store over them. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SceneVersionStore } from '../store/sceneVersionStore.ts';

export interface FuzzWorld {
  readonly workspace: string;
  readonly scenesFolder: string;
  readonly dataFolder: string;
  /** Every file of the scenes folder but the locks, by name. */
  files(): Promise<ReadonlyMap<string, Buffer>>;
}

const isLock = (name: string): boolean => name.endsWith('.versions.lock') || name.endsWith('.versions.json.lock');

/** Gone again when `use` is through, whatever became of it. */
export async function withWorld<Value>(
  files: ReadonlyMap<string, Buffer>,
  use: (world: FuzzWorld) => Promise<Value>,
): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'picture-lock-fuzz-'));
  const workspace = join(folder, 'workspace');
  const scenesFolder = join(workspace, 'harbor', 'ep_001', 'scenes');
  try {
    await mkdir(scenesFolder, { recursive: true });
    for (const [name, bytes] of files) await writeFile(join(scenesFolder, name), bytes);
    return await use({
      workspace,
      scenesFolder,
      dataFolder: join(folder, 'data'),
      files: async () => {
        const names = (await readdir(scenesFolder)).filter((name) => !isLock(name)).sort();
        const read = await Promise.all(names.map((name) => readFile(join(scenesFolder, name))));
        return new Map(names.map((name, index) => [name, read[index] ?? Buffer.alloc(0)]));
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const storeOver = ({ scenesFolder, dataFolder }: FuzzWorld): SceneVersionStore =>
  new SceneVersionStore({
    scenesFolder,
    dataFolder,
    episode: 1,
    author: () => ({ user: 'anna', host: 'ws-12' }),
  });

/** Names whose bytes differ, that came or that went. */
export function changedNames(
  before: ReadonlyMap<string, Buffer>,
  after: ReadonlyMap<string, Buffer>,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => {
    const old = before.get(name);
    const now = after.get(name);
    return old === undefined || now === undefined || !old.equals(now);
  });
}
