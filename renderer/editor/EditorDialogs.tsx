/** What the editor asks before anything is lost, and what goes on for the draft whichever screen is shown. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { failureOf } from '../queryClient.ts';
import { hostQuery } from '../scenes/queries.ts';
import { fullTime, utcTime } from '../scenes/times.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { useDraft } from './draftStore.ts';
import { useDiscardQuestion } from './editorActions.ts';
import { followDraft } from './followDraft.ts';
import { useFollowKeptDrafts } from './keptDrafts.ts';
import { continueOther, endDraft, type OtherDraft, useOpening } from './openEditor.ts';

export function EditorDialogs() {
  const isWorkspaceOpen = useQuery(hostQuery()).data?.workspace != null;
  useEffect(() => followDraft(), []);
  useFollowKeptDrafts(isWorkspaceOpen);
  const isDiscarding = useDiscardQuestion((state) => state.isOpen);
  const other = useOpening((state) => state.other);
  if (other) return <OtherDraftDialog other={other} />;
  return isDiscarding ? <DiscardDialog /> : null;
}

function DiscardDialog() {
  const { close } = useDiscardQuestion.getState();
  const batchId = useDraft((state) => state.draft?.batch.batchId ?? '');
  const discarding = useMutation({ mutationFn: endDraft, meta: { isHandled: true }, onSuccess: close });
  return (
    <Dialog
      isOpen
      onClose={() => discarding.isPending || close()}
      title="Discard the draft"
      lead={`Every edit of this draft of ${batchId} is lost, and no undo brings it back. No version of the batch changes.`}
      foot={
        <>
          <span className="hint" />
          <Button isFirstFocus onClick={close} disabled={discarding.isPending}>
            Keep the draft
          </Button>
          <Button look="danger" aria-disabled={discarding.isPending} onClick={() => discarding.mutate()}>
            Discard draft
          </Button>
        </>
      }
    >
      {discarding.error !== null && <Failed message={failureOf(discarding.error).message} />}
    </Dialog>
  );
}

const Failed = ({ message }: { readonly message: string }) => (
  <p className="notice" role="alert">
    <Glyph name="problem" className="s-bad" />
    <span>{message}</span>
  </p>
);

function OtherDraftDialog({ other }: { readonly other: OtherDraft }) {
  const { close } = useOpening.getState();
  const { kept, wanted, begin } = other;
  const origin = kept.baseVersion === null ? 'a body of its own' : `v${kept.baseVersion}`;
  const choose = (run: () => Promise<void>) => {
    close();
    void run();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={`${kept.batch.batchId} has a draft already`}
      lead={`A batch has one draft at a time. To edit ${wanted} instead, this one must be discarded.`}
      foot={
        <>
          <Button onClick={close}>Cancel</Button>
          <span className="hint" />
          <Button look="danger" onClick={() => choose(begin)}>
            Discard it and edit {wanted}
          </Button>
          <Button look="primary" isFirstFocus onClick={() => choose(() => continueOther(other))}>
            Continue the draft
          </Button>
        </>
      }
    >
      <p className="notice">
        <Glyph name="draft" className="s-draft" />
        <span>
          The draft was begun from {origin}
          {' and kept on '}
          <time dateTime={kept.keptAt} title={utcTime(kept.keptAt)}>
            {fullTime(kept.keptAt)}
          </time>
          .
        </span>
      </p>
    </Dialog>
  );
}
