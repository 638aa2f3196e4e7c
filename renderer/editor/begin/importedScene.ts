/** An imported body as the editor takes it. Pure. */
import type { ImportedBody } from '../../../shared/draft.ts';
import type { BatchRef } from '../../../shared/ids.ts';
import { isScene, type Scene } from '../../../shared/scene.ts';
import { fromWire } from '../../../shared/wire.ts';
import { withValue } from '../draftDocument.ts';

/** Null where it may not be written as it is. */
export function importedScene({ scene, errors }: ImportedBody): Scene | null {
  if (scene === null || errors.length > 0) return null;
  const value = fromWire(scene);
  return isScene(value) ? value : null;
}

/** What in it names another batch than the one that it goes to. */
export interface Mismatch {
  readonly sceneId: string | null;
  readonly episode: number | null;
}

export function mismatchOf(scene: Scene, ref: BatchRef): Mismatch | null {
  const sceneId = scene.scene_id === ref.batchId ? null : scene.scene_id;
  const episode = typeof scene.episode === 'number' && scene.episode !== ref.episode ? scene.episode : null;
  return sceneId === null && episode === null ? null : { sceneId, episode };
}

/** An `episode` that is not there is not made. */
export function retargeted(scene: Scene, ref: BatchRef): Scene {
  const named = withValue<Scene>(scene, ['scene_id'], ref.batchId);
  return typeof named.episode === 'number' ? withValue<Scene>(named, ['episode'], ref.episode) : named;
}
