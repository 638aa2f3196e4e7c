/** Asks before a draft becomes a candidate: which version, from which parent, with what in it. */
import type { ReactNode } from 'react';
import { Waiting } from '../../decide/Waiting.tsx';
import { useSelection } from '../../scenes/selection.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { leaveEditor } from '../openEditor.ts';
import { CandidateFacts } from './CandidateFacts.tsx';
import { KindAndSource } from './KindAndSource.tsx';
import { useWrite, type WriteState } from './useWrite.ts';
import { useWriteFacts } from './useWriteFacts.ts';
import { WriteConflict } from './WriteConflict.tsx';
import { leadOf, reasonAgainst, type WriteStepProps, writeLabel } from './writeWords.ts';
import { type OpenWriting, useWriting } from './writing.ts';
import '../../decide/decide.css';
import './write.css';

export function WriteDialog() {
  const open = useWriting((state) => state.open);
  return open && <OpenWriteDialog open={open} />;
}

function OpenWriteDialog({ open }: { readonly open: OpenWriting }) {
  const facts = useWriteFacts(open);
  const write = useWrite(open, facts.fingerprint);
  const { step } = open;
  if (step.kind === 'conflict') {
    // Every conflict is a question of its own: the focus starts on the way back again.
    return <WriteConflict key={step.now.revision} open={open} now={step.now} facts={facts} write={write} />;
  }
  const identical = step.kind === 'identical' ? step.version : (facts.identical ?? null);
  return identical === null ? (
    <AskDialog open={open} facts={facts} write={write} />
  ) : (
    <IdenticalDialog open={open} facts={facts} write={write} version={identical} />
  );
}

const close = (write: WriteState) => write.isPending || useWriting.getState().close();

function AskDialog({ open, facts, write }: WriteStepProps) {
  const reason = reasonAgainst(open, facts);
  const submit = () => reason === null && write.submit(false);
  return (
    <Dialog
      isOpen
      className="dialog--decision dialog--write"
      onClose={() => close(write)}
      title={writeLabel(open)}
      lead={leadOf(open)}
      foot={
        <>
          <span className="hint">Boards, takes, status, receipts and updated_at are left out.</span>
          <Button onClick={() => close(write)} isFirstFocus={reason !== null} disabled={write.isPending}>
            Cancel
          </Button>
          <Button
            look="primary"
            isFirstFocus={reason === null}
            onClick={submit}
            disabled={reason !== null}
            aria-disabled={write.isPending}
            title={reason ?? undefined}
          >
            {write.failure === null ? writeLabel(open) : 'Try again'}
          </Button>
        </>
      }
    >
      <CandidateFacts open={open} facts={facts} />
      {open.batch !== null && <KindAndSource open={open} onSubmit={submit} />}
      {reason !== null && <Bad>{reason}</Bad>}
      <Waiting open={{ ref: open.draft.batch }} order={write} what="candidate" />
    </Dialog>
  );
}

const Bad = ({ children }: { readonly children: ReactNode }) => (
  <div className="notice notice--bad" role="alert">
    <Glyph name="problem" className="s-bad" />
    <span className="wrap">{children}</span>
  </div>
);

function IdenticalDialog({ open, facts, write, version }: WriteStepProps & { readonly version: number }) {
  const show = async () => {
    useWriting.getState().close();
    await leaveEditor();
    useSelection.getState().selectBatch(open.draft.batch);
    useSelection.getState().selectVersion(version);
  };
  return (
    <Dialog
      isOpen
      className="dialog--decision dialog--write"
      onClose={() => close(write)}
      title={`v${version} is identical`}
      lead={`v${version} has this very fingerprint, and the scene’s other fields are equal too; nothing would be written.`}
      foot={
        <>
          <Button look="quiet" className="btn--lead" onClick={() => void show()} disabled={write.isPending}>
            Show v{version}
          </Button>
          <span className="hint" />
          <Button isFirstFocus onClick={() => close(write)} disabled={write.isPending}>
            Back to the draft
          </Button>
          <Button look="primary" onClick={() => write.submit(true)} aria-disabled={write.isPending}>
            {write.failure === null ? 'Write anyway' : 'Try again'}
          </Button>
        </>
      }
    >
      <CandidateFacts open={open} facts={facts} />
      <KindAndSource open={open} onSubmit={() => write.submit(true)} />
      <Waiting open={{ ref: open.draft.batch }} order={write} what="candidate" />
    </Dialog>
  );
}
