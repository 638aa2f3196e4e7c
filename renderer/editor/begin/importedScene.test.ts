import { expect, test } from 'vitest';
import { refOfRow } from '../../scenes/batchList.ts';
import { sampleBatchRow } from '../../scenes/sampleBatchRow.ts';
import { importedScene, mismatchOf, retargeted } from './importedScene.ts';

const ref = refOfRow(sampleBatchRow({ episode: 7, batch: 1 }));
const scene = { schema_version: 1, scene_id: 'BATCH_004', episode: 1, beats: [] };
const nothing = { name: 'body.json', errors: [], warnings: [] };

test('a body with errors, or that is none, is never opened', () => {
  expect(importedScene({ ...nothing, scene })).toEqual(scene);
  const error = { line: 1, column: 1, jsonPath: '$', message: 'No.' };
  expect(importedScene({ ...nothing, scene, errors: [error] })).toBeNull();
  expect(importedScene({ ...nothing, scene: null })).toBeNull();
  expect(importedScene({ ...nothing, scene: { scene_id: 7, beats: [] } })).toBeNull();
});

test('what names another batch is told apart, and set only where it is there', () => {
  expect(mismatchOf(scene, ref)).toEqual({ sceneId: 'BATCH_004', episode: 1 });
  expect(mismatchOf({ ...scene, scene_id: 'BATCH_001' }, ref)).toEqual({ sceneId: null, episode: 1 });
  expect(mismatchOf({ scene_id: 'BATCH_001', beats: [] }, ref)).toBeNull();
  const renamed = retargeted(scene, ref);
  expect(renamed).toEqual({ schema_version: 1, scene_id: 'BATCH_001', episode: 7, beats: [] });
  expect(Object.keys(renamed)).toEqual(Object.keys(scene));
  expect(retargeted({ scene_id: 'BATCH_004', beats: [] }, ref)).toEqual({ scene_id: 'BATCH_001', beats: [] });
});
