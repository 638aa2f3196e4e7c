/** What a comparison depends on beside its two numbers: the manifest's revision and the times at which both bodies last changed. */
import type { BatchView } from '../../shared/contract.ts';

export function comparisonStamp(batch: BatchView, from: number, to: number): string {
  const changedAt = (version: number) =>
    batch.versions.find((each) => each.version === version)?.bodyChangedAt ?? 'unknown';
  return `${batch.revision} ${changedAt(from)} ${changedAt(to)}`;
}
