/** Finds the version that a candidate would only repeat, as the store judges it: by fingerprint first, then by the scene's other fields. */
import type { BatchView } from '../../../shared/contract.ts';
import { isScene } from '../../../shared/scene.ts';
import { fromWire } from '../../../shared/wire.ts';
import { queryClient } from '../../queryClient.ts';
import { sceneQuery } from '../../scenes/queries.ts';
import type { OpenDraft } from '../draftStore.ts';
import { hasSameFields, sameFingerprint } from './sameBody.ts';

/** Null where there is none, or none that can be read: the host looks again. */
export async function identicalVersion(
  draft: OpenDraft,
  batch: BatchView | null,
  fingerprint: string,
): Promise<number | null> {
  if (!batch) return null;
  for (const { version, bodyChangedAt } of sameFingerprint(batch, fingerprint)) {
    try {
      const scene =
        draft.base?.version === version
          ? draft.base.scene
          : fromWire(await queryClient.fetchQuery(sceneQuery(draft.batch, version, bodyChangedAt)));
      if (isScene(scene) && hasSameFields(scene, draft.scene)) return version;
    } catch {
      // One that cannot be read is none that could stand in.
    }
  }
  return null;
}
