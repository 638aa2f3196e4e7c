/** What the next writer finds after a fault: it is let in at once, loses nothing, and tells what was left. */
import { FailureError } from '../../shared/failure.ts';
import { parseBatchId } from '../../shared/ids.ts';
import { type BatchLook, lookAt, revisionOf, standingViolations } from './batchLook.ts';
import { faultScene } from './faultScene.ts';
import type { RunPlace } from './messages.ts';
import type { Outcome } from './processes.ts';
import { storeOf } from './scenarios.ts';
import { waitViolations } from './waits.ts';

const nextDuration = 99;

export async function nextWriterViolations(
  place: RunPlace,
  outcome: Outcome,
  found: BatchLook,
): Promise<readonly string[]> {
  try {
    return await write(place, outcome, await mended(place, found));
  } catch (error) {
    const code = error instanceof FailureError ? error.code : 'unexpected';
    return [`next: the next writer was refused: ${code}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** What a rebuilding did not come to is done again; nothing else leaves a damaged manifest. */
async function mended(place: RunPlace, found: BatchLook): Promise<BatchLook> {
  if (found.parsed === null || found.parsed.isWritable) return found;
  await storeOf(place).rebuildManifest(parseBatchId(place.batchId));
  return await lookAt(place);
}

async function write(place: RunPlace, outcome: Outcome, left: BatchLook): Promise<readonly string[]> {
  const batchId = parseBatchId(place.batchId);
  const found: string[] = [];
  const begun = performance.now();
  const { version, problems } = await storeOf(place).writeSceneCandidate(batchId, faultScene(batchId, nextDuration), {
    parentVersion: left.parsed?.manifest?.active_version ?? null,
  });
  const took = performance.now() - begun;
  for (const { message } of problems) found.push(`next: ${message}`);
  const known = left.parsed?.manifest?.versions.map((entry) => entry.version) ?? [];
  if (known.includes(version)) found.push(`next: v${version} was given away twice`);
  const after = await lookAt(place);
  found.push(...standingViolations(after).filter((what) => !standingViolations(left).includes(what)));
  for (const [name, text] of left.bodies) if (after.bodies.get(name) !== text) found.push(`next: it changed ${name}`);
  const told = new Set(after.lines.map(({ revision }) => revision));
  const last = after.lines.at(-1)?.revision;
  if (last !== (revisionOf(after) ?? 'absent')) found.push('next: the ledger does not end at the manifest');
  const leftRevision = revisionOf(left);
  if (leftRevision !== null && !told.has(leftRevision)) found.push('next: what the fault left was never told');
  const isDone = outcome !== null && outcome !== 'hangs' && outcome.kind === 'done';
  if (isDone && !isSaidLost(outcome.problems) && after.lines.every(({ by }) => by.user === 'anna')) {
    found.push('next: an acknowledged decision never came into the ledger');
  }
  return [...found, ...(await waitViolations(took, place))];
}

const isSaidLost = (problems: readonly { readonly message: string }[]): boolean =>
  problems.some(({ message }) => message.includes('lost'));
