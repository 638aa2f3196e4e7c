/** Mark derived: opens the freshness gate of the active version, and of no other. */
import { absentRevision } from '../../../shared/ids.ts';
import { type BatchState, conflict, readState, requireEntry, requireRevision, requireWritable } from './batchState.ts';
import type { BatchWrite } from './batchWrite.ts';
import { changed, unchanged } from './nextManifest.ts';
import type { Decided, DecisionOptions } from './storeOptions.ts';

export async function markDerived(write: BatchWrite, version: number, options: DecisionOptions): Promise<Decided> {
  const { place } = write;
  const check = async (state: BatchState) => {
    const manifest = requireWritable(state);
    // Before the revision: of a version that is not there nobody wants to know what changed since.
    const found = manifest === null ? null : requireEntry(place, manifest, version);
    await requireRevision(place, state, options.expectedRevision);
    if (found === null) return null;
    const { source, entry } = found;
    const active = source.manifest.active_version;
    if (active !== version) {
      const message = `v${version} of ${place.batchId} is not the active version, v${active} is. Only the active version is marked derived.`;
      throw await conflict(place, state, message);
    }
    return { entry, next: changed(place, source, { entry: { version, downstream: 'derived' } }) };
  };
  return await write.inTurn(options.signal, async (turn) => {
    const early = await readState(place);
    const first = await check(early);
    if (first === null) return nothingToMark;
    if (first.next === null) return unchanged(place, early);
    return await write.underLock(turn, async (held) => {
      const state = await readState(place, early);
      const checked = state === early ? first : await check(state);
      if (checked === null) return nothingToMark;
      if (checked.next === null) return unchanged(place, state);
      const fingerprint = checked.entry.structure_fingerprint ?? null;
      const line = { action: 'mark_derived', from: version, to: version, fingerprint } as const;
      return await write.decide({ held, state }, checked.next, line, options.note);
    });
  });
}

/** A flat batch counts as derived. */
const nothingToMark: Decided = { manifest: null, revision: absentRevision, problems: [] };
