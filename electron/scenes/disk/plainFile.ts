/** Reads files of a scenes folder without a promise, for threads of our own: the usual file only, whatever is unusual is left to containedFile.ts. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { describeNoPlainName, type FileStamp, noFollow, readFlags, stampOf } from './containedFile.ts';
import { errorCode } from './ioReason.ts';

export interface PlainFile extends FileStamp {
  readonly kind: 'read';
  readonly bytes: Uint8Array;
}

/** A link, a folder, a pipe, no permission, a read error, a file that changes: judged in one place only, and that is not here. */
export type Unusual = { readonly kind: 'unusual' };
export type PlainReading = PlainFile | { readonly kind: 'same' } | { readonly kind: 'missing' } | Unusual;

const unusual: Unusual = { kind: 'unusual' };
/** What is larger is no usual file. */
const largestPlain = 16 * 1024 * 1024;

/** How long each opening took since this was asked last, in milliseconds. */
export function openingTimes(): readonly number[] {
  return times.splice(0);
}

const times: number[] = [];

/**
 * The first `mostBytes` of a file; `same` where its signature is the one that is known. Never follows a link and never
 * throws for what is on disk. Blocks, so that it is not for the main thread.
 */
export function readPlain(
  folder: string,
  name: string,
  { known = null, mostBytes = largestPlain }: { known?: string | null; mostBytes?: number } = {},
): PlainReading {
  // Windows cannot open without following; there every name is an unusual one.
  if (noFollow === undefined || describeNoPlainName(name) !== null) return unusual;
  let fd: number;
  const begun = performance.now();
  try {
    fd = openSync(join(folder, name), readFlags);
    times.push(performance.now() - begun);
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { kind: 'missing' } : unusual;
  }
  try {
    const stats = fstatSync(fd, { bigint: true });
    if (!stats.isFile()) return unusual;
    const stamp = stampOf(stats);
    if (stamp.signature === known) return { kind: 'same' };
    const isHead = stamp.size > mostBytes;
    if (isHead && mostBytes === largestPlain) return unusual;
    const wanted = isHead ? mostBytes : stamp.size;
    // A byte more than there should be, so that the answer tells the end.
    const buffer = Buffer.allocUnsafe(isHead ? wanted : wanted + 1);
    const count = readSync(fd, buffer, 0, buffer.length, 0);
    return count === wanted ? { kind: 'read', bytes: buffer.subarray(0, wanted), ...stamp } : unusual;
  } catch {
    return unusual;
  } finally {
    closeSync(fd);
  }
}
