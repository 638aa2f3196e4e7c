/** Opening over a host that answers late: no draft that was opened meanwhile is lost, none lands in another workspace. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestName, Transport } from '../../shared/contract.ts';
import type { Reply } from '../../shared/failure.ts';
import type { BatchRef } from '../../shared/ids.ts';

interface Asked {
  readonly name: RequestName;
  readonly input: { readonly version?: number; readonly holder?: unknown };
  answer(value: unknown): Promise<void>;
}

const host = vi.hoisted(() => {
  const asked: Asked[] = [];
  const transport: Transport = {
    request: (name, input) =>
      new Promise<Reply<unknown>>((resolve) => {
        const answer = async (value: unknown) => {
          resolve({ ok: true, value });
          await new Promise((done) => setTimeout(done));
        };
        asked.push({ name, input: input as Asked['input'], answer });
      }),
    onNotice: () => () => {},
    onConnection: () => () => {},
  };
  Object.assign(globalThis, { window: Object.assign(new EventTarget(), { pictureLock: transport }) });
  return asked;
});

const { useDraft } = await import('./draftStore.ts');
const { continueDraft, editVersion } = await import('./openEditor.ts');
const { useKeeping } = await import('./keeping.ts');
const { queryClient } = await import('../queryClient.ts');
const { hostQuery } = await import('../scenes/queries.ts');
const { useView } = await import('../view.ts');

const batch = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' } as BatchRef;
const scene = (title: string) => ({ scene_id: 'BATCH_003', title, beats: [] });
const openWorkspace = (path: string) =>
  queryClient.setQueryData(hostQuery().queryKey, { kind: 'browser', workspace: { path } } as never);
/** The oldest one that is not taken yet. */
async function next(name: RequestName): Promise<Asked> {
  await vi.waitFor(() => expect(host.some((each) => each.name === name)).toBe(true));
  const [taken] = host.splice(
    host.findIndex((each) => each.name === name),
    1,
  );
  if (!taken) throw new Error(`${name} was not asked.`);
  return taken;
}
const title = () => useDraft.getState().draft?.scene.title;

beforeEach(() => {
  host.length = 0;
  openWorkspace('/mnt/prod');
});
afterEach(() => {
  useDraft.getState().close();
  useView.getState().show('scenes');
});

test('asked for twice, a version is opened once: what was typed into the first is not swept away by the second', async () => {
  void editVersion(batch, 3);
  void editVersion(batch, 4);
  const [first, second] = [await next('readDraft'), await next('readDraft')];
  await second.answer({ draft: null });
  await (await next('readScene')).answer(scene('v4'));
  expect(title()).toBe('v4');
  useDraft.getState().change('title', (now) => ({ ...now, title: 'typed' }));
  await first.answer({ draft: null });
  expect(host.filter(({ name }) => name === 'readScene')).toEqual([]);
  expect(title()).toBe('typed');
});

test('what was read in one workspace is not opened in the next', async () => {
  void continueDraft(batch);
  const kept = { batch, baseVersion: 4, scene: scene('A'), kind: 'reshoot', source: 'x', pending: null };
  await (await next('readDraft')).answer({ draft: { ...kept, keptAt: '2026-01-01T09:44:02.000Z' } });
  const reading = await next('readScene');
  openWorkspace('/mnt/other');
  await reading.answer(scene('B'));
  expect(useDraft.getState().draft).toBeNull();
  expect(useView.getState().view).toBe('scenes');
});

test('a draft of another workspace, which could not be kept, is never shown for the batch of the same name', async () => {
  void editVersion(batch, 4);
  await (await next('readDraft')).answer({ draft: null });
  await (await next('readScene')).answer(scene('A'));
  useDraft.getState().change('title', (now) => ({ ...now, title: 'B' }));
  useKeeping.setState({ kept: { kind: 'failed', reason: 'Another workspace is open.' } });
  useView.getState().show('scenes');
  openWorkspace('/mnt/other');
  await editVersion(batch, 4);
  expect(useView.getState().view).toBe('scenes');
  openWorkspace('/mnt/prod');
  await editVersion(batch, 4);
  expect(useView.getState().view).toBe('editor');
  expect(title()).toBe('B');
});
