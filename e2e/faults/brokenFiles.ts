/** File calls that break the durable write on purpose, each in one way: a harness that stays green over them sees nothing. */
import * as nodeFiles from 'node:fs/promises';
import type { DurableFiles } from '../../electron/scenes/disk/durableWrite.ts';
import type { Breaking } from './messages.ts';

export const brokenFiles = (breaking: Breaking): DurableFiles => makers[breaking]();

const makers: Readonly<Record<Breaking, () => DurableFiles>> = {
  /** The ledger tells of a change that comes after it. */
  order: () => {
    let late: () => Promise<void> = async () => undefined;
    return {
      ...nodeFiles,
      rename: async (from, to) => {
        late = async () => {
          late = async () => undefined;
          await nodeFiles.rename(from, to);
        };
      },
      open: async (path, flags, mode) => {
        const handle = await nodeFiles.open(path, flags, mode);
        if (!String(path).endsWith('.jsonl')) return handle;
        return withSync(handle, async () => {
          await handle.sync();
          await late();
        });
      },
    };
  },
  /** Nothing is ever on the disk for sure. */
  fsync: () => ({
    ...nodeFiles,
    open: async (path, flags, mode) => withSync(await nodeFiles.open(path, flags, mode), async () => undefined),
  }),
  /** What stood there is cut off and written over where it stands. */
  rename: () => ({
    ...nodeFiles,
    rename: async (from, to) => {
      await writeInPlace(String(from), String(to));
      await nodeFiles.unlink(from);
    },
    link: async (from, to) => await writeInPlace(String(from), String(to)),
  }),
};

async function writeInPlace(from: string, to: string): Promise<void> {
  const bytes = await nodeFiles.readFile(from);
  const half = bytes.length >> 1;
  const handle = await nodeFiles.open(to, 'w');
  await handle.write(bytes, 0, half);
  await handle.write(bytes, half, bytes.length - half);
  await handle.sync();
  await handle.close();
}

function withSync(handle: nodeFiles.FileHandle, sync: () => Promise<void>): nodeFiles.FileHandle {
  return new Proxy(handle, {
    get(target, key) {
      if (key === 'sync') return sync;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
