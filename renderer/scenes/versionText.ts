/** Where a version comes from and what it is called, in a few words. */
import type { VersionSummary } from '../../shared/manifest.ts';

const sourceWords = (source: string): string => source.replaceAll('_', ' ');

/** "pickup, from v2"; a flat body that was registered in place is "legacy flat". */
export function originText({ kind, source, parentVersion, isRegistered, isActive }: VersionSummary): string {
  if (!isRegistered) return isActive ? 'flat, no manifest yet' : 'on disk only';
  if (source === 'legacy_flat') return 'legacy flat';
  return parentVersion === null ? kind : `${kind}, from v${parentVersion}`;
}

export const kindText = ({ kind, source }: VersionSummary): string =>
  source === null ? kind : `${kind}, ${sourceWords(source)}`;

/** Seven digits after the scheme's prefix: enough to tell apart, short enough for a row. */
export const shortFingerprint = (fingerprint: string): string => fingerprint.replace(/^[a-z0-9]+:/i, '').slice(0, 7);

/** A body that no entry names. The one body of a flat batch is none: it has no manifest yet and is the active version. */
export const isOrphan = ({ isRegistered, isActive }: VersionSummary): boolean => !isRegistered && !isActive;
