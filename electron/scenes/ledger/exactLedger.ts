/** A ledger read to make a manifest of it: every entry with its numbers as they were written, lines that still wait included. */
import { basename } from 'node:path';
import { JsonTextError, parseUnmarked } from '../../../shared/exactJson.ts';
import { FailureError } from '../../../shared/failure.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../../../shared/json.ts';
import type { LedgerLine } from '../../../shared/ledger.ts';
import { hashOfLine, ledgerEnd, readLedgerFile, readLine, splitLines } from './ledger.ts';
import type { LedgerDraft } from './ledgerWriter.ts';
import { readPendingLines, untoldAmong } from './pendingLines.ts';

export type ExactEntry = JsonObject & { readonly version: number; readonly artifact: string };

export interface ExactLine extends Pick<LedgerLine, 'seq' | 'action' | 'from' | 'to' | 'by' | 'at'> {
  readonly entries: readonly ExactEntry[];
}

export interface ExactLedger {
  readonly lines: readonly ExactLine[];
  /** Equal as long as nothing was appended, changed, or came to wait. */
  readonly signature: string;
}

/** Throws `damaged` where it stands and cannot be read: what was decided would be lost without it. */
export async function readExactLedger(dataFolder: string, path: string): Promise<ExactLedger> {
  const reading = await readLedgerFile(path);
  if (reading.kind === 'outside' || reading.kind === 'unreadable') {
    const message = `${basename(path)} cannot be read: ${reading.reason}. Without it nobody knows what was decided; look at that file first.`;
    throw new FailureError('damaged', message);
  }
  const bytes = reading.kind === 'read' ? reading.bytes : new Uint8Array();
  const read = splitLines(bytes).flatMap((text) => {
    const one = readLine(text);
    return one.kind === 'line' ? [{ line: one.line, text }] : [];
  });
  // A file of waiting lines that cannot be read is told with the repair itself, as with every change.
  const waiting = untoldAmong(
    await readPendingLines(dataFolder, path).catch(() => []),
    read.map(({ line }) => line),
  );
  const nextSeq = ledgerEnd(bytes, true)?.nextSeq ?? 1;
  return {
    lines: [...read.map(exactLine), ...waiting.map((line, index) => exactDraft(line, nextSeq + index))],
    signature: `${hashOfLine(bytes)} ${hashOfLine(Buffer.from(JSON.stringify(waiting)))}`,
  };
}

function exactLine({ line, text }: { readonly line: LedgerLine; readonly text: Uint8Array }): ExactLine {
  const { seq, action, from, to, by, at } = line;
  // Most lines carry none, and reading exactly is the slower way.
  const whole = line.entries === undefined ? null : parseExactly(new TextDecoder().decode(text));
  const entries = isJsonObject(whole) ? ownValue(whole, 'entries') : undefined;
  return { seq, action, from, to, by, at, entries: Array.isArray(entries) ? entries.filter(isExactEntry) : [] };
}

/** Null for what no manifest could hold either: a text that nests too deep. */
function parseExactly(text: string): JsonValue {
  try {
    return parseUnmarked(text);
  } catch (error) {
    if (error instanceof JsonTextError) return null;
    throw error;
  }
}

function exactDraft({ action, from, to, by, at, entries = [] }: LedgerDraft, seq: number): ExactLine {
  return { seq, action, from, to, by, at, entries: entries.map(parseExactly).filter(isExactEntry) };
}

const isExactEntry = (value: JsonValue): value is ExactEntry =>
  isJsonObject(value) &&
  typeof ownValue(value, 'version') === 'number' &&
  typeof ownValue(value, 'artifact') === 'string';
