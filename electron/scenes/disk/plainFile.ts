/** Reads files of a scenes folder without a promise, for threads of our own: the usual file only, whatever is unusual is left to containedFile.ts. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { describeNoPlainName, noFollow, readFlags, signatureOf } from './containedFile.ts';
import { errorCode } from './ioReason.ts';

export interface PlainFile {
  readonly kind: 'read';
  /** Until the next file is read: every file is read into the same memory. */
  readonly bytes: Buffer;
  readonly signature: string;
  readonly changedMs: number;
}

/** A link, a folder, a pipe, no permission, a read error, a file that changes, a large one: judged in one place only, and that is not here. */
export type Unusual = { readonly kind: 'unusual' };
export type PlainReading = PlainFile | { readonly kind: 'same' } | { readonly kind: 'missing' } | Unusual;

const unusual: Unusual = { kind: 'unusual' };
const missing = { kind: 'missing' } as const;
const memory = Buffer.allocUnsafeSlow(1024 * 1024);

/** Each look at the clock costs a share of what an opening does. */
const timedEvery = 8;
let openings = 0;

/** How long some of the openings since this was asked last took, in milliseconds. */
export function openingTimes(): readonly number[] {
  return times.splice(0);
}

const times: number[] = [];

/**
 * The whole file; `same` where its signature is the one that is known. Never follows a link and never throws for what is
 * on disk. Blocks, so that it is not for the main thread.
 */
export function readPlain(folder: string, name: string, known: string | null = null): PlainReading {
  return withPlain(folder, name, (fd): PlainReading => {
    const stats = fstatSync(fd, { bigint: true });
    if (!stats.isFile()) return unusual;
    const signature = signatureOf(stats);
    if (signature === known) return { kind: 'same' };
    const count = readSync(fd, memory, 0, memory.length, 0);
    // Fewer bytes than it has: it is large, came in parts, or changes while it is read.
    if (BigInt(count) !== stats.size) return unusual;
    return { kind: 'read', bytes: memory.subarray(0, count), signature, changedMs: Number(stats.mtimeMs) };
  });
}

interface PlainHead {
  readonly kind: 'head';
  /** Until the next file is read. */
  readonly text: (mostBytes: number) => string;
}

/** The first bytes of a file. */
export function readPlainHead(folder: string, name: string, bytes: number): PlainHead | typeof missing | Unusual {
  return withPlain(folder, name, (fd) => {
    if (!fstatSync(fd).isFile()) return unusual;
    const count = readSync(fd, memory, 0, bytes, 0);
    return { kind: 'head', text: (most) => memory.toString('utf8', 0, Math.min(most, count)) };
  });
}

function withPlain<Result>(
  folder: string,
  name: string,
  read: (fd: number) => Result,
): Result | typeof missing | Unusual {
  // Windows cannot open without following; there every name is an unusual one.
  if (noFollow === undefined || describeNoPlainName(name) !== null) return unusual;
  let fd: number;
  openings += 1;
  const isTimed = openings % timedEvery === 0;
  const begun = isTimed ? performance.now() : 0;
  try {
    fd = openSync(`${folder}/${name}`, readFlags);
    if (isTimed) times.push(performance.now() - begun);
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? missing : unusual;
  }
  try {
    return read(fd);
  } catch {
    return unusual;
  } finally {
    closeSync(fd);
  }
}
