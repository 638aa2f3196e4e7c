/** Finds the version that a candidate would only repeat, so that nothing is appended twice and no real change is dropped. */
import { isSameValue } from '../../../shared/fieldChanges.ts';
import { ownValue } from '../../../shared/json.ts';
import type { ManifestEntry } from '../../../shared/manifest.ts';
import type { Scene } from '../../../shared/scene.ts';
import type { BodyCache } from '../reading/bodyCache.ts';
import type { Candidate } from './candidate.ts';

type Recorded = Pick<ManifestEntry, 'version' | 'artifact' | 'structure_fingerprint'>;

/**
 * The first registered version whose recorded fingerprint is the candidate's, provided that its body still is what was
 * recorded and that the scene's other fields are equal too: a body that was changed or cannot be read is no stand-in.
 * Null where there is none.
 */
export async function findDuplicate(
  scenesFolder: string,
  entries: readonly Recorded[],
  { fingerprint, scene }: Candidate,
  bodies: BodyCache,
): Promise<number | null> {
  for (const { version, artifact, structure_fingerprint } of entries) {
    if (structure_fingerprint !== fingerprint) continue;
    const reading = await bodies.read(scenesFolder, artifact);
    if (reading.kind !== 'body' || reading.body.facts.fingerprint !== fingerprint) continue;
    if (hasSameFields(reading.body.scene, scene)) return version;
  }
  return null;
}

/** `title` and whatever else stands beside what is fingerprinted. */
function hasSameFields(one: Scene, other: Scene): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  keys.delete('scene_id');
  keys.delete('beats');
  return [...keys].every((key) => isSameValue(ownValue(one, key), ownValue(other, key)));
}
