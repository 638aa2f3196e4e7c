/** File calls that break the durable write on purpose, each in one way: a harness that stays green over them sees nothing. */
import * as nodeFiles from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DurableFiles } from '../../electron/scenes/disk/durableWrite.ts';
import type { Breaking } from './messages.ts';

export const brokenFiles = (breaking: Breaking): DurableFiles => makers[breaking]();

const isLedger = (path: unknown): boolean => String(path).endsWith('.decisions.jsonl');

const makers: Readonly<Record<Breaking, () => DurableFiles>> = {
  /** A file gets its name first and is put on the disk afterwards. */
  order: () => ({
    ...nodeFiles,
    open: async (path, flags, mode) => {
      const handle = await nodeFiles.open(path, flags, mode);
      return isTemp(path) ? withCalls(handle, { sync: async () => undefined }) : handle;
    },
    rename: async (from, to) => {
      await nodeFiles.rename(from, to);
      await syncAt(String(to));
    },
    link: async (from, to) => {
      await nodeFiles.link(from, to);
      await syncAt(String(to));
    },
  }),
  /** Nothing is ever on the disk for sure. */
  fsync: () => ({
    ...nodeFiles,
    open: async (path, flags, mode) =>
      withCalls(await nodeFiles.open(path, flags, mode), { sync: async () => undefined }),
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
  /** The ledger tells of a change that comes after it. */
  ledgerFirst: () => {
    let late: () => Promise<void> = async () => undefined;
    return {
      ...nodeFiles,
      rename: async (from, to) => {
        late = async () => {
          late = async () => undefined;
          await nodeFiles.rename(from, to);
          await syncAt(dirname(String(to)));
        };
      },
      open: async (path, flags, mode) => {
        const handle = await nodeFiles.open(path, flags, mode);
        if (!isLedger(path)) return handle;
        const sync = async (): Promise<void> => {
          await handle.sync();
          await late();
        };
        return withCalls(handle, { sync });
      },
    };
  },
  /** Whoever writes a line is told that it is written. */
  ledgerSkipped: () => ({
    ...nodeFiles,
    open: async (path, flags, mode) => {
      const handle = await nodeFiles.open(path, flags, mode);
      const write = async (bytes: Uint8Array, offset = 0, length = bytes.length - offset) => ({ bytesWritten: length });
      return isLedger(path) ? withCalls(handle, { write }) : handle;
    },
  }),
};

const isTemp = (path: unknown): boolean => String(path).endsWith('.tmp');

async function syncAt(path: string): Promise<void> {
  const handle = await nodeFiles.open(path, 'r');
  await handle.sync();
  await handle.close();
}

async function writeInPlace(from: string, to: string): Promise<void> {
  const bytes = await nodeFiles.readFile(from);
  const half = bytes.length >> 1;
  const handle = await nodeFiles.open(to, 'w');
  await handle.write(bytes, 0, half);
  await handle.write(bytes, half, bytes.length - half);
  await handle.sync();
  await handle.close();
}

function withCalls(handle: nodeFiles.FileHandle, calls: Readonly<Record<string, unknown>>): nodeFiles.FileHandle {
  return new Proxy(handle, {
    get(target, key) {
      if (typeof key === 'string' && key in calls) return calls[key];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
