/** Carries a change out in its one order: ledger opened, manifest written, ledger line appended; and says what could not be recorded. */
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FailureError } from '../../../shared/failure.ts';
import type { Revision } from '../../../shared/ids.ts';
import type { ManifestEntry } from '../../../shared/manifest.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { DurableFiles, FolderSync, Step } from '../disk/durableWrite.ts';
import { ledgerProblem, readLedger } from '../ledger/ledger.ts';
import { type LedgerDraft, type OpenLedger, openLedger } from '../ledger/ledgerWriter.ts';
import { forgetPendingLines, keepPendingLines, readPendingLines, untoldAmong } from '../ledger/pendingLines.ts';
import { asTold, replay, type ToldLine, type ToldVersion } from '../ledger/replay.ts';
import { type BatchPlace, type BatchState, readState } from './batchState.ts';
import { entryTexts } from './manifestEdits.ts';

export type ChangeLine = Pick<LedgerDraft, 'action' | 'from' | 'to' | 'fingerprint' | 'entries'>;

/** What is told of a change, and of which batch. */
export interface ToldChange {
  readonly place: BatchPlace;
  /** As it was read under the lock. */
  readonly before: BatchState;
  /** After the change. */
  readonly revision: Revision;
  readonly by: { readonly user: string; readonly host: string };
  readonly note: string | null;
  readonly lines: readonly ChangeLine[];
  readonly dataFolder: string;
  readonly step: Step;
  readonly files?: DurableFiles | undefined;
}

export interface RecordedChange extends ToldChange {
  /** Makes the change visible, not before `ready`: what is to be written may be prepared meanwhile. */
  readonly write: (ready: Promise<unknown>) => Promise<FolderSync>;
}

/** Returns the problems of a change that stands. What `write` throws has changed nothing. */
export async function recordChange(change: RecordedChange): Promise<readonly Problem[]> {
  const preparing = prepareLedger(change);
  let synced: FolderSync;
  try {
    synced = await change.write(preparing);
  } catch (error) {
    await preparing.then(({ ledger }) => ledger.close()).catch(() => undefined);
    throw error;
  }
  const { ledger, kept, untold, before, problems } = await preparing;
  const lines = [...untold, ...before, ...change.lines.map((line) => draft(change, line))];
  const unwritten = await appendLines(change, ledger, lines, kept);
  void ledger.close().catch(() => undefined);
  if (synced.kind === 'failed') throw await unknownOutcome(change.place, synced.cause);
  return [...problems, ...unwritten];
}

/** A line of its own, where the ledger itself is what changes: throws `io` where it takes none, and nothing waits. */
export async function recordAlone(change: ToldChange): Promise<readonly Problem[]> {
  const { ledger, kept, untold, before, problems } = await prepareLedger(change);
  try {
    await ledger.append([...untold, ...before, ...change.lines.map((line) => draft(change, line))]);
  } finally {
    void ledger.close().catch(() => undefined);
  }
  if (kept !== null && kept.length > 0) await forgetPendingLines(change.dataFolder, change.place.files.ledger);
  return problems;
}

interface PreparedLedger {
  readonly ledger: OpenLedger;
  /** Lines that wait in the data folder; null where that file cannot be read. */
  readonly kept: readonly LedgerDraft[] | null;
  /** Those of them that the ledger does not have. */
  readonly untold: readonly LedgerDraft[];
  /** What has to be told before the change itself. */
  readonly before: readonly LedgerDraft[];
  readonly problems: readonly Problem[];
}

/** Throws `io` where the ledger cannot be opened for append. */
async function prepareLedger(change: ToldChange): Promise<PreparedLedger> {
  const { place, dataFolder, step } = change;
  const problems: Problem[] = [];
  const reading = readPendingLines(dataFolder, place.files.ledger).catch((error: unknown) => {
    problems.push(notWritten(place, `the lines that wait in ${dataFolder} cannot be read`, error));
    return null;
  });
  const ledger = await openLedger(place.files.ledger, step, change.files);
  try {
    const kept = await reading;
    const untold = await notYetTold(place, kept ?? []);
    return { ledger, kept, untold, before: await observe(change, ledger, untold), problems };
  } catch (error) {
    await ledger.close().catch(() => undefined);
    throw error;
  }
}

async function notYetTold(place: BatchPlace, kept: readonly LedgerDraft[]): Promise<readonly LedgerDraft[]> {
  return kept.length === 0 ? kept : untoldAmong(kept, (await readLedger(place.files.ledger)).lines);
}

const draft = ({ by, note, revision }: ToldChange, line: ChangeLine): LedgerDraft => ({
  at: new Date().toISOString(),
  by,
  note,
  revision,
  ...line,
});

/** The change stands, so a ledger that takes no line is a problem and no failure. `kept` is null where the file of waiting lines cannot be read. */
async function appendLines(
  { place, dataFolder }: ToldChange,
  ledger: OpenLedger,
  lines: readonly LedgerDraft[],
  kept: readonly LedgerDraft[] | null,
): Promise<readonly Problem[]> {
  try {
    await ledger.append(lines);
  } catch (error) {
    if (kept === null) return [notWritten(place, 'the line is lost', error)];
    try {
      await keepPendingLines(dataFolder, place.files.ledger, lines);
      return [notWritten(place, 'the line waits and goes in with the next change', error)];
    } catch (second) {
      return [notWritten(place, 'the line could not be kept in the data folder either and is lost', second)];
    }
  }
  if (kept !== null && kept.length > 0) await forgetPendingLines(dataFolder, place.files.ledger);
  return [];
}

/** One `observed` line where the manifest moved without a line: the pipeline wrote it, or somebody crashed in between. */
async function observe(
  change: ToldChange,
  ledger: OpenLedger,
  waiting: readonly LedgerDraft[],
): Promise<readonly LedgerDraft[]> {
  const { place, before } = change;
  const known = [ledger.end.revision ?? 'absent', waiting.at(-1)?.revision];
  if (known.includes(before.revision)) return [];
  const manifest = before.parsed?.manifest ?? null;
  // What is no manifest has no entries to tell, and may nest deeper than a tree of it could be built.
  const text = manifest === null ? null : (before.parsed?.text ?? null);
  const texts = text === null ? [] : entryTexts(text);
  const { lines } = await readLedger(place.files.ledger);
  const told = replay<ManifestEntry, ToldLine<ManifestEntry>>([...lines, ...waiting.map(asTold)]);
  const entries = texts.filter((_, index) => {
    const entry = manifest?.versions[index];
    return entry !== undefined && !isDeepStrictEqual(entry, toldEntry(told.versions.get(entry.version)));
  });
  const to = manifest?.active_version ?? null;
  const active = manifest?.versions.find(({ version }) => version === to);
  const line = {
    action: 'observed',
    from: told.pointer,
    to,
    fingerprint: active?.structure_fingerprint ?? null,
  } as const;
  return [{ ...draft(change, { ...line, entries }), revision: before.revision, note: null }];
}

const toldEntry = (told: ToldVersion<ManifestEntry, unknown> | undefined): ManifestEntry | undefined =>
  told === undefined || told.entry === null ? undefined : { ...told.entry, ...told.decided };

function notWritten({ files }: BatchPlace, what: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The change stands, but ${basename(files.ledger)} has no line of it: ${what}. (${reason})`;
  return ledgerProblem('ledger_not_written', message, basename(files.ledger));
}

/** The new name may or may not outlive a crash of the computer or the server; what stands now is told with it. */
async function unknownOutcome(place: BatchPlace, cause: unknown): Promise<FailureError> {
  const now = await readState(place);
  const details = { isOutcomeUnknown: true, manifest: now.parsed?.manifest ?? null, revision: now.revision };
  return new FailureError(
    'io',
    `The change of ${place.batchId} was made, but the disk did not confirm that its folder is saved: whether it outlives a crash is not known. The batch was read again; look at it before you decide again.`,
    { details, cause },
  );
}
