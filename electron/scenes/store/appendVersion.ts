/** Adds a version to a batch: body, then manifest, then ledger; the pointer never moves. */
import { absentRevision } from '../../../shared/ids.ts';
import type { JsonValue } from '../../../shared/json.ts';
import { makeScenesFolder } from '../disk/scenesFolder.ts';
import { removeOldTemps } from '../disk/tempFiles.ts';
import { filePrefix } from '../sceneFiles.ts';
import { type AppendPlan, planAppend } from './appendPlan.ts';
import { type BatchState, readNames, readState, requireRevision, requireWritable } from './batchState.ts';
import type { BatchWrite, Locked } from './batchWrite.ts';
import { type Candidate, checkCandidate } from './candidate.ts';
import { type NewEntry, newManifest, withEntry } from './manifestEdits.ts';
import { soundManifest } from './nextManifest.ts';
import type { ChangeLine } from './recordChange.ts';
import type { CandidateWriteOptions, WrittenCandidate } from './storeOptions.ts';

export async function appendVersion(
  write: BatchWrite,
  scene: JsonValue,
  options: CandidateWriteOptions,
): Promise<WrittenCandidate> {
  const { place, bodies } = write;
  const { scenesFolder } = place.files;
  const candidate = checkCandidate(place.batchId, scene, options);
  const plan = async (state: BatchState) => {
    const manifest = requireWritable(state);
    await requireRevision(place, state, options.expectedRevision);
    const names = await readNames(place);
    const input = { place, state, manifest, names, candidate, dedup: options.dedup ?? false, bodies };
    return { names: names.names, planned: await planAppend(input) };
  };
  return await write.inTurn(options.signal, async (turn) => {
    const early = await readState(place);
    // Refuses before anything is made or locked; what it plans may be out of date once the lock is held.
    await plan(early);
    await makeScenesFolder(scenesFolder);
    return await write.underLock(turn, async (held) => {
      const state = await readState(place, early);
      const { names, planned } = await plan(state);
      await removeOldTemps(scenesFolder, names, filePrefix(place.episode, place.batchId));
      return await carryOut(write, { held, state }, candidate, planned);
    });
  });
}

async function carryOut(
  write: BatchWrite,
  locked: Locked,
  candidate: Candidate,
  plan: AppendPlan,
): Promise<WrittenCandidate> {
  switch (plan.kind) {
    case 'repeated':
      return { version: plan.version, revision: locked.state.revision, appended: false, problems: [] };
    case 'first':
      return await writeFirst(write, locked, candidate, plan.artifact);
    case 'register': {
      const { flat, entry } = plan;
      const bytes = newManifest(write.place.batchId, 1, entry === null ? [flat] : [flat, entry]);
      return await writeVersion(write, locked, candidate, bytes, [lineOf('register', null, flat)], entry);
    }
    case 'append':
      return await writeVersion(write, locked, candidate, withEntry(plan.manifest, plan.entry), [], plan.entry);
  }
}

async function writeFirst(
  write: BatchWrite,
  locked: Locked,
  candidate: Candidate,
  artifact: string,
): Promise<WrittenCandidate> {
  const { parentVersion: from, fingerprint } = candidate;
  const lines = [{ action: 'append', from, to: 1, fingerprint } as const];
  const problems = await write.record(locked, { revision: absentRevision, lines }, (ready) =>
    write.createBody(locked, candidate, artifact, ready),
  );
  return { version: 1, revision: absentRevision, appended: true, problems };
}

/** `entry` is null where the flat body that is registered is all there is to write. */
async function writeVersion(
  write: BatchWrite,
  locked: Locked,
  candidate: Candidate,
  bytes: Buffer,
  before: readonly ChangeLine[],
  entry: NewEntry | null,
): Promise<WrittenCandidate> {
  const { revision } = soundManifest(write.place, bytes);
  const lines = entry === null ? before : [...before, lineOf('append', candidate.parentVersion, entry)];
  const problems = await write.record(locked, { revision, lines }, async (ready) => {
    if (entry === null) return await write.replaceManifest(locked, bytes, ready);
    await write.createBody(locked, candidate, entry.artifact, ready);
    try {
      return await write.replaceManifest(locked, bytes, ready);
    } catch (error) {
      await write.discardBody(entry.artifact);
      throw error;
    }
  });
  return { version: entry?.version ?? 1, revision, appended: entry !== null, problems };
}

const lineOf = (action: 'register' | 'append', from: number | null, entry: NewEntry): ChangeLine => ({
  action,
  from,
  to: entry.version,
  fingerprint: entry.structure_fingerprint,
  entries: [JSON.stringify(entry)],
});
