/** One version of a batch, for tests. */
import type { VersionSummary } from '../../shared/manifest.ts';

export const sampleVersion = (version: number, more: Partial<VersionSummary> = {}): VersionSummary => ({
  version,
  artifact: `ep_001_BATCH_003.v${String(version).padStart(3, '0')}.json`,
  state: 'candidate',
  downstream: 'not_derived',
  kind: 'reshoot',
  source: null,
  parentVersion: null,
  createdAt: null,
  recordedFingerprint: null,
  fingerprint: null,
  shotCount: null,
  durationS: null,
  title: null,
  shotsWithBoards: 0,
  bodyChangedAt: null,
  isActive: false,
  isRegistered: true,
  isReadable: true,
  problem: null,
  ...more,
});
