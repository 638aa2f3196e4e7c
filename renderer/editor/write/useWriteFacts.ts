/** What the dialog says of the draft before it is written: fingerprint, shots, what it changes, and whether it is only a repetition. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { UnfitValueError } from '../../../shared/canonicalJson.ts';
import { sceneDuration } from '../../../shared/comparedBody.ts';
import { beatFingerprints, draftFingerprint } from '../compare/beatFingerprints.ts';
import { compareDraft, type DraftComparison } from '../compare/draftComparison.ts';
import { identicalVersion } from './identical.ts';
import type { OpenWriting } from './writing.ts';

export interface WriteFacts {
  readonly fingerprint: string | null;
  /** Why there is none: a value that cannot be held exactly, with its place. */
  readonly unfit: string | null;
  readonly shots: number;
  readonly durationS: number;
  /** Null while it is made, and where there is nothing to compare with. */
  readonly changes: DraftComparison | null;
  /** The version that it would repeat; undefined while that is found out. */
  readonly identical: number | null | undefined;
}

export function useWriteFacts({ draft, batch }: OpenWriting): WriteFacts {
  const { scene, base } = draft;
  const { fingerprint, unfit } = useMemo(() => {
    try {
      return { fingerprint: draftFingerprint(scene), unfit: null };
    } catch (error) {
      if (error instanceof UnfitValueError) return { fingerprint: null, unfit: error.message };
      throw error;
    }
  }, [scene]);
  const key = [draft.batch, batch?.revision ?? 'absent', fingerprint];
  const changes = useQuery({
    queryKey: ['draftChanges', ...key, base?.version ?? null],
    queryFn: async ({ signal }) => {
      if (!base) return null;
      const before = await beatFingerprints(base.scene, signal);
      const now = await beatFingerprints(scene, signal);
      const compared = before && { version: base.version, scene: base.scene, beatFingerprints: before };
      return compared && now && compareDraft(compared, scene, now, false);
    },
    // The same fingerprint may stand under another title.
    gcTime: 0,
  });
  const identical = useQuery({
    queryKey: ['identicalVersion', ...key],
    queryFn: () => (fingerprint === null ? null : identicalVersion(draft, batch, fingerprint)),
    gcTime: 0,
  });
  return {
    fingerprint,
    unfit,
    shots: scene.beats.length,
    durationS: sceneDuration(scene),
    changes: changes.data ?? null,
    identical: identical.isError ? null : identical.data,
  };
}
