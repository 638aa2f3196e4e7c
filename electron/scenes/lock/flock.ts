/** The system's own flock(2), through koffi: the lock that the pipeline takes. */
import { getSystemErrorName } from 'node:util';
import { errorCode } from '../disk/ioReason.ts';

/** `unsupported`: this platform or this file system has no such lock. */
export type FlockResult = 'granted' | 'busy' | 'unsupported';

export interface Flock {
  /** Never waits. */
  tryLock(fd: number): FlockResult;
  /** Blocks its thread until granted. */
  lock(fd: number): FlockResult;
  unlock(fd: number): void;
  /** Ends the process at once, whatever its threads are blocked in; no exit handler runs after it. */
  endNow(code: number): void;
}

const exclusive = 2;
const withoutWaiting = 4;
const release = 8;

const libraries: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['libc.so.6', `libc.musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`],
  darwin: ['libSystem.B.dylib'],
};

let loaded: Promise<Flock | null> | undefined;

/** Null where there is no flock, as on Windows. Loaded on first use: most requests never lock. */
export function loadFlock(): Promise<Flock | null> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Flock | null> {
  const names = libraries[process.platform];
  if (names === undefined) return null;
  try {
    const { default: koffi } = await import('koffi');
    const library = loadFirst(koffi, names);
    const call = library.func('int flock(int fd, int operation)');
    const exit = library.func('void _exit(int code)');
    const { EINTR, EWOULDBLOCK, EAGAIN, ENOTSUP, EOPNOTSUPP, ENOLCK, ENOSYS, EBADF } = koffi.os.errno;
    // EBADF: NFS wants a file that is open for writing, and ours may be open for reading alone.
    const unsupported = new Set([ENOTSUP, EOPNOTSUPP, ENOLCK, ENOSYS, EBADF]);
    const flock = (fd: number, operation: number): FlockResult => {
      for (;;) {
        if (call(fd, operation) === 0) return 'granted';
        const errno = koffi.errno();
        if (errno === EINTR) continue;
        if (errno === EWOULDBLOCK || errno === EAGAIN) return 'busy';
        if (unsupported.has(errno)) return 'unsupported';
        const code = getSystemErrorName(-errno);
        throw Object.assign(new Error(`flock failed with ${code}`), { errno: -errno, code });
      }
    };
    return {
      tryLock: (fd) => flock(fd, exclusive | withoutWaiting),
      lock: (fd) => flock(fd, exclusive),
      unlock: (fd) => void flock(fd, release),
      endNow: (code) => void exit(code),
    };
  } catch (error) {
    // Packed without a binary for this platform: as good as a platform without flock.
    if (errorCode(error) === 'ERR_MODULE_NOT_FOUND' || errorCode(error) === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

type Koffi = typeof import('koffi')['default'];

function loadFirst(koffi: Koffi, names: readonly string[]): ReturnType<Koffi['load']> {
  let failure: unknown;
  for (const name of names) {
    try {
      return koffi.load(name);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
