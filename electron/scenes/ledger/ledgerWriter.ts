/** Appends lines to a batch's ledger under the batch's lock, each chained to the one before and all on the disk when it is done. */
import { constants } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { LedgerLine } from '../../../shared/ledger.ts';
import { type DurableFiles, type Step, writeWhole } from '../disk/durableWrite.ts';
import { shareLikeFolder } from '../disk/fileSharing.ts';
import { ioFailure } from '../disk/ioFailure.ts';
import { errorCode } from '../disk/ioReason.ts';
import { hashOfLine, type LedgerEnd, ledgerEnd } from './ledger.ts';

/** A line that has no place in the chain yet. */
export interface LedgerDraft extends Omit<LedgerLine, 'seq' | 'prev' | 'entries'> {
  /** Each entry's own JSON text on one line, so that its numbers stay as written. */
  readonly entries?: readonly string[];
}

export interface OpenLedger {
  readonly end: LedgerEnd;
  append(drafts: readonly LedgerDraft[]): Promise<void>;
  close(): Promise<void>;
}

/** Most ends of a ledger lie within this; a line with many entries needs more. */
const firstLookBack = 3_072;
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Throws `io` where it cannot be opened for append. Makes an empty one where there is none. */
export async function openLedger(
  path: string,
  step: Step,
  files: Pick<DurableFiles, 'open' | 'stat'> = nodeFiles,
): Promise<OpenLedger> {
  const name = basename(path);
  try {
    const handle = await openOrMake(path, files);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw noFile(name);
      const { size } = stats;
      const end = await readEnd(handle, size);
      await step('ledger opened');
      return { end, append: (drafts) => append(handle, name, size, end, drafts, step), close: () => handle.close() };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw ioFailure(`${name} could not be opened for writing, so nothing was changed`, error);
  }
}

/** What a named pipe takes is gone when nobody reads it. */
const noFile = (name: string): FailureError =>
  new FailureError('io', `${name} is no regular file, so nothing was changed. Look at what stands there.`);

async function openOrMake(
  path: string,
  { open, stat }: Pick<DurableFiles, 'open' | 'stat'>,
): Promise<nodeFiles.FileHandle> {
  const flags = constants.O_RDWR | constants.O_APPEND | noFollow;
  try {
    return await open(path, flags);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const handle = await open(path, flags | constants.O_CREAT, 0o666);
  try {
    await shareLikeFolder(handle, await stat(dirname(path)));
    return handle;
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

async function readEnd(handle: nodeFiles.FileHandle, size: number): Promise<LedgerEnd> {
  for (let length = firstLookBack; ; length *= 4) {
    const isWhole = length >= size;
    const buffer = Buffer.allocUnsafe(Math.min(length, size));
    let filled = 0;
    while (filled < buffer.length) {
      const at = size - buffer.length + filled;
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, at);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const end = ledgerEnd(buffer.subarray(0, filled), isWhole);
    if (end !== null) return end;
    if (isWhole) return { nextSeq: 1, prev: null, revision: null, lacksNewline: false };
  }
}

async function append(
  handle: nodeFiles.FileHandle,
  name: string,
  size: number,
  end: LedgerEnd,
  drafts: readonly LedgerDraft[],
  step: Step,
): Promise<void> {
  let { nextSeq, prev } = end;
  // A torn end stays as it is and counts as a line.
  let text = end.lacksNewline ? '\n' : '';
  for (const draft of drafts) {
    const line = lineText(draft, nextSeq, prev);
    text += `${line}\n`;
    prev = hashOfLine(Buffer.from(line, 'utf8'));
    nextSeq += 1;
  }
  try {
    await writeWhole(handle, Buffer.from(text, 'utf8'));
    await step('ledger written');
    await handle.sync();
    await step('ledger synced');
  } catch (error) {
    // Half a line of ours would be reported as torn for ever.
    await handle.truncate(size).catch(() => undefined);
    throw ioFailure(`${name} could not be written`, error);
  }
}

function lineText({ entries, ...draft }: LedgerDraft, seq: number, prev: string | null): string {
  const { at, by, action, from, to, fingerprint, revision, note } = draft;
  const head = JSON.stringify({ seq, at, by, action, from, to, fingerprint, revision, note }).slice(0, -1);
  const middle = entries === undefined ? '' : `,"entries":[${entries.join(',')}]`;
  return `${head}${middle},"prev":${JSON.stringify(prev)}}`;
}
