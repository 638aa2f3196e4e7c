/** Resolves a selection against a batch: which two versions are compared, and what the baselines are. */
import type { BatchView } from '../../shared/contract.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import type { From, Selection } from './selection.ts';

export interface Baselines {
  readonly active: number | null;
  readonly parent: number | null;
  readonly lastApproved: number | null;
}

export interface ChosenVersions {
  /** Null: the batch has no version that can be shown. */
  readonly to: VersionSummary | null;
  readonly from: VersionSummary | null;
  readonly baselines: Baselines;
}

const find = (batch: BatchView, version: number | null): VersionSummary | null =>
  version === null ? null : (batch.versions.find((each) => each.version === version) ?? null);

/** The version that a person most likely came for: the newest candidate above the active one, else the active one, else the newest. */
export function defaultVersion(batch: BatchView): VersionSummary | null {
  const active = batch.activeVersion ?? 0;
  return (
    batch.versions.find((each) => each.isRegistered && each.state === 'candidate' && each.version > active) ??
    find(batch, batch.activeVersion) ??
    batch.versions[0] ??
    null
  );
}

function resolveFrom(from: From, baselines: Baselines): number | null {
  switch (from.kind) {
    case 'active':
      return baselines.active;
    case 'parent':
      return baselines.parent;
    case 'lastApproved':
      return baselines.lastApproved;
    case 'version':
      return from.version;
  }
}

/** A baseline that would be the version itself falls back to its parent, then to the version below it. */
export function chosenVersions(batch: BatchView, selection: Pick<Selection, 'to' | 'from'>): ChosenVersions {
  const to = find(batch, selection.to) ?? defaultVersion(batch);
  const baselines: Baselines = {
    active: batch.activeVersion,
    parent: to?.parentVersion ?? null,
    lastApproved: batch.lastApproved,
  };
  if (!to) return { to, from: null, baselines };
  const asked = resolveFrom(selection.from, baselines);
  const below = batch.versions.find((each) => each.version < to.version)?.version ?? null;
  const from = asked === to.version && selection.from.kind !== 'version' ? (baselines.parent ?? below ?? asked) : asked;
  return { to, from: find(batch, from) ?? find(batch, below) ?? to, baselines };
}
