/** What happened between what a person saw and what the host found: who did what when, or what changed outside the ledger. */
import type { ConflictDetails } from '../../shared/contract.ts';
import type { LedgerLine } from '../../shared/ledger.ts';
import type { Manifest } from '../../shared/manifest.ts';
import { counted } from '../scenes/counted.ts';
import { clockTime, dayText } from '../scenes/times.ts';
import { gateOf, stateOf } from './manifestFacts.ts';

export interface ConflictStory {
  /** One or two sentences. */
  readonly sentence: string;
  /** Of the person who was faster. */
  readonly note: string | null;
  /** ISO 8601, UTC, of what the sentence tells; null where it is not known. */
  readonly at: string | null;
}

const seqOf = (line: LedgerLine | undefined): number => line?.seq ?? 0;

/** Lines that the person cannot know: behind the last one seen, and behind the one that made the revision they saw. */
function newLines(seen: ConflictDetails, now: ConflictDetails): readonly LedgerLine[] {
  const own = now.ledger.findLast((line) => line.revision === seen.revision);
  const last = Math.max(seqOf(seen.ledger.at(-1)), seqOf(own));
  return now.ledger.filter((line) => line.seq > last);
}

function deedOf({ action, to }: LedgerLine): string {
  const version = to === null ? 'a version' : `v${to}`;
  switch (action) {
    case 'conform':
      return `conformed ${version}`;
    case 'revert':
      return `reverted to ${version}`;
    case 'mark_derived':
      return `marked ${version} derived`;
    case 'append':
      return `added ${version}`;
    case 'register':
      return `registered the batch with ${version}`;
    case 'repair':
      return 'repaired the batch';
    case 'observed':
      return 'found the batch changed';
  }
}

/** "at 09:41:07", or "on 13 Oct at 09:41:07". */
function toldTime(at: string, now: Date, locale: string | undefined): string {
  const clock = `at ${clockTime(at, { locale })}`;
  const isToday = new Date(at).toDateString() === now.toDateString();
  return isToday ? clock : `on ${dayText(at, { now, locale })} ${clock}`;
}

export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** What two manifests differ in, in words; empty where it is nothing that is shown. */
export function manifestChanges(before: Manifest | null, after: Manifest | null): string {
  if (!after) return 'its manifest can no longer be read';
  if (!before) return 'it has a manifest now';
  const old = new Map(before.versions.map((entry) => [entry.version, entry]));
  const parts: string[] = [];
  if (before.active_version !== after.active_version) {
    parts.push(`the pointer went from v${before.active_version} to v${after.active_version}`);
  }
  for (const entry of after.versions) {
    const was = old.get(entry.version);
    if (!was) parts.push(`v${entry.version} was added`);
    else {
      if (stateOf(was) !== stateOf(entry)) parts.push(`v${entry.version} became ${stateOf(entry)}`);
      if (gateOf(was) !== gateOf(entry)) {
        parts.push(`v${entry.version} was marked ${gateOf(entry) === 'open' ? 'derived' : 'not derived'}`);
      }
    }
    old.delete(entry.version);
  }
  for (const version of old.keys()) parts.push(`v${version} was taken out`);
  return listed(parts);
}

function outsideSentence(seen: ConflictDetails, now: ConflictDetails): string {
  const changes = manifestChanges(seen.manifest, now.manifest);
  const told = changes === '' ? '' : `: ${changes}`;
  return `The batch was changed outside the ledger, most likely by the pipeline${told}.`;
}

export interface StoryTime {
  readonly today?: Date;
  readonly locale?: string | undefined;
}

export function conflictStory(seen: ConflictDetails, now: ConflictDetails, time: StoryTime = {}): ConflictStory {
  return (
    deedStory(newLines(seen, now), now.revision, time) ?? {
      sentence: outsideSentence(seen, now),
      note: null,
      at: null,
    }
  );
}

/** What new ledger lines tell; null where nobody named did anything. `revision` is of the manifest as it is now. */
export function deedStory(
  lines: readonly LedgerLine[],
  revision: string,
  { today = new Date(), locale }: StoryTime = {},
): ConflictStory | null {
  const deed = lines.findLast((line) => line.action !== 'observed');
  if (!deed) return null;
  const told = `${deed.by.user} on ${deed.by.host} ${deedOf(deed)} ${toldTime(deed.at, today, locale)}`;
  const others = lines.filter((line) => line.action !== 'observed').length - 1;
  const before = others > 0 ? `, after ${counted(others, 'other change')}` : '';
  // The newest line need not be the newest change: the pipeline writes no ledger.
  const after =
    deed.revision === revision
      ? ''
      : ' After that the batch was changed outside the ledger, most likely by the pipeline.';
  return { sentence: `${told}${before}.${after}`, note: deed.note, at: deed.at };
}
