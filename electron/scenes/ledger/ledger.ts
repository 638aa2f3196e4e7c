/** Reads a batch's ledger and says what is wrong with it; needs no lock, and damage never keeps a line that can be read from being shown. */
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type LedgerLine, ledgerActions } from '../../../shared/ledger.ts';
import type { Problem, ProblemCode } from '../../../shared/problem.ts';
import { type Reading, readContained } from '../disk/containedFile.ts';

export interface LedgerReading {
  /** What could be read, oldest first. */
  readonly lines: readonly LedgerLine[];
  readonly problems: readonly Problem[];
}

/** Where the chain goes on: what the next line has to carry. */
export interface LedgerEnd {
  readonly nextSeq: number;
  /** SHA-256 of the last line, torn or not; null in an empty ledger. */
  readonly prev: string | null;
  /** Of the last line that can be read; null where there is none. */
  readonly revision: string | null;
  /** The last line has no newline: a writer crashed in it. */
  readonly lacksNewline: boolean;
}

const lineSchema = z.looseObject({
  seq: z.int().positive(),
  at: z.string(),
  by: z.looseObject({ user: z.string(), host: z.string() }),
  action: z.enum(ledgerActions),
  from: z.int().nullable(),
  to: z.int().nullable(),
  fingerprint: z.string().nullable(),
  revision: z.string(),
  note: z.string().nullable(),
  entries: z.array(z.looseObject({ version: z.int(), artifact: z.string() })).optional(),
  prev: z.string().nullable(),
});

const newline = 0x0a;
/** A writer that is at work now finishes its line within this; a torn one stays torn. */
const tornAgainMs = 30;

export const hashOfLine = (line: Uint8Array): string => createHash('sha256').update(line).digest('hex');

const isLine = (value: unknown): value is LedgerLine => lineSchema.safeParse(value).success;

type ReadLine =
  | { readonly kind: 'line'; readonly line: LedgerLine }
  | { readonly kind: 'torn' }
  | { readonly kind: 'foreign' };

export function readLine(bytes: Uint8Array): ReadLine {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return isLine(value) ? { kind: 'line', line: value } : { kind: 'foreign' };
  } catch {
    return { kind: 'torn' };
  }
}

/** Without their newlines; the text after the last newline counts, an empty one does not. */
export function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(newline, start);
    lines.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    start = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}

const endsInNewline = (bytes: Uint8Array): boolean => bytes.length === 0 || bytes.at(-1) === newline;

/** `fileName` is what messages name. */
export function parseLedger(bytes: Uint8Array, fileName: string): LedgerReading {
  const lines: LedgerLine[] = [];
  const torn: number[] = [];
  let broken: string | null = null;
  let prev: string | null = null;
  for (const [index, text] of splitLines(bytes).entries()) {
    const read = readLine(text);
    const number = index + 1;
    if (read.kind === 'line') {
      lines.push(read.line);
      if (read.line.prev !== prev) broken ??= `line ${number} does not follow from the line before it`;
      else if (read.line.seq !== number) broken ??= `line ${number} has the number ${read.line.seq}`;
    } else if (read.kind === 'torn') torn.push(number);
    else broken ??= `line ${number} is not a line of a ledger`;
    prev = hashOfLine(text);
  }
  const problems: Problem[] = [];
  if (torn.length > 0) {
    const which = torn.length === 1 ? `line ${torn[0]} is` : `lines ${torn.join(', ')} are`;
    const isEndTorn = torn.at(-1) === splitLines(bytes).length && !endsInNewline(bytes);
    const next = isEndTorn ? ' The next change closes it off, or you do.' : '';
    const what = `${fileName}: ${which} torn, as a writer leaves it that crashed. Nothing else is affected; what it said is lost.${next}`;
    problems.push({ ...ledgerProblem('ledger_torn', what, fileName), ...(isEndTorn ? { repair: 'closeLedger' } : {}) });
  }
  if (broken !== null) {
    const what = `${fileName}: ${broken}, so the past was changed from there back. Compare it with a backup; decisions go on.`;
    problems.push(ledgerProblem('ledger_broken', what, fileName));
  }
  return { lines, problems };
}

/** Its bytes, where a writer is at work with that line whole. */
export async function readLedgerFile(path: string): Promise<Reading> {
  const read = (): Promise<Reading> => readContained(dirname(path), basename(path));
  const reading = await read();
  if (reading.kind !== 'read' || endsInNewline(reading.bytes)) return reading;
  await delay(tornAgainMs);
  return await read();
}

/** A missing ledger is empty; one that cannot be read at all is a problem, never a failure. */
export async function readLedger(path: string): Promise<LedgerReading> {
  const reading = await readLedgerFile(path);
  if (reading.kind === 'read') return parseLedger(reading.bytes, basename(path));
  if (reading.kind === 'missing') return { lines: [], problems: [] };
  const what = `${basename(path)} cannot be read: ${reading.reason}. Look at that file and its permissions; decisions cannot be written into it.`;
  return { lines: [], problems: [{ ...ledgerProblem('ledger_unreadable', what, basename(path)), severity: 'error' }] };
}

/**
 * The end of the chain, from the last bytes of a ledger alone; null where they hold no whole line that can be read and
 * the caller has to come back with more. `isWhole`: the bytes are the ledger from its first line on.
 */
export function ledgerEnd(bytes: Uint8Array, isWhole: boolean): LedgerEnd | null {
  const lines = splitLines(bytes);
  const lacksNewline = !endsInNewline(bytes);
  const last = lines.at(-1);
  const prev = last === undefined ? null : hashOfLine(last);
  // Of a part the first line may be cut off at its front.
  for (let index = lines.length - 1; index >= (isWhole ? 0 : 1); index -= 1) {
    const text = lines[index];
    const read = text === undefined ? null : readLine(text);
    if (read?.kind !== 'line') continue;
    const { seq, revision } = read.line;
    return { nextSeq: seq + lines.length - index, prev, revision, lacksNewline };
  }
  return isWhole ? { nextSeq: lines.length + 1, prev, revision: null, lacksNewline } : null;
}

export const ledgerProblem = (code: ProblemCode, message: string, file: string): Problem => ({
  code,
  severity: 'warning',
  file,
  message,
});
