/** A batch's files as they stand at one moment, and what is wrong with them by themselves. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readLedger } from '../../electron/scenes/ledger/ledger.ts';
import { type ParsedManifest, parseManifest } from '../../electron/scenes/reading/manifest.ts';
import { sha256 } from '../../electron/scenes/reading/sceneBody.ts';
import { fingerprintScene } from '../../shared/fingerprint.ts';
import { parseBatchId } from '../../shared/ids.ts';
import type { LedgerLine } from '../../shared/ledger.ts';
import type { Problem } from '../../shared/problem.ts';
import { isScene } from '../../shared/scene.ts';
import type { RunPlace } from './messages.ts';
import { filesOf } from './scenarios.ts';

export interface BatchLook {
  /** Null where there is none. */
  readonly parsed: ParsedManifest | null;
  readonly manifestText: string | null;
  /** Their texts, by name; the flat one too. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly lines: readonly LedgerLine[];
  /** Empty where there is none. */
  readonly ledgerText: string;
  readonly ledgerProblems: readonly Problem[];
  /** Temp files, here and in the data folder. */
  readonly temps: readonly string[];
  readonly hasLockFolder: boolean;
  /** The texts of damaged manifests that a repair kept. */
  readonly kept: readonly string[];
}

export const revisionOf = ({ parsed }: BatchLook): string | null => parsed?.revision ?? null;

const bodyPattern = /^ep_001_BATCH_\d+(?:\.v\d+)?\.json$/;

export async function lookAt(place: RunPlace): Promise<BatchLook> {
  const files = filesOf(place);
  const names = await readdir(place.scenesFolder).catch((): string[] => []);
  const dataNames = await readdir(place.dataFolder, { recursive: true }).catch((): string[] => []);
  const bodies = new Map<string, string>();
  for (const name of names.filter((each) => bodyPattern.test(each))) {
    bodies.set(name, await readFile(join(place.scenesFolder, name), 'utf8'));
  }
  const bytes = await readFile(files.manifest).catch(() => null);
  const batchId = parseBatchId(place.batchId);
  const { lines, problems } = await readLedger(files.ledger);
  return {
    manifestText: bytes?.toString('utf8') ?? null,
    parsed: bytes === null ? null : parseManifest(bytes, batchId, basename(files.manifest)),
    bodies,
    lines,
    ledgerText: await readFile(files.ledger, 'utf8').catch(() => ''),
    ledgerProblems: problems,
    temps: [...names, ...dataNames].filter((name) => basename(name).startsWith('.')),
    hasLockFolder: names.includes(basename(files.lockFolder)),
    kept: await Promise.all(
      names
        .filter((name) => name.startsWith(`${basename(files.manifest)}.damaged-`))
        .map((name) => readFile(join(place.scenesFolder, name), 'utf8')),
    ),
  };
}

/** Null where the text is no whole scene. */
export function fingerprintOf(text: string): string | null {
  try {
    const value = JSON.parse(text);
    return isScene(value) ? fingerprintScene(value, sha256) : null;
  } catch {
    return null;
  }
}

/** Whatever happened: a manifest that parses, a pointer and entries that lead somewhere, no version twice, whole bodies, a chain. */
export function standingViolations({ parsed, bodies, lines, ledgerProblems }: BatchLook): readonly string[] {
  const found: string[] = [];
  for (const [name, text] of bodies) if (fingerprintOf(text) === null) found.push(`body: ${name} is torn`);
  if (parsed !== null) {
    for (const { code, message } of parsed.problems) found.push(`manifest: ${code}: ${message}`);
    const entries = parsed.manifest?.versions ?? [];
    if (!entries.some(({ version }) => version === parsed.manifest?.active_version)) found.push('pointer: it dangles');
    for (const { version, artifact, structure_fingerprint: recorded } of entries) {
      const text = bodies.get(artifact);
      if (text === undefined) found.push(`body: v${version} is registered and ${artifact} is not there`);
      else if (fingerprintOf(text) !== recorded) found.push(`body: ${artifact} is not what v${version} records`);
    }
    if (new Set(entries.map(({ artifact }) => artifact)).size < entries.length) found.push('manifest: a body twice');
  }
  for (const { code, message } of ledgerProblems) {
    if (code === 'ledger_broken' || code === 'ledger_unreadable') found.push(`ledger: ${message}`);
  }
  const told = lines.map(({ at, by, action, to, revision }) => JSON.stringify({ at, by, action, to, revision }));
  if (new Set(told).size < told.length) found.push('ledger: one decision is told twice');
  return found;
}
