/** Keeps the open draft in the host's data folder as it is edited, one write at a time; while the host is away it waits here. */
import { create } from 'zustand';
import type { Draft, DraftHolder, KeptDraft } from '../../shared/draft.ts';
import type { FailureError } from '../../shared/failure.ts';
import { objectToWire } from '../../shared/wire.ts';
import { request } from '../bridge.ts';
import { failureOf } from '../queryClient.ts';
import { useHostState } from '../scenes/hostState.ts';
import { openWorkspacePath } from '../scenes/openWorkspacePath.ts';
import { readDraftsAgain } from './draftQueries.ts';
import { isSameBody, type OpenDraft, useDraft } from './draftStore.ts';

export type Kept =
  /** Nothing was edited yet, so there is nothing to keep. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'keeping' }
  | { readonly kind: 'kept'; readonly at: string }
  /** It stands in this window alone, and is tried again. */
  | { readonly kind: 'failed'; readonly reason: string };

/** The version that a draft was begun from, where its body cannot be read any more. */
export interface LostBase {
  readonly version: number;
  readonly reason: string;
}

interface Keeping {
  readonly kept: Kept;
  /** Where the draft belongs; another workspace never gets it. */
  readonly workspace: string | null;
  readonly lostBase: LostBase | null;
  /** When another window kept a draft of this batch, without which this one cannot be kept; null where none did. */
  readonly keptElsewhereAt: string | null;
}

export const useKeeping = create<Keeping>()(() => ({
  kept: { kind: 'untouched' },
  workspace: null,
  lostBase: null,
  keptElsewhereAt: null,
}));

/** Two windows may show one draft; the host tells them apart by it. */
const thisWindow = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('-');

/** A burst of keys is one write; no edit waits longer than this. */
const delayMs = 250;
const retryMs = 5_000;

let timer: ReturnType<typeof setTimeout> | undefined;
/** What is to be written: what was edited since the last write began. */
let unsaved: OpenDraft | null = null;
let underWay: Promise<void> | null = null;
/** How many writes have begun: what an older one finds out after that is of no use any more. */
let begun = 0;
/** `keptAt` of what stands on the disk, as far as this window knows. */
let goesOnFrom: string | null = null;
/** When the timer ends, by `performance.now()`. */
let dueAt = 0;
/** Whether the list of drafts knows of it. */
let isListed = false;
/** The draft as it was opened and nobody touched it; null where it was kept before, or came from elsewhere. */
let untouched: OpenDraft | null = null;

const setKept = (kept: Kept): void => useKeeping.setState({ kept });

function forKeeping({ batch, base, scene, kind, source, pending }: OpenDraft): Draft {
  const baseVersion = base?.version ?? useKeeping.getState().lostBase?.version ?? null;
  return { batch, baseVersion, scene: objectToWire(scene), kind, source, pending };
}

const holder = (): DraftHolder => ({ workspace: useKeeping.getState().workspace, window: thisWindow, goesOnFrom });

/** Of another workspace a draft may still be open, where it could not be kept. */
export const isOfOpenWorkspace = (): boolean => openWorkspacePath() === useKeeping.getState().workspace;

/** Null: it can be tried now. */
function reasonToWait(): string | null {
  if (!useHostState.getState().isConnected) {
    return 'Picture Lock does not answer. The draft stands in this window alone; it is kept as soon as the connection is back, so leave the window open.';
  }
  if (isOfOpenWorkspace()) return null;
  const { workspace } = useKeeping.getState();
  return `Another workspace is open. The draft belongs to ${workspace ?? 'none'}; open that one again to keep it.`;
}

async function write(draft: OpenDraft): Promise<void> {
  begun += 1;
  const own = begun;
  try {
    const { keptAt } = await request('saveDraft', { draft: forKeeping(draft), holder: holder() });
    if (own !== begun) return;
    goesOnFrom = keptAt;
    useKeeping.setState({ keptElsewhereAt: null });
    if (unsaved === null) setKept({ kind: 'kept', at: keptAt });
    if (!isListed) void readDraftsAgain();
    isListed = true;
  } catch (error) {
    if (own !== begun) return;
    unsaved ??= draft;
    const failure = failureOf(error);
    useKeeping.setState({ keptElsewhereAt: otherTimeOf(failure) });
    setKept({ kind: 'failed', reason: failure.message });
    schedule(retryMs);
  }
}

function otherTimeOf({ code, details }: FailureError): string | null {
  const keptAt = code === 'conflict' ? details?.keptAt : undefined;
  return typeof keptAt === 'string' ? keptAt : null;
}

/** Gives up what another window has kept of this batch, for what stands in this one: the person said so. */
export async function keepInstead(): Promise<void> {
  goesOnFrom = useKeeping.getState().keptElsewhereAt ?? goesOnFrom;
  await keepNow();
}

function stopWaiting(): void {
  clearTimeout(timer);
  timer = undefined;
}

/** What is due sooner already stays so. */
function schedule(afterMs: number): void {
  const due = performance.now() + afterMs;
  if (timer !== undefined && dueAt <= due) return;
  clearTimeout(timer);
  dueAt = due;
  timer = setTimeout(() => {
    timer = undefined;
    void keepNow();
  }, afterMs);
}

function begin(draft: OpenDraft): Promise<void> {
  unsaved = null;
  const writing = Promise.all([underWay, write(draft)]).then(() => {
    if (underWay === writing) underWay = null;
  });
  underWay = writing;
  return writing;
}

/** Writes what is not written yet; true where all of it is kept then. */
export async function keepNow(): Promise<boolean> {
  stopWaiting();
  // Whoever waits beside us may have begun the next one by then.
  while (underWay) await underWay;
  const draft = unsaved;
  if (!draft) return useKeeping.getState().kept.kind !== 'failed';
  const reason = reasonToWait();
  if (reason !== null) {
    setKept({ kind: 'failed', reason });
    schedule(retryMs);
    return false;
  }
  await begin(draft);
  return unsaved === null;
}

/** The connection is back. */
export function keepAgain(): void {
  if (unsaved !== null) schedule(0);
}

/** The page goes: what is not written yet is sent behind what is on its way, for nobody will be there to wait for it. */
export function keepAtLast(): void {
  if (unsaved !== null && reasonToWait() === null) void begin(unsaved);
}

interface Beginning {
  /** When it was kept; null for a draft that begins now. */
  readonly keptAt: string | null;
  /** A body from elsewhere is worth keeping before anything in it was edited. */
  readonly isWorthKeeping: boolean;
  readonly lostBase: LostBase | null;
}

/** From here on every change of the open draft is kept. */
export function beginKeeping(draft: OpenDraft, { keptAt, isWorthKeeping, lostBase }: Beginning): void {
  untouched = keptAt === null && !isWorthKeeping ? draft : null;
  unsaved = null;
  isListed = keptAt !== null;
  goesOnFrom = keptAt;
  useKeeping.setState({
    kept: keptAt === null ? { kind: 'untouched' } : { kind: 'kept', at: keptAt },
    workspace: openWorkspacePath(),
    lostBase,
    keptElsewhereAt: null,
  });
  if (isWorthKeeping) noteEdit(draft);
}

/** To be kept within a moment. */
export function noteEdit(draft: OpenDraft): void {
  unsaved = draft;
  const reason = reasonToWait();
  // What failed is not said to go well before it does.
  if (reason !== null) setKept({ kind: 'failed', reason });
  else if (useKeeping.getState().kept.kind !== 'failed') setKept({ kind: 'keeping' });
  schedule(reason === null ? delayMs : retryMs);
}

/** Gives the kept draft up, the one on its way to the disk too. What is thrown has given up nothing. */
export async function discardKept(batch: OpenDraft['batch']): Promise<void> {
  stopWaiting();
  const given = unsaved;
  unsaved = null;
  while (underWay) await underWay;
  // A write that failed meanwhile would be tried again.
  stopWaiting();
  const failed: OpenDraft | null = unsaved;
  unsaved = null;
  try {
    await request('discardDraft', { ...batch, holder: holder() });
  } catch (error) {
    unsaved ??= given ?? failed;
    if (unsaved) schedule(retryMs);
    throw error;
  }
  void readDraftsAgain();
}

/** One that is kept, open in no window: with that the person saw of it. */
export async function discardOther({ batch, keptAt }: KeptDraft): Promise<void> {
  await request('discardDraft', {
    ...batch,
    holder: { workspace: openWorkspacePath(), window: thisWindow, goesOnFrom: keptAt },
  });
  void readDraftsAgain();
}

/** A draft that was opened, and is as it was opened, is none. */
export async function dropUntouched(): Promise<void> {
  const { draft } = useDraft.getState();
  const isAsOpened = draft !== null && untouched !== null && isSameBody(draft, untouched);
  // Of the same batch in another workspace another draft may be kept.
  if (isAsOpened && isOfOpenWorkspace() && useKeeping.getState().kept.kind !== 'untouched')
    await discardKept(draft.batch);
}
