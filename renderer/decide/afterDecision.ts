/** A batch as it must look after a decision's answer, until the host has been asked again. */
import type { BatchView, Decision } from '../../shared/contract.ts';
import { entryOf, gateOf, stateOf } from './manifestFacts.ts';

export function afterDecision(batch: BatchView, { manifest, revision }: Decision): BatchView {
  if (!manifest) return batch;
  return {
    ...batch,
    manifest,
    revision,
    activeVersion: manifest.active_version,
    versions: batch.versions.map((version) => {
      const entry = entryOf(manifest, version.version);
      if (!entry) return version;
      return {
        ...version,
        state: stateOf(entry),
        downstream: gateOf(entry) === 'open' ? 'derived' : 'not_derived',
        isActive: version.version === manifest.active_version,
      };
    }),
  };
}
