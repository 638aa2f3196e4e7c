/** Batches, manifests and ledger lines for the tests of decisions. */
import type { BatchView, ConflictDetails } from '../../shared/contract.ts';
import { absentRevision, isRevision, type Revision } from '../../shared/ids.ts';
import type { LedgerAction, LedgerLine } from '../../shared/ledger.ts';
import type { Manifest, ManifestEntry, VersionSummary } from '../../shared/manifest.ts';
import { sampleVersion } from '../scenes/sampleVersion.ts';

export function revision(digit: string): Revision {
  const text = digit.repeat(64);
  return isRevision(text) ? text : absentRevision;
}

export const entry = (version: number, more: Partial<ManifestEntry> = {}): ManifestEntry => ({
  version,
  artifact: `ep_001_BATCH_003.v00${version}.json`,
  state: 'approved',
  downstream: 'derived',
  ...more,
});

export const manifest = (active: number, versions: readonly ManifestEntry[]): Manifest => ({
  schema_version: 1,
  batch_id: 'BATCH_003',
  active_version: active,
  versions,
});

export function line(seq: number, action: LedgerAction, to: number | null, more: Partial<LedgerLine> = {}): LedgerLine {
  return {
    seq,
    at: '2026-03-04T08:41:07.000Z',
    by: { user: 'Lena Fischer', host: 'edit-02' },
    action,
    from: null,
    to,
    fingerprint: null,
    revision: revision('b'),
    note: null,
    prev: null,
    ...more,
  };
}

export const details = (
  ofManifest: Manifest | null,
  digit: string,
  ledger: readonly LedgerLine[] = [],
): ConflictDetails => ({ manifest: ofManifest, revision: revision(digit), ledger });

export const summary = (version: number, more: Partial<VersionSummary> = {}): VersionSummary =>
  sampleVersion(version, { parentVersion: version - 1, shotCount: 8, durationS: 30, ...more });

/** v3 is active, approved and derived; v4 a candidate above it, v2 a candidate and v1 approved below. */
export function batch(more: Partial<BatchView> = {}): BatchView {
  return {
    manifest: null,
    revision: revision('a'),
    versions: [
      summary(4),
      summary(3, { state: 'approved', downstream: 'derived', isActive: true }),
      summary(2),
      summary(1, { state: 'approved', downstream: 'derived', parentVersion: null }),
    ],
    problems: [],
    ledger: [],
    lastApproved: 3,
    activeVersion: 3,
    isWritable: true,
    lock: null,
    ...more,
  };
}
