/** Undo, redo and what makes one step of them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BatchRef } from '../../shared/ids.ts';
import { bodyOf } from '../../shared/sampleBodies.ts';
import type { Scene } from '../../shared/scene.ts';
import { canStep, sceneRow, useDraft } from './draftStore.ts';

const scene = bodyOf(4, '{"scene_id":"BATCH_003","title":"A","beats":[{"beat_id":"B001"},{"beat_id":"B002"}]}').scene;
const batch = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' } as BatchRef;
const titled = (title: string) => (now: Scene) => ({ ...now, title });
const state = () => useDraft.getState();
const title = () => state().draft?.scene.title;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  state().open({
    batch,
    base: { version: 4, scene },
    scene,
    kind: 'reshoot',
    source: 'rederive',
    pending: null,
    beat: 0,
  });
});
afterEach(() => {
  state().close();
  vi.useRealTimers();
});

test('changes of one label within a second are one step, a later or another one is a step of its own', () => {
  state().change('title', titled('B'));
  vi.advanceTimersByTime(900);
  state().change('title', titled('BC'));
  vi.advanceTimersByTime(1_100);
  state().change('title', titled('BCD'));
  state().setKind('pickup');
  state().undo();
  expect(state().draft?.kind).toBe('reshoot');
  state().undo();
  expect(title()).toBe('BC');
  state().undo();
  expect(title()).toBe('A');
  expect(canStep()).toEqual({ undo: false, redo: true });
  state().redo();
  state().redo();
  expect(title()).toBe('BCD');
});

test('a change after an undo is never drawn into the step before, and ends redo', () => {
  state().change('title', titled('B'));
  state().undo();
  state().change('title', titled('C'));
  expect(canStep()).toEqual({ undo: true, redo: false });
  state().undo();
  expect(title()).toBe('A');
});

test('an edit that changes nothing is no step', () => {
  state().change('title', (now) => now);
  expect(canStep().undo).toBe(false);
});

test('selecting is no step, and undo and redo lead to where the change was made', () => {
  state().selectBeat(1);
  state().change('title', titled('B'));
  state().selectBeat(0);
  expect(canStep().undo).toBe(true);
  state().undo();
  expect(state().draft?.beat).toBe(1);
  state().selectBeat(sceneRow);
  state().redo();
  expect(state().draft?.beat).toBe(1);
  expect(title()).toBe('B');
});

test('the selection never points behind the last beat', () => {
  state().selectBeat(1);
  state().change('remove', (now) => ({ ...now, beats: now.beats.slice(0, 1) }));
  expect(state().draft?.beat).toBe(0);
  state().undo();
  expect(state().draft?.beat).toBe(1);
});

test('a text that is no JSON yet is taken back like an edit', () => {
  state().setPending({ scope: 'scene', text: '{' });
  state().undo();
  expect(state().draft?.pending).toBeNull();
});

test('opening another draft forgets the steps of the one before', () => {
  state().change('title', titled('B'));
  const { draft } = state();
  if (draft) state().open({ ...draft, scene });
  expect(canStep()).toEqual({ undo: false, redo: false });
});
