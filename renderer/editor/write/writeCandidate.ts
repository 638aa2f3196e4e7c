/** Writes the draft as a candidate, and makes sure of an answer that did not come. The draft is given up only once the version is acknowledged. */
import type { BatchView } from '../../../shared/contract.ts';
import type { FailureError } from '../../../shared/failure.ts';
import { isScene } from '../../../shared/scene.ts';
import { fromWire, objectToWire } from '../../../shared/wire.ts';
import { request } from '../../bridge.ts';
import { conflictDetails } from '../../decide/conflictDetails.ts';
import { useDecisions } from '../../decide/decisions.ts';
import { failureOf, queryClient } from '../../queryClient.ts';
import { batchesQuery, batchQuery } from '../../scenes/queries.ts';
import { useSelection } from '../../scenes/selection.ts';
import { reportFailure, useToasts } from '../../ui/toasts.ts';
import { useDraft } from '../draftStore.ts';
import { useKeeping } from '../keeping.ts';
import { endDraft } from '../openEditor.ts';
import { readBatchAgain } from './askToWrite.ts';
import { foundVersion, hasSameFields } from './sameBody.ts';
import { expectedOf, type OpenWriting } from './writing.ts';

interface Written {
  readonly version: number;
  /** What is to be known beside it: a line that the ledger lacks, an answer that was lost. */
  readonly cautions: readonly string[];
}

export type WriteResult =
  | { readonly kind: 'written'; readonly written: Written }
  | { readonly kind: 'identical'; readonly version: number }
  | { readonly kind: 'conflict'; readonly failure: FailureError; readonly batch: BatchView | null };

export const parentOf = ({ draft }: OpenWriting): number | null =>
  draft.base?.version ?? useKeeping.getState().lostBase?.version ?? null;

export interface HowToWrite {
  readonly fingerprint: string;
  /** Also where a version like this one is there. */
  readonly isRepeatAllowed: boolean;
  /** Why nobody knows whether the last attempt was carried out; null where that is known. */
  readonly uncertainty: FailureError | null;
}

/** Throws what the host refused, with nothing written, or what could not be found out. */
export async function writeCandidate(
  open: OpenWriting,
  { fingerprint, isRepeatAllowed, uncertainty }: HowToWrite,
): Promise<WriteResult> {
  const { draft } = open;
  // What was written already is never written a second time.
  const found = uncertainty && (await lookFor(open, fingerprint, uncertainty));
  if (found) return found;
  try {
    const written = await request('writeCandidate', {
      ...draft.batch,
      scene: objectToWire(draft.scene),
      parentVersion: parentOf(open),
      kind: draft.kind,
      source: draft.source.trim(),
      dedup: !isRepeatAllowed,
      expectedRevision: expectedOf(open).revision,
      workspace: useKeeping.getState().workspace ?? undefined,
    });
    const { version, problems } = written;
    if (!written.appended) return { kind: 'identical', version };
    const unwritten = problems.filter(({ code }) => code === 'ledger_not_written').map(({ message }) => message);
    return { kind: 'written', written: { version, cautions: unwritten } };
  } catch (error) {
    const failure = failureOf(error);
    if (conflictDetails(failure)) return { kind: 'conflict', failure, batch: await readBatchAgain(draft.batch) };
    if (!isUncertain(failure)) throw failure;
    // Nobody knows yet: the draft stays, and trying again looks first.
    const made = await lookFor(open, fingerprint, failure).catch(() => null);
    if (made) return made;
    throw failure;
  } finally {
    void queryClient.invalidateQueries({ queryKey: batchQuery(draft.batch).queryKey });
  }
}

/** The host may have done it all the same: the answer was lost, or the disk did not confirm it. */
export const isUncertain = ({ code }: FailureError): boolean =>
  code === 'unreachable' || code === 'unexpected' || code === 'io';

/** Null where it was not written, as far as the batch shows now. */
async function lookFor(open: OpenWriting, fingerprint: string, failure: FailureError): Promise<WriteResult | null> {
  const batch = await readBatchAgain(open.draft.batch);
  const sent = { fingerprint, parent: parentOf(open), source: open.draft.source.trim() };
  const version = batch && foundVersion(open.batch, batch, sent);
  if (version === null) return null;
  // The fingerprint does not hold the title: what stands beside the beats has to be what was sent, or the draft is all there is of it.
  const scene = fromWire(await request('readScene', { ...open.draft.batch, version }));
  if (!isScene(scene) || !hasSameFields(scene, open.draft.scene)) return null;
  return { kind: 'written', written: { version, cautions: [cautionOf(failure)] } };
}

/** A lost answer has been found again; what the disk did not confirm has to be said. */
const cautionOf = (failure: FailureError): string =>
  failure.code === 'io' ? failure.message : 'Its answer was lost, and found again by looking at the batch.';

/** The draft is a version now: back to the batch, with it selected against its parent. */
export async function afterWriting(open: OpenWriting, { version, cautions }: Written): Promise<void> {
  const { batch: ref } = open.draft;
  // So that the list and the history that come up know it.
  await Promise.allSettled([
    queryClient.fetchQuery({ ...batchesQuery(), staleTime: 0 }),
    queryClient.fetchQuery({ ...batchQuery(ref), staleTime: 0 }),
  ]);
  try {
    await endDraft();
  } catch (error) {
    // It is written; a draft that cannot be removed is offered once more and harms nothing.
    reportFailure(error);
    useDraft.getState().close();
  }
  const selection = useSelection.getState();
  selection.selectBatch(ref);
  selection.selectVersion(version);
  selection.setFrom({ kind: 'parent' });
  const isFirst = open.batch === null && version === 1;
  const told = isFirst
    ? 'It is the first version, active at once.'
    : 'Nothing else changed; the pointer stays where it was.';
  useToasts.getState().show({
    kind: 'done',
    batch: ref,
    title: isFirst ? `${ref.batchId} is written.` : `v${version} is written as a candidate.`,
    text: [told, ...cautions].join(' '),
    ...(isFirst
      ? {}
      : {
          action: {
            label: `Conform v${version}…`,
            run: () => {
              useSelection.getState().selectBatch(ref);
              useDecisions.getState().ask({ kind: 'conform', version });
            },
          },
        }),
  });
}
