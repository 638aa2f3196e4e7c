/** Whole beats: what is done with them, what of it is one step back, and where unfinished JSON goes meanwhile. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchRef } from '../../../shared/ids.ts';
import { beats, withBeats } from '../../../shared/sampleBodies.ts';
import { useToasts } from '../../ui/toasts.ts';
import { sceneRow, useDraft } from '../draftStore.ts';
import { addBeat, duplicateSelectedBeat, moveBeatTo, moveSelectedBeat, removeSelectedBeat } from './beatActions.ts';

const { scene } = withBeats(4, beats('ABCD'));
const batch = { project: 'harbor-lights', episode: 1, batchId: 'BATCH_001' } as BatchRef;
const state = () => useDraft.getState();
const order = () => (state().draft?.scene.beats ?? []).map((beat) => beat.beat_id).join(' ');
const pendingBeat = () => {
  const pending = state().draft?.pending;
  return pending?.scope === 'beat' ? pending.beat : null;
};
const toasts = () => useToasts.getState().toasts;

beforeEach(() => {
  state().open({
    batch,
    base: { version: 4, scene },
    scene,
    kind: 'reshoot',
    source: 'rederive',
    pending: { scope: 'beat', beat: 2, text: '{' },
    beat: 1,
  });
});
afterEach(() => {
  state().close();
  useToasts.setState({ toasts: [] });
});

test('a beat is moved to where it is dropped, stays selected, and is back with one undo', () => {
  moveBeatTo(1, 3);
  expect(order()).toBe('A C D B');
  expect(state().draft?.beat).toBe(3);
  state().undo();
  expect(order()).toBe('A B C D');
  expect(state().draft?.beat).toBe(1);
});

test('a beat that is moved on and on by its key is one step', () => {
  moveSelectedBeat(1);
  moveSelectedBeat(1);
  expect(order()).toBe('A C D B');
  moveSelectedBeat(1);
  expect(order()).toBe('A C D B');
  state().undo();
  expect(order()).toBe('A B C D');
});

test('unfinished JSON goes where its beat goes', () => {
  moveBeatTo(0, 3);
  expect(pendingBeat()).toBe(1);
  addBeat();
  expect(pendingBeat()).toBe(1);
  state().selectBeat(0);
  duplicateSelectedBeat();
  expect(pendingBeat()).toBe(2);
  state().selectBeat(0);
  removeSelectedBeat();
  expect(pendingBeat()).toBe(1);
});

test('unfinished JSON goes with a beat that is removed, and comes back with it', () => {
  state().selectBeat(2);
  removeSelectedBeat();
  expect(state().draft?.pending).toBeNull();
  state().undo();
  expect(pendingBeat()).toBe(2);
});

test('a removal is offered back until the next edit', () => {
  removeSelectedBeat();
  expect(order()).toBe('A C D');
  expect(state().draft?.beat).toBe(1);
  toasts()[0]?.action?.run();
  expect(order()).toBe('A B C D');
  expect(toasts()).toEqual([]);
  removeSelectedBeat();
  state().change('title', (now) => ({ ...now, title: 'B' }));
  expect(toasts()).toEqual([]);
});

test('the last beat can be removed, and one added at the start', () => {
  for (let left = 4; left > 0; left -= 1) removeSelectedBeat();
  expect(order()).toBe('');
  expect(state().draft?.beat).toBe(sceneRow);
  addBeat();
  expect(state().draft?.beat).toBe(0);
});

test('nothing is done with beats while the text of the whole scene is no scene', () => {
  state().setPending({ scope: 'scene', text: '{' });
  addBeat();
  duplicateSelectedBeat();
  removeSelectedBeat();
  moveSelectedBeat(1);
  expect(order()).toBe('A B C D');
});
