/** How a toast names its batch. */
import { expect, test } from 'vitest';
import { type BatchRef, isProjectName, parseBatchId } from '../../shared/ids.ts';
import { toastPlace } from './toastPlace.ts';

function ref(project: string, episode: number): BatchRef {
  if (!isProjectName(project)) throw new Error(`${project} is no project name`);
  return { project, episode, batchId: parseBatchId('BATCH_001') };
}

test('a toast of the batch on the screen is not elsewhere', () => {
  expect(toastPlace(ref('night-ferry', 1), ref('night-ferry', 1)).isElsewhere).toBe(false);
});

test('the same number in another episode is another batch', () => {
  expect(toastPlace(ref('night-ferry', 1), ref('night-ferry', 2))).toEqual({
    name: 'ep_001 / BATCH_001',
    isElsewhere: true,
  });
});

test('the project is named where it is another one, or none is on the screen', () => {
  expect(toastPlace(ref('night-ferry', 1), ref('salt-road', 1)).name).toBe('night-ferry / ep_001 / BATCH_001');
  expect(toastPlace(ref('night-ferry', 1), null)).toEqual({
    name: 'night-ferry / ep_001 / BATCH_001',
    isElsewhere: true,
  });
});
