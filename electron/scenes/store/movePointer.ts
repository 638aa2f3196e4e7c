/** Conform and revert: the pointer moves to a version whose body is sound, and a conform approves it. */
import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { ManifestEntry } from '../../../shared/manifest.ts';
import { bodyName } from '../sceneFiles.ts';
import {
  type BatchState,
  readState,
  requireBody,
  requireEntry,
  requireRevision,
  requireWritable,
  type SeenBody,
} from './batchState.ts';
import type { BatchWrite, Locked } from './batchWrite.ts';
import type { Change } from './manifestEdits.ts';
import { changed, type NextManifest, unchanged } from './nextManifest.ts';
import type { DecidedOn, DecisionOptions } from './storeOptions.ts';

export async function movePointer(
  write: BatchWrite,
  version: number,
  action: 'conform' | 'revert',
  options: DecisionOptions,
): Promise<DecidedOn> {
  const { place, bodies } = write;
  const change: Change =
    action === 'conform'
      ? { activeVersion: version, entry: { version, state: 'approved' } }
      : { activeVersion: version };
  const check = async (state: BatchState, seen?: SeenBody): Promise<Checked> => {
    const manifest = requireWritable(state);
    await requireRevision(place, state, options.expectedRevision);
    const { source, entry } = requireEntry(place, manifest, version);
    await requireBody(place, entry, bodies, seen);
    return { entry, next: changed(place, source, change) };
  };
  const carryOut = (locked: Locked, { entry, next }: Checked, unmoved?: Promise<void>) => {
    if (next === null) return unchanged(place, locked.state);
    const from = locked.state.parsed?.manifest?.active_version ?? null;
    const line = { action, from, to: version, fingerprint: entry.structure_fingerprint ?? null };
    return write.decide(locked, next, line, options.note, unmoved);
  };
  return await write.inTurn(options.signal, async (turn) => {
    // Looked at beside the manifest, in the hope that the body has its usual name.
    const usual = version === 1 ? basename(place.files.flat) : bodyName(place.episode, place.batchId, version);
    const [early, look] = await Promise.all([readState(place), bodies.look(place.files.scenesFolder, usual)]);
    const first = await check(early, { artifact: usual, look });
    if (first.next === null) return unchanged(place, early);
    return await write.underLock(turn, async (held) => {
      // The change is prepared while it is looked at again what it was made for.
      try {
        return await carryOut({ held, state: early }, first, requireUnmoved(write, early, first.entry));
      } catch (error) {
        if (!(error instanceof Moved)) throw error;
      }
      const state = await readState(place);
      return await carryOut({ held, state }, await check(state));
    });
  });
}

interface Checked {
  readonly entry: ManifestEntry;
  /** Null where nothing is to be changed. */
  readonly next: NextManifest | null;
}

/** Throws Moved where the manifest is another one by now, and `damaged` where the body is not what it was. */
async function requireUnmoved({ place, bodies }: BatchWrite, early: BatchState, entry: ManifestEntry): Promise<void> {
  const body = requireBody(place, entry, bodies);
  body.catch(() => undefined);
  if ((await readState(place, early)) !== early) throw new Moved();
  await body;
}

/** The manifest is not the one that the change was made for: it has to be made again. */
class Moved extends FailureError {
  constructor() {
    super('conflict', 'The manifest was changed in between.');
  }
}
