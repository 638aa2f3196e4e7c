/** Which decisions a batch offers for the selected version, what each would do, and why one cannot be made now. */
import type { BatchView } from '../../shared/contract.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import type { DecisionKind, Question } from './decisions.ts';

export interface Availability extends Question {
  /** "Conform v4". */
  readonly label: string;
  /** What it does, in a sentence. */
  readonly hint: string;
  /** Null: it can be made. */
  readonly disabledReason: string | null;
}

export interface AvailableDecisions {
  readonly conform: Availability | null;
  /** Null where there is nothing to go back to. */
  readonly revert: Availability | null;
  readonly markDerived: Availability | null;
  /** The one that the person most likely came for; null where none can be made. */
  readonly primary: DecisionKind | null;
}

const find = (batch: BatchView, version: number | null): VersionSummary | null =>
  version === null ? null : (batch.versions.find((each) => each.version === version) ?? null);

export const labelOf = ({ kind, version }: Question): string => {
  switch (kind) {
    case 'conform':
      return `Conform v${version}`;
    case 'revert':
      return `Revert to v${version}`;
    case 'markDerived':
      return `Mark v${version} derived`;
  }
};

export function hintOf({ kind, version }: Question, batch: BatchView): string {
  // A pointer may stand on a number that no version has; that one stays nowhere.
  const active = find(batch, batch.activeVersion)?.version ?? null;
  switch (kind) {
    case 'conform':
      return active === null || active === version
        ? `Make v${version} the active version and mark it approved.`
        : `Make v${version} the active version and mark it approved; v${active} stays in the history.`;
    case 'revert':
      return `Make v${version} the active version again. No state, no body and no gate mark of any version changes.`;
    case 'markDerived':
      return `Say that boards and everything downstream are made from v${version}. Only the active version can be marked.`;
  }
}

/** Whether anything can be written now: not into a read-only workspace, and not into a batch whose files are gone. */
export type Writing = boolean | 'gone';

function writingReason(batch: BatchView, canWrite: Writing): string | null {
  if (canWrite === 'gone')
    return 'The files of this batch are gone or out of reach, so nothing can be decided about it now.';
  if (!canWrite) return 'This workspace is read-only: looking is free, nothing can be written.';
  if (!batch.isWritable)
    return 'The manifest cannot be written as it is; what is wrong stands among the problems above.';
  return null;
}

function bodyReason(version: VersionSummary): string | null {
  if (!version.isRegistered) return `v${version.version} is on disk and in no manifest, so it cannot become active.`;
  const { problem } = version;
  // A body that is readable and only not what was recorded is asked about once more, never refused.
  const isRefused = problem?.severity === 'error' && problem.code !== 'fingerprint_mismatch';
  if (isRefused) return `v${version.version} cannot become active: what is wrong with its body stands above.`;
  return version.isReadable ? null : `The body of v${version.version} cannot be read, so it cannot become active.`;
}

function ownReason(kind: DecisionKind, version: VersionSummary): string | null {
  const name = `v${version.version}`;
  switch (kind) {
    case 'conform':
      return version.isActive && version.state === 'approved'
        ? `${name} is active and approved already.`
        : bodyReason(version);
    case 'revert':
      return version.isActive ? `${name} is active already.` : bodyReason(version);
    case 'markDerived':
      if (!version.isActive) return `${name} is not the active version; only that one is marked derived.`;
      return version.downstream === 'derived' ? `${name} is derived already.` : null;
  }
}

/** Why that decision cannot be made on that version now; null: it can. */
export const reasonAgainst = (
  kind: DecisionKind,
  batch: BatchView,
  version: VersionSummary,
  canWrite: Writing,
): string | null => writingReason(batch, canWrite) ?? ownReason(kind, version);

/** The version that was active before, by the ledger's latest decision for the active one, else its parent. */
export function versionBefore(batch: BatchView): number | null {
  const active = batch.activeVersion;
  if (active === null) return null;
  const decided = batch.ledger.findLast(
    (line) => (line.action === 'conform' || line.action === 'revert') && line.to === active && line.from !== active,
  );
  const parent = find(batch, active)?.parentVersion ?? null;
  const before = [decided?.from ?? null, parent].find((version) => {
    const summary = find(batch, version);
    return summary !== null && version !== active && bodyReason(summary) === null;
  });
  return before ?? null;
}

/** Going back: to the selected version where it stood before or was approved, else to the one that was active before. */
function revertTarget(batch: BatchView, to: VersionSummary): VersionSummary | null {
  const isBack = to.state === 'approved' || (batch.activeVersion !== null && to.version < batch.activeVersion);
  if (!to.isActive && to.isRegistered && isBack) return to;
  return find(batch, versionBefore(batch));
}

export function availableDecisions(batch: BatchView, to: VersionSummary | null, canWrite: Writing): AvailableDecisions {
  const active = find(batch, batch.activeVersion);
  const make = (kind: DecisionKind, version: VersionSummary): Availability => {
    const question = { kind, version: version.version };
    return {
      ...question,
      label: labelOf(question),
      hint: hintOf(question, batch),
      disabledReason: reasonAgainst(kind, batch, version, canWrite),
    };
  };
  const conform = to && make('conform', to);
  const back = to && revertTarget(batch, to);
  const revert = back && make('revert', back);
  const markDerived = active && make('markDerived', active);

  // Going back is the person's aim only where they chose what was approved before; else it is never put forward.
  const isGoingBack = revert?.version === to?.version && to?.state === 'approved';
  // Marking cannot be undone, so it is put forward only where there is something that was derived.
  const isMarking = to?.isActive === true && to.shotsWithBoards > 0;
  const order = [isGoingBack ? revert : conform, isMarking ? markDerived : null];
  const primary = order.find((each) => each && each.disabledReason === null) ?? null;
  return { conform, revert, markDerived, primary: primary?.kind ?? null };
}
