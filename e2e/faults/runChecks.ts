/** What must hold after one operation that met one fault, and after the next writer came by. */
import { FailureError } from '../../shared/failure.ts';
import { parseBatchId } from '../../shared/ids.ts';
import { type BatchLook, fingerprintOf, lookAt, standingViolations } from './batchLook.ts';
import { faultScene } from './faultScene.ts';
import type { RunPlace } from './messages.ts';
import type { Outcome } from './processes.ts';
import { changedDuration, type Scenario, storeOf } from './scenarios.ts';
import type { TracedCall } from './tracing.ts';

export interface Run {
  readonly scenario: Scenario;
  readonly place: RunPlace;
  readonly before: BatchLook;
  readonly outcome: Outcome;
  /** The call that failed, where one did. */
  readonly hit: TracedCall | null;
}

const nextDuration = 99;
/** A killed writer holds up nobody. */
const nextWithinMs = 3_000;
const revisionOf = ({ parsed }: BatchLook): string => parsed?.revision ?? 'absent';

export async function checkRun(run: Run): Promise<readonly string[]> {
  const after = await lookAt(run.place);
  return [
    ...standingViolations(after),
    ...outcomeViolations(run, after),
    ...ledgerViolations(run, after),
    ...leftoverViolations(run, after),
    ...(await nextWriterViolations(run, after)),
  ];
}

/** Whether the change is there, by the files alone. */
function isMade({ change, newVersion }: Scenario, { parsed, bodies }: BatchLook, before: BatchLook): boolean {
  const manifest = parsed?.manifest;
  switch (change.kind) {
    case 'append': {
      const wanted = fingerprintOf(JSON.stringify(faultScene('BATCH_001', changedDuration)));
      if (before.parsed === null && before.bodies.size === 0) {
        return [...bodies.values()].some((text) => fingerprintOf(text) === wanted);
      }
      const entry = manifest?.versions.find(({ version }) => version === newVersion);
      return (
        entry?.structure_fingerprint === wanted && fingerprintOf(bodies.get(entry?.artifact ?? '') ?? '') === wanted
      );
    }
    case 'conform':
      return (
        manifest?.active_version === change.version &&
        manifest.versions.some(({ version, state }) => version === change.version && state === 'approved')
      );
    case 'revert':
      return manifest?.active_version === change.version;
    case 'markDerived':
      return manifest?.versions.some((v) => v.version === change.version && v.downstream === 'derived') ?? false;
  }
}

function outcomeViolations({ scenario, before, outcome }: Run, after: BatchLook): readonly string[] {
  const found: string[] = [];
  for (const [name, text] of before.bodies)
    if (after.bodies.get(name) !== text) found.push(`body: ${name} was changed`);
  const kept = before.parsed?.manifest?.versions ?? [];
  for (const { version, artifact } of kept) {
    if (!after.parsed?.manifest?.versions.some((v) => v.version === version && v.artifact === artifact)) {
      found.push(`lost: v${version} was acknowledged and is gone`);
    }
  }
  const made = isMade(scenario, after, before);
  const isAsBefore = revisionOf(after) === revisionOf(before);
  if (outcome === 'hangs') return [...found, 'hangs: no answer came'];
  if (outcome === null) {
    if (!made && !isAsBefore) found.push('manifest: neither as it was nor as it was to become');
    return found;
  }
  if (outcome.kind === 'done') return made ? found : [...found, 'lost: the change was acknowledged and is not there'];
  if (outcome.code === 'unexpected') found.push(`failure: none of the store's own (${outcome.message})`);
  if (outcome.isOutcomeUnknown) return found;
  if (!isAsBefore) found.push(`refused: "${outcome.message}", but the manifest was changed`);
  if (after.bodies.size !== before.bodies.size) found.push(`refused: "${outcome.message}", but a body was left`);
  return found;
}

function ledgerViolations({ scenario, before, outcome }: Run, after: BatchLook): readonly string[] {
  const found: string[] = [];
  const fresh = after.lines.slice(before.lines.length);
  if (JSON.stringify(after.lines.slice(0, before.lines.length)) !== JSON.stringify(before.lines)) {
    found.push('ledger: a line that was there is gone or another one');
  }
  const action = { append: 'append', conform: 'conform', revert: 'revert', markDerived: 'mark_derived' } as const;
  const own = fresh.filter((line) => line.action === action[scenario.change.kind] && line.by.user !== 'anna');
  if (own.length > 0 && !isMade(scenario, after, before)) found.push('ledger: it tells of a change that was not made');
  if (own.some(({ revision }) => revision !== revisionOf(after)))
    found.push('ledger: its revision is not the manifest’s');
  const wasTorn = before.ledgerProblems.length > 0;
  if (outcome !== null && outcome !== 'hangs') {
    if (after.ledgerProblems.length > 0 && !wasTorn) found.push('ledger: torn by a writer that lived');
    const isTold = outcome.kind === 'done' && outcome.problems.length === 0;
    if (isTold && own.length !== 1) found.push(`ledger: ${own.length} lines of a change that was acknowledged`);
  }
  return found;
}

function leftoverViolations({ before, outcome, hit }: Run, after: BatchLook): readonly string[] {
  const fresh = after.temps.filter((name) => !before.temps.includes(name));
  const foreign = fresh.filter((name) => !name.includes('.picture-lock-'));
  const found = foreign.map((name) => `temp: ${name} is none that a later writer would remove`);
  if (outcome === null || outcome === 'hangs') return found;
  // What the disk refused to remove stays; it is a dead process's one day and goes then.
  const couldNot = hit !== null && /^(?:unlink|rmdir)/.test(hit.call);
  if (fresh.length > 0 && !couldNot) found.push(`temp: ${fresh.join(', ')} was left by a writer that lived`);
  const wasThere = before.hasLockFolder && outcome.kind === 'failed';
  if (after.hasLockFolder && !wasThere) found.push('lock: its folder was left by a writer that lived');
  return found;
}

async function nextWriterViolations({ place, outcome }: Run, left: BatchLook): Promise<readonly string[]> {
  const batchId = parseBatchId(place.batchId);
  const found: string[] = [];
  const begun = performance.now();
  try {
    const parentVersion = left.parsed?.manifest?.active_version ?? null;
    const { version, problems } = await storeOf(place).writeSceneCandidate(batchId, faultScene(batchId, nextDuration), {
      parentVersion,
    });
    const took = performance.now() - begun;
    if (took > nextWithinMs) found.push(`next: the next writer waited ${Math.round(took)} ms`);
    for (const { message } of problems) found.push(`next: ${message}`);
    const known = left.parsed?.manifest?.versions.map((entry) => entry.version) ?? [];
    if (known.includes(version)) found.push(`next: v${version} was given away twice`);
  } catch (error) {
    const code = error instanceof FailureError ? error.code : 'unexpected';
    return [`next: the next writer was refused: ${code}: ${error instanceof Error ? error.message : String(error)}`];
  }
  const after = await lookAt(place);
  found.push(...standingViolations(after).filter((what) => !standingViolations(left).includes(what)));
  for (const [name, text] of left.bodies) if (after.bodies.get(name) !== text) found.push(`next: it changed ${name}`);
  if (after.lines.at(-1)?.revision !== revisionOf(after)) found.push('next: the ledger does not end at the manifest');
  const told = new Set(after.lines.map(({ revision }) => revision));
  if (left.parsed !== null && !told.has(revisionOf(left))) found.push('next: what the fault left was never told');
  const isLost = outcome !== null && outcome !== 'hangs' && outcome.kind === 'done' && isSaidLost(outcome.problems);
  if (outcome !== null && outcome !== 'hangs' && outcome.kind === 'done' && !isLost) {
    const own = after.lines.filter(({ by }) => by.user !== 'anna');
    if (own.length === 0) found.push('next: an acknowledged decision never came into the ledger');
  }
  return found;
}

const isSaidLost = (problems: readonly { readonly message: string }[]): boolean =>
  problems.some(({ message }) => message.includes('lost'));
