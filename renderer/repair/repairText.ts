/** The words of repairs: what the button says, what a preview means, and what was done. Pure. */
import type { Decision } from '../../shared/contract.ts';
import type { LedgerAction } from '../../shared/ledger.ts';
import type { Problem } from '../../shared/problem.ts';
import type { KnownFrom, RepairPreview } from '../../shared/repair.ts';
import { dayText } from '../scenes/times.ts';

export type RepairQuestion =
  | { readonly repair: 'adoptOrphan'; readonly version: number }
  | { readonly repair: 'rebuildManifest' | 'closeLedger' };

/** Null: no repair mends it. */
export function questionOf({ repair, version }: Problem): RepairQuestion | null {
  if (repair === undefined) return null;
  if (repair !== 'adoptOrphan') return { repair };
  return version === undefined ? null : { repair, version };
}

export type RebuildPreview = Extract<RepairPreview, { repair: 'rebuildManifest' }>;

/** On the button beside the problem; it opens a preview, so nothing happens yet. */
export function askLabel(question: RepairQuestion): string {
  switch (question.repair) {
    case 'adoptOrphan':
      return `Adopt v${question.version}…`;
    case 'rebuildManifest':
      return 'Rebuild the manifest…';
    case 'closeLedger':
      return 'Close off the torn line…';
  }
}

/** On the button that does it. */
export function doLabel(preview: RepairPreview): string {
  switch (preview.repair) {
    case 'adoptOrphan':
      return `Adopt v${preview.version}`;
    case 'rebuildManifest':
      return 'Rebuild manifest';
    case 'closeLedger':
      return 'Close off the line';
  }
}

export function knownFromText(known: KnownFrom): string {
  switch (known.kind) {
    case 'ledger':
      return `ledger line ${known.seq}`;
    case 'flat':
      return 'flat body';
    case 'nothing':
      return 'not in the ledger';
  }
}

const deeds: Readonly<Record<LedgerAction, string>> = {
  conform: 'conform',
  revert: 'revert',
  register: 'registration',
  append: 'append',
  mark_derived: 'mark derived',
  repair: 'repair',
  observed: 'seen outside the ledger',
};

/** Why the pointer goes there: "last decision: revert by Jonas Weber, 31 Oct". */
export function pointerReason(preview: RebuildPreview): string {
  const { pointerFrom, decidedLast, activeVersion, versions } = preview;
  if (pointerFrom === null) {
    const active = versions.find(({ version }) => version === activeVersion);
    return active?.state === 'approved'
      ? 'the ledger tells of no decision: the highest approved version'
      : 'nothing is known to be approved: the oldest version';
  }
  const isLast = decidedLast === null || decidedLast === activeVersion;
  const which = isLast ? 'last decision' : 'the decision before';
  const by = pointerFrom.action === 'observed' ? ', noted by' : ' by';
  return `${which}: ${deeds[pointerFrom.action]}${by} ${pointerFrom.user}, ${dayText(pointerFrom.at)}`;
}

/** The version that was decided on last and cannot become active again; null where that is the one that does. */
export const passedOver = ({ decidedLast, activeVersion }: RebuildPreview): number | null =>
  decidedLast === null || decidedLast === activeVersion ? null : decidedLast;

const listed = (versions: readonly number[]): string => {
  const words = [...versions].sort((a, b) => a - b).map((version) => `v${version}`);
  if (words.length > 4) return `${words.length} versions`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
};

/** What the ledger does not know, as the foot of the dialog says it; null where it knows all. */
export function takenAsCandidates({ versions }: RebuildPreview): string | null {
  const unknown = versions.filter(({ knownFrom }) => knownFrom.kind === 'nothing').map(({ version }) => version);
  if (unknown.length === 0) return null;
  return unknown.length === 1
    ? `${listed(unknown)} is taken as a candidate.`
    : `${listed(unknown)} are taken as candidates.`;
}

/** Whether something that was decided may be lost: then the focus starts on the way back. */
export const isOverruling = (preview: RepairPreview): boolean =>
  preview.repair === 'rebuildManifest' &&
  (takenAsCandidates(preview) !== null || passedOver(preview) !== null || preview.leftOut.length > 0);

export function repairOutcome(
  preview: RepairPreview,
  { problems }: Pick<Decision, 'problems'>,
): { readonly title: string; readonly text: string } {
  const unwritten = problems.filter(({ code }) => code === 'ledger_not_written').map(({ message }) => message);
  const withUnwritten = (text: string) => [text, ...unwritten].join(' ');
  switch (preview.repair) {
    case 'adoptOrphan':
      return { title: `v${preview.version} is a candidate now.`, text: withUnwritten('The pointer is where it was.') };
    case 'rebuildManifest':
      return {
        title: `The manifest is rebuilt; v${preview.activeVersion} is the active version.`,
        text: withUnwritten('The damaged one stays beside it.'),
      };
    case 'closeLedger':
      return { title: 'The torn line is closed off.', text: withUnwritten('The chain of the ledger goes on.') };
  }
}
