/** For tests: the file system's calls with faults that a disk cannot be made to show on demand. */
import * as nodeFiles from 'node:fs/promises';
import { basename } from 'node:path';
import type { DurableFiles } from '../disk/durableWrite.ts';

export interface Faults {
  /** How many bytes one write takes at most; throws in place of the disk. `name` is the file's. */
  readonly write?: (name: string, wanted: number) => number;
  readonly sync?: (name: string) => void;
  readonly link?: () => void;
}

export const diskError = (code: string): Error => Object.assign(new Error(`${code}: as the disk would say`), { code });

export function filesWith(faults: Faults): DurableFiles {
  return {
    ...nodeFiles,
    link: async (from, to) => {
      faults.link?.();
      await nodeFiles.link(from, to);
    },
    open: async (path, flags, mode) => faulty(await nodeFiles.open(path, flags, mode), basename(String(path)), faults),
  };
}

function faulty(handle: nodeFiles.FileHandle, name: string, faults: Faults): nodeFiles.FileHandle {
  return new Proxy(handle, {
    get(target, key) {
      if (key === 'write' && faults.write) {
        const { write } = faults;
        return async (bytes: Uint8Array, offset: number, length: number) =>
          await target.write(bytes, offset, Math.min(length, write(name, length)));
      }
      if (key === 'sync' && faults.sync) {
        const { sync } = faults;
        return async () => {
          sync(name);
          await target.sync();
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
