/** In the head of the versions: edits the selected one into a new candidate, or goes on with the draft that stands. */
import { useQuery } from '@tanstack/react-query';
import type { BatchView } from '../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import { hostQuery } from '../scenes/queries.ts';
import { fullTime } from '../scenes/times.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { useOutsideMarks, writingInto } from '../watching/outsideMarks.ts';
import { editLabel, reasonAgainstEditing } from './editAvailability.ts';
import { useKeptDrafts } from './keptDrafts.ts';
import { continueDraft, editVersion } from './openEditor.ts';

interface EditButtonProps {
  readonly refOf: BatchRef;
  readonly batch: BatchView;
  readonly version: VersionSummary;
}

export function EditButton({ refOf, batch, version }: EditButtonProps) {
  const host = useQuery(hostQuery()).data;
  useOutsideMarks((state) => state.gone);
  const draft = useKeptDrafts((state) => state.drafts.get(batchKey(refOf)));
  if (draft) {
    const origin = draft.baseVersion === null ? '' : ` from v${draft.baseVersion}`;
    return (
      <Button
        look="quiet"
        isSmall
        className="push"
        title={`A draft${origin}, kept on ${fullTime(draft.keptAt)}`}
        onClick={() => void continueDraft(refOf)}
      >
        <Glyph name="draft" size={12} className="s-draft" />
        Continue draft
      </Button>
    );
  }
  const reason = reasonAgainstEditing(batch, version, writingInto(refOf, host));
  return (
    <Button
      look="quiet"
      isSmall
      className="push"
      disabled={reason !== null}
      title={reason ?? editLabel(version.version)}
      aria-label={editLabel(version.version)}
      aria-keyshortcuts="E"
      onClick={() => void editVersion(refOf, version.version)}
    >
      <Glyph name="edited" size={12} />
      Edit v{version.version}
    </Button>
  );
}
