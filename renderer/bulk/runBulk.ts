/** Reads each batch for the preview, and carries the decision out one by one, a few at once; a failure of one is no failure of the rest. */
import type { BatchView, Decision } from '../../shared/contract.ts';
import type { FailureError } from '../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { request } from '../bridge.ts';
import { afterDecision } from '../decide/afterDecision.ts';
import type { DecisionKind } from '../decide/decisions.ts';
import { endUndo } from '../decide/endUndo.ts';
import { useUndoables } from '../decide/undoable.ts';
import { failureOf, queryClient } from '../queryClient.ts';
import { batchQuery } from '../scenes/queries.ts';
import { useToasts } from '../ui/toasts.ts';
import type { BulkItem, BulkKind, BulkPlan, ItemState } from './bulkItem.ts';
import {
  type BulkJob,
  type BulkSubject,
  changeJob,
  itemChanges,
  jobOf,
  openWorkspaceInfo,
  rowsOf,
  startJob,
  stopBulk,
  subjectOf,
  undoablesOf,
  useBulk,
} from './bulkJob.ts';
import { inTurn } from './inTurn.ts';
import { useMarks } from './marks.ts';
import { failureText, isOutcomeUnknown, remarkOf } from './outcomeText.ts';
import { planConform, planMarkDerived, planUndo } from './plan.ts';

const readAtOnce = 6;
const writtenAtOnce = 4;

const requestNames = { conform: 'conformVersion', revert: 'revertVersion', markDerived: 'markDerived' } as const;

type Look = (key: string, batch: BatchView) => ItemState;

/** Whether anything is being carried out now, so that nothing else may begin. */
const isBusy = (): boolean => useBulk.getState().job?.stage === 'running';

async function readAll(kind: BulkKind, subjects: readonly BulkSubject[], look: Look): Promise<void> {
  if (subjects.length === 0 || isBusy()) return;
  const id = startJob(kind, subjects);
  const { tell, flush } = itemChanges(id);
  await inTurn(subjects, { atOnce: readAtOnce, isOver: () => jobOf(id) === null }, async ({ key, ref }) => {
    try {
      tell(key, look(key, await request('getBatch', ref)));
    } catch (error) {
      tell(key, { kind: 'leftOut', reason: failureOf(error).message });
    }
  });
  flush();
  changeJob(id, { stage: 'preview' });
}

const looks: Readonly<Record<Exclude<BulkKind, 'undo'>, (batch: BatchView) => ItemState>> = {
  conform: planConform,
  markDerived: planMarkDerived,
};

type ForwardKind = Exclude<BulkKind, 'undo'>;

const preview = (kind: ForwardKind, subjects: readonly BulkSubject[]): Promise<void> =>
  readAll(kind, subjects, (_key, batch) => looks[kind](batch));

/** Opens the preview over the marked batches. */
export function askBulk(kind: ForwardKind): void {
  if (openWorkspaceInfo()?.canWrite === false) return;
  void preview(kind, rowsOf(useMarks.getState().marked).map(subjectOf));
}

/** Opens the preview of taking back what a job did, as far as nobody has decided since. */
export function askUndoAll(id: number): void {
  const undoables = new Map(undoablesOf(id).map((each) => [batchKey(each.ref), each]));
  if (undoables.size === 0) {
    useToasts.getState().show({ kind: 'note', title: 'There is nothing left to take back.' });
    return;
  }
  const subjects = rowsOf(undoables).map(subjectOf);
  void readAll('undo', subjects, (key, batch) => {
    const undoable = undoables.get(key);
    return undoable ? planUndo(undoable, batch) : { kind: 'unread' };
  });
}

/** The failed ones once more, each read anew. */
export function tryFailedAgain(job: BulkJob): void {
  const failed = job.items.filter(({ state }) => state.kind === 'failed');
  if (job.kind !== 'undo') {
    void preview(job.kind, failed);
    return;
  }
  const undoables = new Map(useUndoables.getState().undoables.map((each) => [batchKey(each.ref), each]));
  void readAll('undo', failed, (key, batch) => {
    const undoable = undoables.get(key);
    return undoable ? planUndo(undoable, batch) : { kind: 'leftOut', reason: 'It was decided on since.' };
  });
}

const isPlanned = (item: BulkItem): item is BulkItem & { readonly state: { kind: 'planned'; plan: BulkPlan } } =>
  item.state.kind === 'planned';

/** After these the next ones would fail too, and nobody would learn anything from that. */
const endsAll = ({ code }: FailureError): boolean => code === 'unreachable' || code === 'readOnly';

export async function startBulk(): Promise<void> {
  const { job } = useBulk.getState();
  if (job?.stage !== 'preview') return;
  const { id, kind, workspace } = job;
  changeJob(id, { stage: 'running' });
  const { tell, flush } = itemChanges(id);
  const note = job.note.trim();
  const isOver = () => jobOf(id)?.isStopping ?? true;
  await inTurn(
    job.items.filter(isPlanned),
    { atOnce: writtenAtOnce, isOver },
    async ({ key, ref, state: { plan } }) => {
      tell(key, { kind: 'running', plan });
      try {
        const decision = await send(ref, plan, { note, workspace });
        keepUndo(id, kind, ref, plan, decision);
        tell(key, { kind: 'done', plan, decision, remark: remarkOf(decision) });
      } catch (error) {
        const failure = failureOf(error);
        const reason = failureText(kind, plan, failure);
        tell(key, { kind: 'failed', plan, reason, isUnknown: isOutcomeUnknown(failure) });
        if (endsAll(failure)) stopBulk(failure.message);
      }
    },
  );
  flush();
  changeJob(id, { stage: 'done' });
  // What is done or was left out needs its mark no longer; what failed and what was not begun keeps it.
  const settled = jobOf(id)?.items.filter(({ state }) => state.kind === 'done' || state.kind === 'leftOut') ?? [];
  if (kind !== 'undo') useMarks.getState().unmark(settled.map(({ key }) => key));
}

async function send(
  ref: BatchRef,
  { question, seen }: BulkPlan,
  { note, workspace }: Pick<BulkJob, 'note' | 'workspace'>,
): Promise<Decision> {
  const decision = await request(requestNames[question.kind], {
    ...ref,
    version: question.version,
    expectedRevision: seen.revision,
    workspace: workspace ?? undefined,
    ...(note === '' ? {} : { note }),
  });
  // The host's notice refreshes what is shown; until it has, this is what it will say.
  queryClient.setQueryData(batchQuery(ref).queryKey, (batch) => batch && afterDecision(batch, decision));
  return decision;
}

const undoableKind = (kind: DecisionKind): kind is 'conform' => kind === 'conform';

/** A decision ends the undo of the one before, and a conform can itself be taken back: alone, or with all of its job. */
function keepUndo(id: number, kind: BulkKind, ref: BatchRef, plan: BulkPlan, decision: Decision): void {
  endUndo(ref);
  const { question, from, seen } = plan;
  if (kind === 'undo' || !undoableKind(question.kind) || from === null || from === question.version) return;
  const after = { manifest: decision.manifest, revision: decision.revision, ledger: seen.ledger };
  useUndoables
    .getState()
    .offer({ ref, kind: question.kind, back: from, decided: question.version, seen: after, toast: null, bulk: id });
}
