/** What can be done with one version, as the rows of its menu. */
import { useQuery } from '@tanstack/react-query';
import type { BatchView } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import { request } from '../bridge.ts';
import { copyText } from '../compare/copyText.ts';
import { availableDecisions, reasonAgainst } from '../decide/availability.ts';
import { type DecisionKind, useDecisions } from '../decide/decisions.ts';
import { editLabel, reasonAgainstEditing } from '../editor/editAvailability.ts';
import { editVersion } from '../editor/openEditor.ts';
import type { MenuEntry } from '../ui/menuEntry.ts';
import { reportFailure, useToasts } from '../ui/toasts.ts';
import { writingInto } from '../watching/outsideMarks.ts';
import { hostQuery } from './queries.ts';
import { useSelection } from './selection.ts';

async function copyFingerprint(version: number, fingerprint: string): Promise<void> {
  const isCopied = await copyText(fingerprint);
  useToasts
    .getState()
    .show(
      isCopied
        ? { kind: 'done', title: `The fingerprint of v${version} is copied.` }
        : { kind: 'failed', title: 'The fingerprint could not be copied: the system refused the clipboard.' },
    );
}

export function useVersionEntries(
  refOf: BatchRef,
  batch: BatchView,
  version: VersionSummary | null,
): readonly MenuEntry[] {
  const host = useQuery(hostQuery()).data;
  if (!version) return [];
  const { ask } = useDecisions.getState();
  const number = version.version;
  const canWrite = writingInto(refOf, host);
  const isRefused = (kind: DecisionKind): boolean => reasonAgainst(kind, batch, version, canWrite) !== null;
  const fingerprint = version.fingerprint ?? version.recordedFingerprint;
  const entries: MenuEntry[] = [
    {
      kind: 'item',
      label: `Conform v${number}`,
      keys: ['C'],
      isDisabled: isRefused('conform'),
      onSelect: () => ask({ kind: 'conform', version: number }),
    },
    {
      kind: 'item',
      label: `Revert to v${number}`,
      // The key goes back to what was active before, which may be another version.
      ...(availableDecisions(batch, version, canWrite).revert?.version === number ? { keys: ['R'] } : {}),
      isDisabled: isRefused('revert'),
      onSelect: () => ask({ kind: 'revert', version: number }),
    },
  ];
  if (version.isActive) {
    entries.push({
      kind: 'item',
      label: `Mark v${number} derived`,
      keys: ['D'],
      isDisabled: isRefused('markDerived'),
      onSelect: () => ask({ kind: 'markDerived', version: number }),
    });
  }
  entries.push(
    {
      kind: 'item',
      label: 'Compare from here',
      keys: ['Shift', 'Enter'],
      onSelect: () => useSelection.getState().setFrom({ kind: 'version', version: number }),
    },
    {
      kind: 'item',
      label: editLabel(number),
      keys: ['E'],
      isDisabled: reasonAgainstEditing(batch, version, canWrite) !== null,
      onSelect: () => void editVersion(refOf, number),
    },
    { kind: 'separator', label: 'Files' },
    {
      kind: 'item',
      label: 'Copy the fingerprint',
      isDisabled: fingerprint === null,
      onSelect: () => void (fingerprint !== null && copyFingerprint(number, fingerprint)),
    },
  );
  if (host?.canReveal === true) {
    entries.push({
      kind: 'item',
      label: 'Show the body in its folder',
      onSelect: () => void request('revealBody', { ...refOf, version: number }).catch(reportFailure),
    });
  }
  return entries;
}
