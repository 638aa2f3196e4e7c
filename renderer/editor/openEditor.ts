/** The ways into the editor and out of it: a version to be edited, a body from elsewhere, a draft that was kept. */
import { create } from 'zustand';
import type { KeptDraft } from '../../shared/draft.ts';
import { FailureError } from '../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { isScene, type Scene } from '../../shared/scene.ts';
import { fromWire } from '../../shared/wire.ts';
import { request } from '../bridge.ts';
import { failureOf } from '../queryClient.ts';
import { openWorkspacePath } from '../scenes/openWorkspacePath.ts';
import { useSelection } from '../scenes/selection.ts';
import { reportFailure, useToasts } from '../ui/toasts.ts';
import { useView } from '../view.ts';
import { withoutRuntimeKeys } from './draftDocument.ts';
import { readDraftsAgain } from './draftQueries.ts';
import { type OpenDraft, useDraft } from './draftStore.ts';
import {
  beginKeeping,
  discardKept,
  discardOther,
  dropUntouched,
  isOfOpenWorkspace,
  keepNow,
  type LostBase,
  useKeeping,
} from './keeping.ts';
import { takeTyped } from './untaken.ts';
import { handSource } from './write/sources.ts';

/** A draft stands that was begun from something else than what is to be edited now. */
export interface OtherDraft {
  readonly kept: KeptDraft;
  /** What was asked for, in a few words: "v4", "the file scene.json", "an empty scene". */
  readonly wanted: string;
  begin(): Promise<void>;
}

interface Opening {
  readonly other: OtherDraft | null;
  close(): void;
}

export const useOpening = create<Opening>()((set) => ({ other: null, close: () => set({ other: null }) }));

/** `rederive`, what the store says where nobody says anything, is the pipeline's word for its own work. */
const firstKind = { kind: 'reshoot', source: handSource, pending: null, beat: 0 } as const;

async function readScene(ref: BatchRef, version: number): Promise<Scene> {
  const scene = fromWire(await request('readScene', { ...ref, version }));
  if (isScene(scene)) return scene;
  throw new FailureError('damaged', `The body of v${version} of ${ref.batchId} is no scene, so it cannot be edited.`);
}

/** False once it is of no use any more: another opening was asked for, or another workspace is open. */
type IsWanted = () => boolean;

let openings = 0;

function opening(): IsWanted {
  openings += 1;
  const own = openings;
  const workspace = openWorkspacePath();
  return () => own === openings && openWorkspacePath() === workspace;
}

/** Never over a draft that was opened meanwhile, and perhaps typed into. */
function show(draft: OpenDraft, keeping: Parameters<typeof beginKeeping>[1], isWanted: IsWanted): void {
  if (!isWanted()) return;
  useSelection.getState().selectBatch(draft.batch);
  useDraft.getState().open(draft);
  beginKeeping(draft, keeping);
  useView.getState().show('editor');
}

/** The draft that stands in this window alone is never given up for another one. */
async function putAway(isWanted: IsWanted): Promise<void> {
  const { draft, close } = useDraft.getState();
  if (!draft) return;
  await dropUntouched();
  if (await keepNow()) {
    if (isWanted()) close();
    return;
  }
  const { kept } = useKeeping.getState();
  throw new FailureError(
    'io',
    `The draft of ${draft.batch.batchId} is not kept yet, so no other one can be opened. ${kept.kind === 'failed' ? kept.reason : ''}`,
  );
}

/** Back to the draft that could not be kept and stands open behind the Scenes screen. */
function goOnHere(ref: BatchRef): boolean {
  const { draft } = useDraft.getState();
  const isHere =
    draft !== null &&
    batchKey(draft.batch) === batchKey(ref) &&
    isOfOpenWorkspace() &&
    useKeeping.getState().kept.kind === 'failed' &&
    useView.getState().view !== 'editor';
  if (isHere) useView.getState().show('editor');
  return isHere;
}

async function readKept(ref: BatchRef): Promise<KeptDraft | null> {
  const { draft, note } = await request('readDraft', ref);
  if (note !== undefined) useToasts.getState().show({ kind: 'note', batch: ref, title: note });
  return draft;
}

async function openKept(kept: KeptDraft, isWanted: IsWanted): Promise<void> {
  const { batch, baseVersion, kind, source, pending, keptAt } = kept;
  const scene = fromWire(kept.scene);
  if (!isScene(scene)) {
    throw new FailureError('damaged', `The draft of ${batch.batchId} is no scene; discard it, or ask who keeps it.`);
  }
  let base: OpenDraft['base'] = null;
  let lostBase: LostBase | null = null;
  if (baseVersion !== null) {
    try {
      base = { version: baseVersion, scene: await readScene(batch, baseVersion) };
    } catch (error) {
      lostBase = { version: baseVersion, reason: failureOf(error).message };
    }
  }
  show({ batch, base, scene, kind, source, pending, beat: 0 }, { keptAt, isWorthKeeping: false, lostBase }, isWanted);
}

const fresh = { keptAt: null, isWorthKeeping: false, lostBase: null } as const;

interface Beginning {
  readonly ref: BatchRef;
  readonly scene: Scene;
  readonly base: OpenDraft['base'];
  readonly isWorthKeeping: boolean;
}

const begin = ({ ref, scene, base, isWorthKeeping }: Beginning, isWanted: IsWanted): void =>
  show({ ...firstKind, batch: ref, base, scene: withoutRuntimeKeys(scene) }, { ...fresh, isWorthKeeping }, isWanted);

async function beginVersion(ref: BatchRef, version: number, isWanted: IsWanted): Promise<void> {
  const scene = await readScene(ref, version);
  begin({ ref, scene, base: { version, scene }, isWorthKeeping: false }, isWanted);
}

/** Waits for the person: the one draft of a batch is not given up in silence. */
function askAbout(kept: KeptDraft, wanted: string, start: (isWanted: IsWanted) => Promise<void>): void {
  const beginAnew = async () => {
    const isWanted = opening();
    try {
      await discardOther(kept);
      await start(isWanted);
    } catch (error) {
      reportFailure(error);
    }
  };
  useOpening.setState({ other: { kept, wanted, begin: beginAnew } });
}

/** Puts away what is open, reads what is kept, and leaves it to `decide` what is shown. */
async function openWith(
  ref: BatchRef,
  decide: (kept: KeptDraft | null, isWanted: IsWanted) => Promise<void> | void,
): Promise<void> {
  const isWanted = opening();
  try {
    await putAway(isWanted);
    const kept = await readKept(ref);
    if (isWanted()) await decide(kept, isWanted);
  } catch (error) {
    reportFailure(error);
  }
}

/** Opens a version in the editor; where a draft of it stands, that draft. Asks where one of another base stands. */
export async function editVersion(ref: BatchRef, version: number): Promise<void> {
  if (goOnHere(ref)) return;
  const start = (isWanted: IsWanted) => beginVersion(ref, version, isWanted);
  await openWith(ref, (kept, isWanted) => {
    if (kept?.baseVersion === version) return openKept(kept, isWanted);
    return kept ? askAbout(kept, `v${version}`, start) : start(isWanted);
  });
}

/** Opens a body that no version of the batch has: an empty scene, or one that was read from a file. */
export async function editBody(ref: BatchRef, scene: Scene, baseVersion: number | null): Promise<void> {
  const start = async (isWanted: IsWanted) => {
    const base = baseVersion === null ? null : { version: baseVersion, scene: await readScene(ref, baseVersion) };
    begin({ ref, scene, base, isWorthKeeping: true }, isWanted);
  };
  await openWith(ref, (kept, isWanted) => (kept ? askAbout(kept, 'this body', start) : start(isWanted)));
}

/** Opens the draft that is kept for the batch, whatever it was begun from. */
export async function continueDraft(ref: BatchRef): Promise<void> {
  if (goOnHere(ref)) return;
  await openWith(ref, (kept, isWanted) => {
    if (!kept) throw new FailureError('notFound', `The draft of ${ref.batchId} is no longer there.`);
    return openKept(kept, isWanted);
  });
  void readDraftsAgain();
}

/** Goes on with the draft that stands, instead of what was asked for. */
export async function continueOther({ kept }: OtherDraft): Promise<void> {
  try {
    await openKept(kept, opening());
  } catch (error) {
    reportFailure(error);
  }
}

/** Back to the batch. The draft is kept; where it cannot be now, it stays open behind the Scenes screen and is tried again. */
export async function leaveEditor(): Promise<void> {
  takeTyped();
  const { draft } = useDraft.getState();
  useView.getState().show('scenes');
  if (!draft) return;
  try {
    await dropUntouched();
  } catch (error) {
    reportFailure(error);
  }
  const isKept = await keepNow();
  // Meanwhile it may have been opened again.
  if (useView.getState().view === 'editor' || useDraft.getState().draft?.batch !== draft.batch) return;
  if (isKept) useDraft.getState().close();
}

/** Gives the draft up and goes back: the person said so, or it became a version. A failure is thrown. */
export async function endDraft(): Promise<void> {
  const { draft, close } = useDraft.getState();
  if (!draft) return;
  await discardKept(draft.batch);
  close();
  useView.getState().show('scenes');
}
