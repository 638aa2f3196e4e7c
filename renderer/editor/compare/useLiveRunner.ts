/** Makes the live comparison: off the typing path, a moment after the last change, and in slices where much is new. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { BatchView } from '../../../shared/contract.ts';
import type { BatchRef } from '../../../shared/ids.ts';
import type { VersionSummary } from '../../../shared/manifest.ts';
import { isScene, type Scene } from '../../../shared/scene.ts';
import { fromWire } from '../../../shared/wire.ts';
import { batchQuery, sceneQuery } from '../../scenes/queries.ts';
import { type OpenDraft, useDraft } from '../draftStore.ts';
import { beatFingerprints } from './beatFingerprints.ts';
import { compareDraft } from './draftComparison.ts';
import { type Against, useLive } from './liveComparison.ts';

/** Long enough that a burst of keys is one comparison, short enough to be called live. */
const restMs = 150;

interface Base {
  readonly version: number;
  readonly scene: Scene;
  readonly isDerived: boolean;
}

export interface LiveBases {
  readonly parent: number | null;
  readonly active: number | null;
}

const summaryOf = (batch: BatchView | undefined, version: number | null): VersionSummary | null =>
  batch?.versions.find((each) => each.version === version) ?? null;

/** Which versions the draft can be held against; null where there is none, or none that can be read. */
function basesOf(draft: Pick<OpenDraft, 'base'>, batch: BatchView | undefined): LiveBases {
  const active = summaryOf(batch, batch?.activeVersion ?? null);
  return { parent: draft.base?.version ?? null, active: active?.isReadable === true ? active.version : null };
}

function chosenVersion(bases: LiveBases, against: Against): number | null {
  return against === 'parent' ? (bases.parent ?? bases.active) : (bases.active ?? bases.parent);
}

/** The scene of a version: the draft's own base as it was read, else asked of the host. */
function useBase(draft: OpenDraft, batch: BatchView | undefined, version: number | null): Base | null {
  const ref: BatchRef = draft.batch;
  const own = draft.base?.version === version ? draft.base : null;
  const summary = summaryOf(batch, version);
  const read = useQuery({
    ...sceneQuery(ref, version ?? 0, summary?.bodyChangedAt ?? null),
    enabled: version !== null && own === null && summary !== null,
  }).data;
  const isDerived = summary?.downstream === 'derived';
  return useMemo(() => {
    if (version === null) return null;
    if (own) return { version, scene: own.scene, isDerived };
    const scene = read === undefined ? null : fromWire(read);
    return scene !== null && isScene(scene) ? { version, scene, isDerived } : null;
  }, [own, read, version, isDerived]);
}

/** Mounted once, as long as the editor is open. */
export function useLiveRunner(draft: OpenDraft): LiveBases {
  const batch = useQuery(batchQuery(draft.batch)).data;
  const against = useLive((state) => state.against);
  const bases = basesOf(draft, batch);
  const base = useBase(draft, batch, chosenVersion(bases, against));

  useEffect(() => {
    let stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const make = async () => {
      stop.abort();
      stop = new AbortController();
      const { signal } = stop;
      const scene = useDraft.getState().draft?.scene;
      if (!base || !scene) return useLive.getState().tell(null);
      const before = await beatFingerprints(base.scene, signal);
      const now = before && (await beatFingerprints(scene, signal));
      if (!before || !now || signal.aborted) return;
      const { version, isDerived } = base;
      const compared = { version, scene: base.scene, beatFingerprints: before };
      useLive.getState().tell(compareDraft(compared, scene, now, isDerived));
    };
    void make();
    const unsubscribe = useDraft.subscribe((now, was) => {
      if (now.draft?.scene === was.draft?.scene) return;
      clearTimeout(timer);
      timer = setTimeout(() => void make(), restMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
      stop.abort();
    };
  }, [base]);
  // Another draft begins with nothing that was said of this one.
  useEffect(() => () => useLive.setState({ live: null, against: 'parent' }), []);
  return bases;
}
