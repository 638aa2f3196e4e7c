/** For runs of several writers on one batch: whether everything that any of them was told is there, once. */
import { FailureError } from '../../shared/failure.ts';
import { parseBatchId } from '../../shared/ids.ts';
import { fingerprintOf, lookAt, standingViolations } from './batchLook.ts';
import { faultScene } from './faultScene.ts';
import type { EverydayChange, RunPlace } from './messages.ts';
import type { Outcome } from './processes.ts';
import { storeOf } from './scenarios.ts';
import { waitViolations } from './waits.ts';

export interface Told {
  readonly change: EverydayChange;
  readonly outcome: Outcome;
}

export interface Allowed {
  /** Where nothing but a folder keeps two apart and one stood still, the chain may break, and says so. */
  readonly brokenChain?: boolean;
  /** A writer was killed. */
  readonly temps?: boolean;
}

export async function acknowledgedViolations(
  place: RunPlace,
  told: readonly Told[],
  allowed: Allowed = {},
): Promise<readonly string[]> {
  const after = await lookAt(place);
  const isAllowed = (what: string): boolean => (allowed.brokenChain ?? false) && what.startsWith('ledger: ep_');
  const found = standingViolations(after).filter((what) => !isAllowed(what));
  const entries = after.parsed?.manifest?.versions ?? [];
  const versions = new Set<number>();
  let lastPointer: number | null = null;
  for (const { change, outcome } of told) {
    if (outcome === null) continue;
    if (outcome === 'hangs') found.push('hangs: no answer came');
    else if (outcome.kind === 'failed') {
      if (outcome.code === 'unexpected') found.push(`failure: none of the store's own (${outcome.message})`);
    } else if (change.kind === 'append') {
      const version = outcome.version ?? 0;
      if (versions.has(version)) found.push(`twice: v${version} was given to two`);
      versions.add(version);
      const wanted = fingerprintOf(JSON.stringify(faultScene(parseBatchId(place.batchId), change.duration)));
      const entry = entries.find((each) => each.version === version);
      if (entry === undefined) found.push(`lost: v${version} was acknowledged and is not there`);
      else if (fingerprintOf(after.bodies.get(entry.artifact) ?? '') !== wanted)
        found.push(`lost: v${version} holds another body`);
      const lines = after.lines.filter(({ action, to }) => action === 'append' && to === version);
      if (outcome.problems.length === 0 && lines.length !== 1)
        found.push(`ledger: ${lines.length} lines of v${version}`);
    } else {
      lastPointer = change.version;
      const isTold = after.lines.some(
        ({ action, revision }) => action === change.kind && revision === outcome.revision,
      );
      if (outcome.problems.length === 0 && !isTold && change.kind !== 'markDerived') {
        found.push(`ledger: no line of the ${change.kind} of v${change.version}`);
      }
      if (change.kind === 'conform' && entries.find((v) => v.version === change.version)?.state !== 'approved') {
        found.push(`lost: v${change.version} was conformed and is not approved`);
      }
    }
  }
  const deciders = told.filter(({ change }) => change.kind !== 'append');
  if (deciders.length === 1 && lastPointer !== null && after.parsed?.manifest?.active_version !== lastPointer) {
    found.push(`lost: the pointer does not stand at v${lastPointer}`);
  }
  if (!(allowed.temps ?? false) && after.temps.length > 0) found.push(`temp: ${after.temps.join(', ')} was left`);
  if (!(allowed.temps ?? false) && after.hasLockFolder) found.push('lock: its folder was left');
  return found;
}

/** Whoever comes afterwards, while the others still live, is let in and changes nothing that stands. */
export async function nextWriterViolations(place: RunPlace): Promise<readonly string[]> {
  const begun = performance.now();
  const batchId = parseBatchId(place.batchId);
  try {
    await storeOf(place).writeSceneCandidate(batchId, faultScene(batchId, 9_999), { parentVersion: 2 });
  } catch (error) {
    const code = error instanceof FailureError ? error.code : 'unexpected';
    return [`next: refused: ${code}: ${error instanceof Error ? error.message : String(error)}`];
  }
  const took = performance.now() - begun;
  const found = standingViolations(await lookAt(place)).filter((what) => !what.startsWith('ledger: ep_'));
  return [...found, ...(await waitViolations(took, place))];
}
