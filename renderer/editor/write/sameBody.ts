/** When a version is what a draft would be, as far as its summary and its body tell. Pure. */
import type { BatchView } from '../../../shared/contract.ts';
import { isSameValue } from '../../../shared/fieldChanges.ts';
import { ownValue } from '../../../shared/json.ts';
import type { VersionSummary } from '../../../shared/manifest.ts';
import type { Scene } from '../../../shared/scene.ts';

/** Registered ones and the one body of a flat batch, oldest first; a body that is not what was recorded is no stand-in. */
export const sameFingerprint = (batch: BatchView, fingerprint: string): readonly VersionSummary[] =>
  batch.versions
    .filter((version) => version.fingerprint === fingerprint && (version.isRegistered || version.isActive))
    .filter((version) => !version.isRegistered || version.recordedFingerprint === fingerprint)
    .reverse();

/** `title` and whatever else stands beside what is fingerprinted. */
export function hasSameFields(one: Scene, other: Scene): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  keys.delete('scene_id');
  keys.delete('beats');
  return [...keys].every((key) => isSameValue(ownValue(one, key), ownValue(other, key)));
}

interface Sent {
  readonly fingerprint: string;
  readonly parent: number | null;
  readonly source: string;
}

/** The version that was not there when the person asked, with what they sent; null where there is none. */
export function foundVersion(before: BatchView | null, now: BatchView, sent: Sent): number | null {
  const known = new Set((before?.versions ?? []).map(({ version }) => version));
  const found = now.versions.find(
    (version) =>
      !known.has(version.version) &&
      version.fingerprint === sent.fingerprint &&
      // A first body stands without a manifest, and so without a record of where it came from.
      (!version.isRegistered || (version.parentVersion === sent.parent && version.source === sent.source)),
  );
  return found?.version ?? null;
}
