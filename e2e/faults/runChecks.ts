/** What must hold after one operation that met one fault, and after the next writer came by. */
import { type BatchLook, fingerprintOf, lookAt, revisionOf, standingViolations } from './batchLook.ts';
import type { Run } from './faultRun.ts';
import { faultScene } from './faultScene.ts';
import { nextWriterViolations } from './nextWriter.ts';
import { repairViolations } from './repairChecks.ts';
import { changedDuration, orphan, type Scenario } from './scenarios.ts';

export async function checkRun(run: Run): Promise<readonly string[]> {
  const after = await lookAt(run.place);
  // What was damaged before may still be, as long as it is the same.
  const wasSo = revisionOf(after) === revisionOf(run.before) ? standingViolations(run.before) : [];
  return [
    ...standingViolations(after).filter((what) => !wasSo.includes(what)),
    ...outcomeViolations(run, after),
    ...repairViolations(run, after),
    ...ledgerViolations(run, after),
    ...leftoverViolations(run, after),
    ...(await nextWriterViolations(run.place, run.outcome, after)),
  ];
}

/** Whether the change is there, by the files alone. */
function isMade({ change, newVersion }: Scenario, after: BatchLook, before: BatchLook): boolean {
  const { parsed, bodies } = after;
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
    case 'adoptOrphan':
      return manifest?.active_version === 2 && manifest.versions.some(({ version }) => version === orphan);
    case 'rebuildManifest':
      return (parsed?.isWritable ?? false) && isRebuilt(after);
    case 'closeLedger':
      return after.lines.some(({ action }) => action === 'repair');
  }
}

/** All that was acknowledged, the pointer too, and the body that no entry named. */
function isRebuilt({ parsed }: BatchLook): boolean {
  const { active_version: pointer, versions = [] } = parsed?.manifest ?? {};
  const states = versions.map(({ version, state }) => `v${version} ${state}`);
  return pointer === 2 && states.join() === `v1 approved,v2 approved,v3 candidate,v${orphan} candidate`;
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

const actions = {
  append: 'append',
  conform: 'conform',
  revert: 'revert',
  markDerived: 'mark_derived',
  adoptOrphan: 'repair',
  rebuildManifest: 'repair',
  closeLedger: 'repair',
} as const;

function ledgerViolations({ scenario, before, outcome }: Run, after: BatchLook): readonly string[] {
  const found: string[] = [];
  const fresh = after.lines.slice(before.lines.length);
  if (JSON.stringify(after.lines.slice(0, before.lines.length)) !== JSON.stringify(before.lines)) {
    found.push('ledger: a line that was there is gone or another one');
  }
  if (!after.ledgerText.startsWith(before.ledgerText)) found.push('ledger: its past was written over');
  const own = fresh.filter((line) => line.action === actions[scenario.change.kind] && line.by.user !== 'anna');
  if (own.length > 0 && !isMade(scenario, after, before)) found.push('ledger: it tells of a change that was not made');
  if (own.some(({ revision }) => revision !== (revisionOf(after) ?? 'absent')))
    found.push('ledger: its revision is not the manifest’s');
  const wasTorn = before.ledgerProblems.length > 0;
  if (outcome !== null && outcome !== 'hangs') {
    if (after.ledgerProblems.length > 0 && !wasTorn) found.push('ledger: torn by a writer that lived');
    if (outcome.kind === 'failed' && !outcome.isOutcomeUnknown && after.ledgerText !== before.ledgerText)
      found.push(`refused: "${outcome.message}", but the ledger was written`);
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
