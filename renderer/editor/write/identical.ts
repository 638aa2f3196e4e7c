/** Finds the version that a candidate would only repeat, as the store judges it: by fingerprint first, then by the scene's other fields. */
import type { BatchView } from '../../../shared/contract.ts';
import { isSameValue } from '../../../shared/fieldChanges.ts';
import { ownValue } from '../../../shared/json.ts';
import type { VersionSummary } from '../../../shared/manifest.ts';
import { isScene, type Scene } from '../../../shared/scene.ts';
import { fromWire } from '../../../shared/wire.ts';
import { queryClient } from '../../queryClient.ts';
import { sceneQuery } from '../../scenes/queries.ts';
import type { OpenDraft } from '../draftStore.ts';

/** Registered ones and the one body of a flat batch, oldest first; a body that is not what was recorded is no stand-in. */
export const sameFingerprint = (batch: BatchView, fingerprint: string): readonly VersionSummary[] =>
  batch.versions
    .filter((version) => version.fingerprint === fingerprint && (version.isRegistered || version.isActive))
    .filter((version) => !version.isRegistered || version.recordedFingerprint === fingerprint)
    .toReversed();

/** `title` and whatever else stands beside what is fingerprinted. */
export function hasSameFields(one: Scene, other: Scene): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  keys.delete('scene_id');
  keys.delete('beats');
  return [...keys].every((key) => isSameValue(ownValue(one, key), ownValue(other, key)));
}

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
