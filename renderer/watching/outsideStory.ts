/** What somebody else changed, in a sentence: who did it where the ledger knows, else what differs. */
import type { BatchRow, BatchView, OutsideChange } from '../../shared/contract.ts';
import {
  type ConflictStory,
  conflictStory,
  deedStory,
  listed,
  manifestChanges,
  type StoryTime,
} from '../decide/conflictStory.ts';
import { counted } from '../scenes/counted.ts';
import { problemTitle } from '../scenes/problemText.ts';

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Versions begin with a small v, as everywhere. */
const beginning = (text: string): string => (/^v\d/.test(text) ? text : capitalised(text));

const outside = (changes: string): ConflictStory => ({
  sentence:
    changes === ''
      ? 'The batch was changed outside the ledger, most likely by the pipeline.'
      : `${beginning(changes)}, outside the ledger: most likely by the pipeline.`,
  note: null,
  at: null,
});

/** Of a batch that is open: from what was seen to what it is now. */
export function viewStory(seen: BatchView, now: BatchView, time: StoryTime = {}): ConflictStory {
  const told = conflictStory(seen, now, time);
  // Without a time nobody in the ledger did it.
  if (told.at !== null) return told;
  const ofManifest = seen.revision === now.revision ? '' : manifestChanges(seen.manifest, now.manifest);
  return outside(listed([ofManifest, ...bodyChanges(seen, now)].filter((part) => part !== '')));
}

function bodyChanges(seen: BatchView, now: BatchView): readonly string[] {
  const before = new Map(seen.versions.map((each) => [each.version, each]));
  const rewritten = now.versions
    .filter(({ version, bodyChangedAt }) => {
      const was = before.get(version);
      return was !== undefined && was.bodyChangedAt !== bodyChangedAt;
    })
    .map(({ version }) => `v${version}`);
  const orphans = now.versions.filter(({ version, isRegistered }) => !isRegistered && !before.has(version));
  return [
    ...orphans.map(({ version }) => `a body of v${version} appeared that no entry names`),
    ...(rewritten.length === 0
      ? []
      : [`the ${rewritten.length === 1 ? 'body' : 'bodies'} of ${listed(rewritten)} changed`]),
  ];
}

/** Of a batch that nobody has open: from its rows. */
export function rowStory({ row, lines }: OutsideChange, before: BatchRow | null, time: StoryTime = {}): ConflictStory {
  if (row === null) return { sentence: 'All its files are gone.', note: null, at: null };
  const last = lines.at(-1);
  const deed = last === undefined ? null : deedStory(lines, last.revision, time);
  if (deed !== null) return deed;
  return outside(before === null ? 'the batch is new' : listed(rowChanges(before, row)));
}

function rowChanges(before: BatchRow, row: BatchRow): readonly string[] {
  const changes: string[] = [];
  if (before.activeVersion !== row.activeVersion) {
    const name = (version: number | null): string => (version === null ? 'none' : `v${version}`);
    changes.push(`the pointer went from ${name(before.activeVersion)} to ${name(row.activeVersion)}`);
  }
  if (row.newestCandidate !== null && row.newestCandidate > (before.newestCandidate ?? 0)) {
    changes.push(`v${row.newestCandidate} was added`);
  }
  if (before.gate !== row.gate && before.activeVersion === row.activeVersion && row.gate !== null) {
    changes.push(`the gate is ${row.gate} now`);
  }
  const known = new Set(before.problems.map(({ code, version }) => `${code} ${version ?? ''}`));
  const worse = row.problems.find(({ code, version }) => !known.has(`${code} ${version ?? ''}`));
  if (worse && before.checked) changes.push(`it has a problem now (${problemTitle(worse)})`);
  if (before.problems.length > 0 && row.problems.length === 0) changes.push('its problems are gone');
  return changes;
}

/** Of many at once: "14 batches changed, 3 by Lena Fischer". */
export function manyStory(changes: readonly OutsideChange[]): string {
  const gone = changes.filter(({ row }) => row === null).length;
  const by = new Map<string, number>();
  for (const { lines } of changes) {
    const user = lines.findLast(({ action }) => action !== 'observed')?.by.user;
    if (user !== undefined) by.set(user, (by.get(user) ?? 0) + 1);
  }
  const people = [...by].sort((a, b) => b[1] - a[1]).slice(0, 2);
  const parts = [
    `${counted(changes.length, 'batch', 'batches')} changed`,
    ...(gone === 0 ? [] : [`${gone} gone`]),
    ...people.map(([user, count]) => `${count} by ${user}`),
  ];
  return parts.join(', ');
}
