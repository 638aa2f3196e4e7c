/** One batch as the app shows it: versions with what their bodies showed, every problem, and the list's row; nothing here touches the disk. */
import type { BatchRow } from '../../../shared/contract.ts';
import type { VersionSummary } from '../../../shared/manifest.ts';
import type { Problem } from '../../../shared/problem.ts';
import { describeNoPlainName } from '../disk/containedFile.ts';
import type { LedgerReading } from '../ledger/ledger.ts';
import { bodyProblem, duplicateProblem, noBodyProblem, orphanProblem } from './batchProblems.ts';
import { activeVersionOf, type BatchSource, type KnownVersion, orphansOf, versionsOf } from './batchVersions.ts';
import type { BodyLook } from './bodyCache.ts';

export interface Assembled {
  /** Newest first. */
  readonly versions: readonly VersionSummary[];
  readonly problems: readonly Problem[];
  /** Of every readable body, each once. */
  readonly characters: readonly string[];
}

/** `looks` holds what each version's body showed, by version. */
export function assemble(source: BatchSource, ledger: LedgerReading, looks: ReadonlyMap<number, BodyLook>): Assembled {
  const problems: Problem[] = [...(source.manifest?.problems ?? [])];
  const orphans = orphansOf(source);
  const characters = new Set<string>();
  const versions: VersionSummary[] = [];
  for (const known of versionsOf(source, ledger.lines)) {
    const look = looks.get(known.version);
    const facts = look?.kind === 'facts' ? look.facts : null;
    const wrong = look === undefined ? null : bodyProblem(known, look, source.ref.batchId);
    const canAdopt = wrong === null && isAdoptable(source, known.version);
    const own: Problem[] = orphans
      .filter(({ version }) => known.isOrphan && version === known.version)
      .map(({ version, name }) => orphanProblem(version, name, canAdopt && name === known.artifact));
    if (wrong !== null) own.push(wrong);
    if (facts !== null && facts.duplicateBeatIds.length > 0) own.push(duplicateProblem(known, facts.duplicateBeatIds));
    problems.push(...own);
    for (const character of facts?.characters ?? []) characters.add(character);
    versions.push({
      version: known.version,
      artifact: known.artifact,
      state: known.state,
      downstream: known.downstream,
      kind: known.kind,
      source: known.source,
      parentVersion: known.entry?.parent_version ?? null,
      createdAt: known.entry?.created_at ?? null,
      recordedFingerprint: known.recordedFingerprint,
      fingerprint: facts?.fingerprint ?? null,
      shotCount: facts?.shotCount ?? known.entry?.shot_count ?? null,
      durationS: facts?.durationS ?? null,
      title: facts?.title ?? null,
      shotsWithBoards: facts?.shotsWithBoards ?? 0,
      bodyChangedAt: look?.changedAt ?? null,
      isActive: known.isActive,
      isRegistered: known.entry !== null,
      isReadable: facts !== null,
      // Why it cannot be read says more than that no entry names it.
      problem: wrong ?? own[0] ?? null,
    });
  }
  return { versions: versions.reverse(), problems: [...problems, ...ledger.problems], characters: [...characters] };
}

/** What the manifest and the folder's listing alone tell; bodies were not opened but for the title. */
export function earlyRow(
  source: BatchSource,
  names: ReadonlySet<string>,
  title: string | null,
  known: readonly KnownVersion[] = versionsOf(source, []),
): BatchRow {
  const problems: Problem[] = [...(source.manifest?.problems ?? [])];
  for (const version of known) {
    if (version.isOrphan) continue;
    const reason = describeNoPlainName(version.artifact);
    if (reason !== null) problems.push(noBodyProblem(version, { kind: 'outside', reason, changedAt: null }));
    else if (!names.has(version.artifact)) {
      problems.push(noBodyProblem(version, { kind: 'missing', reason: 'it is not there', changedAt: null }));
    }
  }
  const adopted = new Set(known.filter(({ isOrphan }) => isOrphan).map(({ artifact }) => artifact));
  for (const { version, name } of orphansOf(source)) {
    problems.push(orphanProblem(version, name, adopted.has(name) && isAdoptable(source, version)));
  }
  return row(source, known, { title, problems, characters: [], checked: false });
}

/** As far as the manifest tells; the store judges the body too. */
function isAdoptable({ manifest, listing }: BatchSource, version: number): boolean {
  if (manifest === null) return listing.hasFlat;
  // It would become active without a conform.
  return manifest.isWritable && manifest.manifest?.active_version !== version;
}

/** With all that reading the bodies and the ledger showed. */
export function checkedRow(source: BatchSource, { versions, problems, characters }: Assembled): BatchRow {
  const title = versions.find(({ isActive }) => isActive)?.title ?? null;
  return row(source, versionsOf(source, []), { title: titleOf(source) ?? title, problems, characters, checked: true });
}

/** A title that the manifest itself has wins over the body's. */
export function titleOf(source: BatchSource): string | null {
  const title = source.manifest?.manifest?.title;
  return typeof title === 'string' && title !== '' ? title : null;
}

function row(
  source: BatchSource,
  known: readonly KnownVersion[],
  rest: Pick<BatchRow, 'title' | 'problems' | 'characters' | 'checked'>,
): BatchRow {
  let newestCandidate = 0;
  let highestApproved = 0;
  for (const { entry, state, version } of known) {
    if (entry === null) continue;
    if (state === 'candidate') newestCandidate = Math.max(newestCandidate, version);
    else highestApproved = Math.max(highestApproved, version);
  }
  const activeVersion = activeVersionOf(source);
  const active = known.find(({ isActive }) => isActive);
  return {
    ...source.ref,
    activeVersion,
    newestCandidate: newestCandidate > (active?.version ?? 0) ? newestCandidate : null,
    gate: active === undefined ? null : active.downstream === 'derived' ? 'open' : 'closed',
    needsReview: newestCandidate > highestApproved,
    ...rest,
  };
}
