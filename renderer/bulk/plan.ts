/** What a decision on many would do to one batch, or why it leaves that batch out. Pure. */
import type { BatchView } from '../../shared/contract.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import type { Problem } from '../../shared/problem.ts';
import { reasonAgainst } from '../decide/availability.ts';
import { conflictStory } from '../decide/conflictStory.ts';
import type { DecisionKind } from '../decide/decisions.ts';
import type { Gate } from '../decide/manifestFacts.ts';
import type { Undoable } from '../decide/undoable.ts';
import { problemTitle } from '../scenes/problemText.ts';
import type { BulkPlan, ItemState } from './bulkItem.ts';

type Planned = Extract<ItemState, { readonly kind: 'planned' | 'leftOut' }>;

const leftOut = (reason: string): Planned => ({ kind: 'leftOut', reason });

const gateOf = ({ downstream }: VersionSummary): Gate => (downstream === 'derived' ? 'open' : 'closed');

/** What is wrong, without the file's name, which the batch itself shows. */
function damaged(problem: Problem | null | undefined, otherwise: string): string {
  const title = problem ? `${problemTitle(problem)}.` : otherwise;
  return `Damaged: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

const activeOf = (batch: BatchView): VersionSummary | null =>
  batch.versions.find((each) => each.version === batch.activeVersion) ?? null;

/** Why not, in the words of a list where the batch's own screen is not beside it; null: nothing speaks against it. */
function reasonFor(kind: DecisionKind, batch: BatchView, target: VersionSummary): string | null {
  const { problem, version } = target;
  if (!batch.isWritable) {
    const worst = batch.problems.find((each) => each.severity === 'error');
    return damaged(worst, 'the manifest cannot be written as it is.');
  }
  const reason = reasonAgainst(kind, batch, target, true);
  const isBody = problem !== null && problem.severity === 'error' && problem.version === version;
  if (isBody && problem.code !== 'fingerprint_mismatch' && (reason !== null || kind === 'markDerived')) {
    return damaged(problem, '');
  }
  if (reason !== null) return reason;
  // One by one this is asked about once more; nobody looks at each of many.
  if (problem?.code === 'fingerprint_mismatch') {
    return `v${version} was changed after it was written: look at it, and decide on it by itself.`;
  }
  return null;
}

function planFor(kind: DecisionKind, batch: BatchView, target: VersionSummary): Planned {
  const reason = reasonFor(kind, batch, target);
  if (reason !== null) return leftOut(reason);
  const { manifest, revision, ledger } = batch;
  const plan: BulkPlan = {
    question: { kind, version: target.version },
    from: batch.activeVersion,
    gate: kind === 'markDerived' ? 'open' : gateOf(target),
    length: { from: activeOf(batch)?.durationS ?? null, to: target.durationS },
    // Of the ledger only the end is needed, to tell later what came after it.
    seen: { manifest, revision, ledger: ledger.slice(-1) },
  };
  return { kind: 'planned', plan };
}

/** The newest candidate above the active version, as the list shows it; above all where the pointer is lost, for a conform mends that. */
function newestCandidate(batch: BatchView): VersionSummary | null {
  const floor = activeOf(batch)?.version ?? 0;
  const above = batch.versions.filter(
    ({ isRegistered, state, version }) => isRegistered && state === 'candidate' && version > floor,
  );
  return above.reduce<VersionSummary | null>(
    (newest, each) => (newest === null || each.version > newest.version ? each : newest),
    null,
  );
}

export function planConform(batch: BatchView): Planned {
  const candidate = newestCandidate(batch);
  if (candidate) return planFor('conform', batch, candidate);
  const active = activeOf(batch);
  if (active && !batch.isWritable) return leftOut(reasonFor('conform', batch, active) ?? '');
  if (batch.activeVersion === null) {
    const worst = batch.problems.find((each) => each.severity === 'error');
    return leftOut(damaged(worst, 'no version is known to be active.'));
  }
  return leftOut(`No candidate stands above v${batch.activeVersion}.`);
}

export function planMarkDerived(batch: BatchView): Planned {
  const active = activeOf(batch);
  if (active) return planFor('markDerived', batch, active);
  const worst = batch.problems.find((each) => each.severity === 'error');
  return leftOut(damaged(worst, 'no version is known to be active.'));
}

/** Only on top of exactly what the decision made: what somebody decided since is theirs. */
export function planUndo(undoable: Undoable, batch: BatchView): Planned {
  if (batch.revision !== undoable.seen.revision) {
    const { sentence } = conflictStory(undoable.seen, batch);
    return leftOut(`Changed since: ${sentence}`);
  }
  const target = batch.versions.find((each) => each.version === undoable.back);
  return target ? planFor('revert', batch, target) : leftOut(`v${undoable.back} is there no longer.`);
}
