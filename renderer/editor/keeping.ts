/** Keeps the open draft in the host's data folder as it is edited, one write at a time; while the host is away it waits here. */
import { create } from 'zustand';
import type { Draft } from '../../shared/draft.ts';
import { objectToWire } from '../../shared/wire.ts';
import { onConnection, request } from '../bridge.ts';
import { failureOf, queryClient } from '../queryClient.ts';
import { useHostState } from '../scenes/hostState.ts';
import { hostQuery } from '../scenes/queries.ts';
import { readDraftsAgain } from './draftQueries.ts';
import { type OpenDraft, useDraft } from './draftStore.ts';
import { flushJson } from './json/flush.ts';

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
}

export const useKeeping = create<Keeping>()(() => ({ kept: { kind: 'untouched' }, workspace: null, lostBase: null }));

/** A burst of keys is one write; no edit waits longer than this. */
const delayMs = 250;
const retryMs = 5_000;

let timer: ReturnType<typeof setTimeout> | undefined;
/** What is to be written: what was edited since the last write began. */
let unsaved: OpenDraft | null = null;
let underWay: Promise<void> | null = null;
/** Whether the list of drafts knows of it. */
let isListed = false;
/** The draft as it was opened and nobody touched it; null where it was kept before, or came from elsewhere. */
let untouched: OpenDraft | null = null;

const setKept = (kept: Kept): void => useKeeping.setState({ kept });

function forKeeping({ batch, base, scene, kind, source, pending }: OpenDraft): Draft {
  const baseVersion = base?.version ?? useKeeping.getState().lostBase?.version ?? null;
  return { batch, baseVersion, scene: objectToWire(scene), kind, source, pending };
}

/** Null: it can be tried now. */
function reasonToWait(): string | null {
  if (!useHostState.getState().isConnected) {
    return 'Picture Lock does not answer. The draft stands in this window alone; it is kept as soon as the connection is back, so leave the window open.';
  }
  const { workspace } = useKeeping.getState();
  const open = queryClient.getQueryData(hostQuery().queryKey)?.workspace?.path ?? null;
  return open === workspace
    ? null
    : `Another workspace is open. The draft belongs to ${workspace ?? 'none'}; open that one again to keep it.`;
}

async function write(draft: OpenDraft): Promise<void> {
  try {
    const { keptAt } = await request('saveDraft', { draft: forKeeping(draft) });
    if (unsaved === null) setKept({ kind: 'kept', at: keptAt });
    if (!isListed) void readDraftsAgain();
    isListed = true;
  } catch (error) {
    unsaved ??= draft;
    setKept({ kind: 'failed', reason: failureOf(error).message });
    schedule(retryMs);
  }
}

function stopWaiting(): void {
  clearTimeout(timer);
  timer = undefined;
}

function schedule(afterMs: number): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    void keepNow();
  }, afterMs);
}

/** Writes what is not written yet; true where all of it is kept then. */
export async function keepNow(): Promise<boolean> {
  stopWaiting();
  await underWay;
  const draft = unsaved;
  if (!draft) return useKeeping.getState().kept.kind !== 'failed';
  const reason = reasonToWait();
  if (reason !== null) {
    setKept({ kind: 'failed', reason });
    schedule(retryMs);
    return false;
  }
  unsaved = null;
  underWay = write(draft).finally(() => {
    underWay = null;
  });
  await underWay;
  return unsaved === null;
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
  const workspace = queryClient.getQueryData(hostQuery().queryKey)?.workspace?.path ?? null;
  untouched = keptAt === null && !isWorthKeeping ? draft : null;
  unsaved = null;
  isListed = keptAt !== null;
  useKeeping.setState({
    kept: keptAt === null ? { kind: 'untouched' } : { kind: 'kept', at: keptAt },
    workspace,
    lostBase,
  });
  if (isWorthKeeping) note(draft);
}

function note(draft: OpenDraft): void {
  unsaved = draft;
  const reason = reasonToWait();
  setKept(reason === null ? { kind: 'keeping' } : { kind: 'failed', reason });
  schedule(reason === null ? delayMs : retryMs);
}

/** Gives the kept draft up, the one on its way to the disk too. */
export async function discardKept(batch: OpenDraft['batch']): Promise<void> {
  stopWaiting();
  unsaved = null;
  await underWay;
  await request('discardDraft', batch);
  void readDraftsAgain();
}

const isSameBody = (one: OpenDraft, other: OpenDraft): boolean =>
  one.scene === other.scene && one.kind === other.kind && one.source === other.source && one.pending === other.pending;

/** A draft that was opened, and is as it was opened, is none. */
export async function dropUntouched(): Promise<void> {
  const { draft } = useDraft.getState();
  const isAsOpened = draft !== null && untouched !== null && isSameBody(draft, untouched);
  if (isAsOpened && useKeeping.getState().kept.kind !== 'untouched') await discardKept(draft.batch);
}

/** Call once; the returned function ends it. */
export function followDraft(): () => void {
  const onPageHide = () => {
    flushJson();
    void keepNow();
  };
  const onHide = () => {
    if (document.visibilityState === 'hidden') onPageHide();
  };
  const onBeforeUnload = (event: BeforeUnloadEvent) => {
    // In the Electron window the same would keep it from closing without a word.
    const isBrowser = queryClient.getQueryData(hostQuery().queryKey)?.kind === 'browser';
    if (isBrowser && useKeeping.getState().kept.kind === 'failed') event.preventDefault();
  };
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onPageHide);
  window.addEventListener('beforeunload', onBeforeUnload);
  const endings = [
    useDraft.subscribe(({ draft }, { draft: before }) => {
      if (draft && before && draft.batch === before.batch && !isSameBody(draft, before)) note(draft);
    }),
    onConnection((isConnected) => {
      if (!isConnected || !unsaved) return;
      stopWaiting();
      schedule(0);
    }),
    () => document.removeEventListener('visibilitychange', onHide),
    () => window.removeEventListener('pagehide', onPageHide),
    () => window.removeEventListener('beforeunload', onBeforeUnload),
  ];
  return () => {
    for (const end of endings) end();
  };
}
