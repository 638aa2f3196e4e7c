/** Ledger lines whose change stands but which could not be appended: they wait in the data folder and go in first next time. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { type LedgerLine, ledgerActions } from '../../../shared/ledger.ts';
import type { ManifestEntry } from '../../../shared/manifest.ts';
import { replaceFile } from '../disk/durableWrite.ts';
import { ioFailure } from '../disk/ioFailure.ts';
import { errorCode } from '../disk/ioReason.ts';
import type { LedgerDraft } from './ledgerWriter.ts';

const entrySchema = z.looseObject({ version: z.int(), artifact: z.string() });

/** An entry's own text as a value; null where it is none. */
export function entryOf(text: string): ManifestEntry | null {
  try {
    const value: unknown = JSON.parse(text);
    return isEntry(value) ? value : null;
  } catch {
    return null;
  }
}

const isEntry = (value: unknown): value is ManifestEntry => entrySchema.safeParse(value).success;

const draftSchema = z.strictObject({
  at: z.string(),
  by: z.strictObject({ user: z.string(), host: z.string() }),
  action: z.enum(ledgerActions),
  from: z.int().nullable(),
  to: z.int().nullable(),
  fingerprint: z.string().nullable(),
  revision: z.string(),
  note: z.string().nullable(),
  entries: z.array(z.string().refine((text) => entryOf(text) !== null)).optional(),
});

/** `ledger` is for people who look into the data folder. */
const fileSchema = z.strictObject({ ledger: z.string(), lines: z.array(draftSchema) });

const folderName = 'ledger-lines';

/** Asked for at every write, and a folder moves seldom while a program runs. */
const realFolders = new Map<string, Promise<string>>();

/** One file per ledger, by its real path: the same folder may be reached by several. */
async function waitingFile(dataFolder: string, ledger: string): Promise<string> {
  const folder = dirname(ledger);
  const real = realFolders.get(folder) ?? realpath(folder).catch(() => folder);
  realFolders.set(folder, real);
  const key = createHash('sha256')
    .update(join(await real, basename(ledger)))
    .digest('hex')
    .slice(0, 32);
  return join(dataFolder, folderName, `${key}.json`);
}

/** Throws where the file is there and cannot be understood: it holds decisions and is never overwritten. */
export async function readPendingLines(dataFolder: string, ledger: string): Promise<readonly LedgerDraft[]> {
  const path = await waitingFile(dataFolder, ledger);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw ioFailure(`${path} could not be read`, error);
  }
  return fileSchema
    .parse(JSON.parse(text))
    .lines.map(({ entries, ...line }) => (entries === undefined ? line : { ...line, entries }));
}

/** A writer that dies between the ledger and its waiting file leaves lines in both: they are told once. */
export function untoldAmong(waiting: readonly LedgerDraft[], lines: readonly LedgerLine[]): readonly LedgerDraft[] {
  const told = new Set(lines.map(identityOf));
  return waiting.filter((line) => !told.has(identityOf(line)));
}

const identityOf = ({ at, by, action, from, to, revision, note }: LedgerDraft | LedgerLine): string =>
  JSON.stringify([at, by.user, by.host, action, from, to, revision, note]);

/** Takes the place of what waited before, which therefore stands in `lines` too. */
export async function keepPendingLines(
  dataFolder: string,
  ledger: string,
  lines: readonly LedgerDraft[],
): Promise<void> {
  const path = await waitingFile(dataFolder, ledger);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, Buffer.from(`${JSON.stringify({ ledger, lines }, null, 2)}\n`, 'utf8'));
}

export async function forgetPendingLines(dataFolder: string, ledger: string): Promise<void> {
  await unlink(await waitingFile(dataFolder, ledger)).catch(() => undefined);
}
