/** The batch changed before the candidate was written: what happened, and the same question with what it is now. */
import type { ConflictDetails } from '../../../shared/contract.ts';
import { conflictStory } from '../../decide/conflictStory.ts';
import { pointerFacts } from '../../decide/manifestFacts.ts';
import { Fact, Facts, GateSign, Pointer } from '../../decide/parts.tsx';
import { Waiting } from '../../decide/Waiting.tsx';
import { utcTime } from '../../scenes/times.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { CandidateFacts } from './CandidateFacts.tsx';
import { KindAndSource } from './KindAndSource.tsx';
import { reasonAgainst, type WriteStepProps, writeLabel } from './writeWords.ts';
import { useWriting } from './writing.ts';

export function WriteConflict({ open, now, facts, write }: WriteStepProps & { readonly now: ConflictDetails }) {
  const story = conflictStory(open.seen, now);
  const reason = reasonAgainst(open, facts);
  const submit = () => reason === null && write.submit(false);
  const close = () => write.isPending || useWriting.getState().close();
  return (
    <Dialog
      isOpen
      className="dialog--decision dialog--write"
      onClose={close}
      title="The batch changed while you were writing"
      lead={
        <>
          <span title={story.at === null ? undefined : utcTime(story.at)}>{story.sentence}</span> Your candidate was not
          written; nothing of yours is lost.
        </>
      }
      foot={
        <>
          <span className="hint" />
          <Button isFirstFocus onClick={close} disabled={write.isPending}>
            Back to the draft
          </Button>
          <Button look="primary" onClick={submit} disabled={reason !== null} aria-disabled={write.isPending}>
            {write.failure === null ? writeLabel(open) : 'Try again'}
          </Button>
        </>
      }
    >
      <Facts>
        <Fact label="You saw">
          <Seen details={open.seen} />
        </Fact>
        <Fact label="It is now">
          <Seen details={now} />
        </Fact>
        {story.note !== null && story.note !== '' && (
          <Fact label="Their note">
            <span dir="auto">“{story.note}”</span>
          </Fact>
        )}
      </Facts>
      <CandidateFacts open={open} facts={facts} />
      <KindAndSource open={open} onSubmit={submit} />
      <Waiting open={{ ref: open.draft.batch }} order={write} what="candidate" />
    </Dialog>
  );
}

function Seen({ details: { manifest } }: { readonly details: ConflictDetails }) {
  const facts = pointerFacts(manifest);
  if (!facts) return <span className="dim">{manifest ? 'a pointer to no version' : 'no manifest'}</span>;
  const newest = Math.max(...(manifest?.versions ?? []).map(({ version }) => version));
  return (
    <>
      <Pointer version={facts.version} word={facts.state} /> <GateSign gate={facts.gate} />
      <span className="dim">
        {facts.gate}, newest v{newest}
      </span>
    </>
  );
}
