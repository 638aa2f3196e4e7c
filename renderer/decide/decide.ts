/** Carries a decision out: the request, the cache, the message with Undo; and takes one back. Throws what the host refused. */
import type { ConflictDetails, Decision } from '../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { request } from '../bridge.ts';
import { askUndoAll } from '../bulk/runBulk.ts';
import { failureOf, queryClient } from '../queryClient.ts';
import { openWorkspacePath } from '../scenes/openWorkspacePath.ts';
import { batchesQuery, batchQuery } from '../scenes/queries.ts';
import { useSelection } from '../scenes/selection.ts';
import { reportFailure, useToasts } from '../ui/toasts.ts';
import { afterDecision } from './afterDecision.ts';
import { conflictDetails } from './conflictDetails.ts';
import { type Question, shownBatch, useDecisions } from './decisions.ts';
import { endUndo } from './endUndo.ts';
import { outcomeOf, undoneOutcome } from './outcome.ts';
import { nextUndoable, type Undoable, useUndoables } from './undoable.ts';

export interface Order {
  readonly question: Question;
  readonly ref: BatchRef;
  readonly seen: ConflictDetails;
  readonly note: string;
  /** Set where this takes a decision back by way of a dialog. */
  readonly isUndo: boolean;
}

const requestNames = { conform: 'conformVersion', revert: 'revertVersion', markDerived: 'markDerived' } as const;

function refresh(ref: BatchRef): Promise<unknown> {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: batchQuery(ref).queryKey }),
    queryClient.invalidateQueries({ queryKey: batchesQuery().queryKey }),
  ]);
}

async function send(order: Order): Promise<Decision> {
  const { question, ref, seen, note } = order;
  const text = note.trim();
  try {
    const decision = await request(requestNames[question.kind], {
      ...ref,
      version: question.version,
      expectedRevision: seen.revision,
      workspace: openWorkspacePath() ?? undefined,
      ...(text === '' ? {} : { note: text }),
    });
    queryClient.setQueryData(batchQuery(ref).queryKey, (batch) => batch && afterDecision(batch, decision));
    return decision;
  } finally {
    // After a failure too: a conflict means that what is shown is old.
    void refresh(ref);
  }
}

export async function decide(order: Order): Promise<void> {
  const { question, ref, seen } = order;
  const { kind, version } = question;
  const before = seen.manifest?.active_version ?? null;
  const decision = await send(order);
  endUndo(ref);
  const outcome = outcomeOf(kind, version, decision);
  const undoOf =
    kind === 'markDerived' || before === null || before === version || order.isUndo ? null : { kind, before };
  const toast = useToasts.getState().show({
    kind: order.isUndo ? 'undone' : 'done',
    batch: ref,
    ...outcome,
    ...(undoOf ? { action: { label: 'Undo', run: () => void undo(ref) } } : {}),
  });
  if (!undoOf) return;
  const after = { manifest: decision.manifest, revision: decision.revision, ledger: seen.ledger };
  useUndoables.getState().offer({ ref, kind: undoOf.kind, back: undoOf.before, decided: version, seen: after, toast });
}

/** Takes the last decision back: of this batch, or of the one shown. Asks only where it meets a conflict or a changed body. */
export async function undo(ref?: BatchRef): Promise<void> {
  const shown = ref ?? useSelection.getState().batch;
  const found = nextUndoable(useUndoables.getState().undoables, shown);
  if (!found) return;
  // One of many on a batch that nobody looks at: all of them are meant, and that is asked first.
  if (found.bulk !== undefined && (shown === null || batchKey(found.ref) !== batchKey(shown))) {
    askUndoAll(found.bulk);
    return;
  }
  endUndo(found.ref);
  const order = orderOf(found);
  const batch = shownBatch(found.ref);
  const target = batch?.versions.find((version) => version.version === found.back);
  if (batch && target?.problem?.code === 'fingerprint_mismatch') {
    useDecisions.getState().openAt({ ...order, batch, step: { kind: 'changedBody' } });
    return;
  }
  try {
    const decision = await send(order);
    useToasts.getState().show({ kind: 'undone', batch: found.ref, ...undoneOutcome(found, decision) });
  } catch (error) {
    await undoFailed(found, order, error);
  }
}

const orderOf = (found: Undoable): Order => ({
  question: { kind: 'revert', version: found.back },
  ref: found.ref,
  seen: found.seen,
  note: '',
  isUndo: true,
});

async function undoFailed(found: Undoable, order: Order, error: unknown): Promise<void> {
  const now = conflictDetails(failureOf(error));
  if (!now) {
    // Nothing was written, so it can be tried again.
    useUndoables.getState().offer(found);
    reportFailure(error);
    return;
  }
  const batch = await queryClient.fetchQuery({ ...batchQuery(found.ref), staleTime: 0 });
  useDecisions.getState().openAt({ ...order, batch, step: { kind: 'conflict', now } });
}
