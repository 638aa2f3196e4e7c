/** Keeping a draft over a host that answers late, refuses, or is away. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestName, Transport } from '../../shared/contract.ts';
import type { Draft, DraftHolder } from '../../shared/draft.ts';
import type { Reply } from '../../shared/failure.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { bodyOf } from '../../shared/sampleBodies.ts';

interface Asked {
  readonly name: RequestName;
  readonly input: unknown;
  answer(reply: Reply<unknown>): void;
}

/** A host in the test's hand: each request stays open until the test answers it. */
const host = vi.hoisted(() => {
  const asked: Asked[] = [];
  const listeners = new Set<(isConnected: boolean) => void>();
  const transport: Transport = {
    request: (name, input) => new Promise((answer) => asked.push({ name, input, answer })),
    onNotice: () => () => {},
    onConnection: (listener) => {
      listeners.add(listener);
      listener(true);
      return () => listeners.delete(listener);
    },
  };
  const page = Object.assign(new EventTarget(), { pictureLock: transport });
  Object.assign(globalThis, { window: page });
  return { asked, page, connect: (isConnected: boolean) => [...listeners].map((each) => each(isConnected)) };
});

const { useDraft } = await import('./draftStore.ts');
const { beginKeeping, discardKept, keepInstead, keepNow, useKeeping } = await import('./keeping.ts');
const { followDraft } = await import('./followDraft.ts');
const { useHostState } = await import('../scenes/hostState.ts');
const { queryClient } = await import('../queryClient.ts');
const { hostQuery } = await import('../scenes/queries.ts');

// Behind the imports: some look for a whole document where there is one at all.
Object.assign(globalThis, { document: Object.assign(new EventTarget(), { visibilityState: 'visible' }) });

const scene = bodyOf(4, '{"scene_id":"BATCH_003","title":"A","beats":[]}').scene;
const batch = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' } as BatchRef;
const workspace = (path: string) => ({ kind: 'browser', workspace: { path } });
const openDraft = {
  batch,
  base: { version: 4, scene },
  scene,
  kind: 'reshoot',
  source: 'rederive',
  pending: null,
  beat: 0,
} as const;

const kept = () => useKeeping.getState().kept;
const type = (title: string) => useDraft.getState().change('title', (now) => ({ ...now, title }));
const asked = (name: RequestName) => host.asked.filter((each) => each.name === name);
const titles = () => asked('saveDraft').map(({ input }) => (input as { draft: Draft }).draft.scene.title);
const ok = { ok: true, value: { keptAt: '2026-01-01T09:44:02.000Z' } } as const;
const answer = async (reply: Reply<unknown>) => {
  asked('saveDraft').at(-1)?.answer(reply);
  await vi.advanceTimersByTimeAsync(0);
};

function setConnected(isConnected: boolean): void {
  useHostState.setState({ isConnected });
  host.connect(isConnected);
}

let end = () => {};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  host.asked.length = 0;
  queryClient.setQueryData(hostQuery().queryKey, workspace('/mnt/prod') as never);
  useHostState.setState({ isConnected: true });
  end = followDraft();
  useDraft.getState().open(openDraft);
  beginKeeping(openDraft, { keptAt: null, isWorthKeeping: false, lostBase: null });
});
afterEach(async () => {
  await vi.advanceTimersByTimeAsync(0);
  for (const each of host.asked) each.answer(ok);
  await vi.advanceTimersByTimeAsync(10_000);
  for (const each of host.asked) each.answer(ok);
  end();
  useDraft.getState().close();
  vi.useRealTimers();
});

test('an opened draft that nobody edits is not kept', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked('saveDraft')).toEqual([]);
  expect(kept()).toEqual({ kind: 'untouched' });
});

test('a burst of keys is one write within 300 ms, however long it goes on', async () => {
  for (let key = 0; key < 10; key += 1) {
    type(`A${key}`);
    await vi.advanceTimersByTimeAsync(29);
  }
  expect(titles()).toHaveLength(1);
  await answer(ok);
  await vi.advanceTimersByTimeAsync(300);
  expect(titles().at(-1)).toBe('A9');
  await answer(ok);
  expect(kept()).toEqual({ kind: 'kept', at: ok.value.keptAt });
});

test('an edit during a write is written after it, never beside it', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  type('C');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(titles()).toEqual(['B']);
  await answer(ok);
  await vi.advanceTimersByTimeAsync(300);
  expect(titles()).toEqual(['B', 'C']);
});

test('while the host is away the draft waits in the window and says so; it is kept as soon as the host is back', async () => {
  setConnected(false);
  type('B');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(titles()).toEqual([]);
  expect(kept()).toMatchObject({ kind: 'failed', reason: expect.stringContaining('in this window alone') });
  setConnected(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(titles()).toEqual(['B']);
  await answer(ok);
  expect(kept().kind).toBe('kept');
});

test('what the host refuses is said, and tried again', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  await answer({ ok: false, failure: { code: 'io', message: 'The disk is full.' } });
  expect(kept()).toEqual({ kind: 'failed', reason: 'The disk is full.' });
  const leaving = keepNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(titles()).toEqual(['B', 'B']);
  await answer(ok);
  expect(await leaving).toBe(true);
  expect(kept().kind).toBe('kept');
});

test('a refused draft is tried again by itself', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  await answer({ ok: false, failure: { code: 'io', message: 'The disk is full.' } });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(titles()).toEqual(['B', 'B']);
});

test('another workspace never gets the draft', async () => {
  queryClient.setQueryData(hostQuery().queryKey, workspace('/mnt/other') as never);
  type('B');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(titles()).toEqual([]);
  expect(kept()).toMatchObject({ kind: 'failed', reason: expect.stringContaining('/mnt/prod') });
  queryClient.setQueryData(hostQuery().queryKey, workspace('/mnt/prod') as never);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(titles()).toEqual(['B']);
});

test('a page that goes away writes at once', () => {
  type('B');
  host.page.dispatchEvent(new Event('pagehide'));
  return vi.waitFor(() => expect(titles()).toEqual(['B']));
});

test('discarding waits for the write under way, so that nothing comes after it', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  type('C');
  const discarding = discardKept(batch);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked('discardDraft')).toEqual([]);
  await answer(ok);
  expect(asked('discardDraft').map(({ input }) => input)).toMatchObject([batch]);
  asked('discardDraft')[0]?.answer({ ok: true, value: {} });
  await discarding;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(titles()).toEqual(['B']);
});

test('whoever waits beside another one is told only once all is kept, not once it is under way', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  type('C');
  // The timer's own, and the one of whoever leaves.
  const both = [keepNow(), keepNow()];
  const told = vi.fn();
  for (const each of both) void each.then(told);
  await answer(ok);
  await vi.advanceTimersByTimeAsync(0);
  expect(titles()).toEqual(['B', 'C']);
  expect(told).not.toHaveBeenCalled();
  await answer({ ok: false, failure: { code: 'io', message: 'The disk is full.' } });
  await answer({ ok: false, failure: { code: 'io', message: 'The disk is full.' } });
  expect(await Promise.all(both)).toEqual([false, false]);
});

test('a draft that could not be discarded has lost nothing: what was not kept yet still is', async () => {
  type('B');
  const discarding = discardKept(batch).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(0);
  asked('discardDraft')[0]?.answer({ ok: false, failure: { code: 'io', message: 'The disk is gone.' } });
  expect(await discarding).toMatchObject({ code: 'io' });
  const leaving = keepNow();
  await vi.advanceTimersByTimeAsync(0);
  expect(titles()).toEqual(['B']);
  await answer(ok);
  expect(await leaving).toBe(true);
});

test('a write that fails while its draft is discarded is not tried again', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  const discarding = discardKept(batch);
  await answer({ ok: false, failure: { code: 'io', message: 'The disk is full.' } });
  asked('discardDraft')[0]?.answer({ ok: true, value: {} });
  await discarding;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(titles()).toEqual(['B']);
});

test('after a failure the next edit is tried at once, and nothing is said to go well before it does', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  await answer({ ok: false, failure: { code: 'io', message: 'The disk is full.' } });
  type('C');
  expect(kept().kind).toBe('failed');
  await vi.advanceTimersByTimeAsync(300);
  expect(titles()).toEqual(['B', 'C']);
});

test('a page that goes away sends what is newest behind the write that is under way', async () => {
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  type('C');
  host.page.dispatchEvent(new Event('pagehide'));
  expect(titles()).toEqual(['B', 'C']);
  // It was only hidden: what the older write finds out now is of no use any more.
  asked('saveDraft')[0]?.answer({ ok: false, failure: { code: 'io', message: 'The disk is full.' } });
  await answer(ok);
  expect(kept().kind).toBe('kept');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(titles()).toEqual(['B', 'C']);
});

test('what another window keeps is written over only once the person says so', async () => {
  const holders = () => asked('saveDraft').map(({ input }) => (input as { holder: DraftHolder }).holder);
  const keptAt = '2026-01-01T10:00:00.000Z';
  type('B');
  await vi.advanceTimersByTimeAsync(300);
  await answer({ ok: false, failure: { code: 'conflict', message: 'Another window.', details: { keptAt } } });
  expect(useKeeping.getState().keptElsewhereAt).toBe(keptAt);
  expect(kept()).toEqual({ kind: 'failed', reason: 'Another window.' });
  void keepInstead();
  await vi.advanceTimersByTimeAsync(0);
  expect(holders().map(({ goesOnFrom }) => goesOnFrom)).toEqual([null, keptAt]);
  expect(holders()[0]).toMatchObject({ workspace: '/mnt/prod', window: expect.stringMatching(/.{10}/) });
  await answer(ok);
  expect(kept().kind).toBe('kept');
  expect(useKeeping.getState().keptElsewhereAt).toBeNull();
});
