/** Somebody was faster: what they did, what it is now, and the same question again. */
import type { ConflictDetails } from '../../shared/contract.ts';
import { useSelection } from '../scenes/selection.ts';
import { utcTime } from '../scenes/times.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { conflictStory } from './conflictStory.ts';
import { DiffFact, usePairComparison } from './DiffFact.tsx';
import { type OpenDecision, shownBatch, useDecisions } from './decisions.ts';
import { pointerFacts } from './manifestFacts.ts';
import { overruling } from './overruling.ts';
import { Fact, Facts, GateSign, Note, Pointer } from './parts.tsx';
import { useOrder } from './useOrder.ts';
import { Waiting } from './Waiting.tsx';

interface ConflictDialogProps {
  readonly open: OpenDecision;
  readonly now: ConflictDetails;
}

export function ConflictDialog({ open, now }: ConflictDialogProps) {
  const { question, seen, isUndo } = open;
  const { close, setNote } = useDecisions.getState();
  const order = useOrder(open);
  const story = conflictStory(seen, now);
  const rule = overruling(question, seen, now);
  const active = pointerFacts(now.manifest)?.version ?? null;
  const canCompare = active !== null && active !== question.version;
  const compare = () => {
    close();
    if (active === null) return;
    useSelection.getState().selectVersion(question.version);
    useSelection.getState().setFrom({ kind: 'version', version: active });
  };
  return (
    <Dialog
      isOpen
      className="dialog--decision"
      onClose={() => order.isPending || close()}
      title="The batch changed while you were looking"
      lead={
        <>
          <span title={story.at === null ? undefined : utcTime(story.at)}>{story.sentence}</span> Your{' '}
          {isUndo ? 'undo' : 'decision'} was not written; nothing of yours is lost.
        </>
      }
      foot={
        <>
          {canCompare && (
            <Button look="quiet" className="btn--lead" onClick={compare} disabled={order.isPending}>
              Compare v{question.version} with v{active}
            </Button>
          )}
          <span className="hint" />
          <Button isFirstFocus onClick={close} disabled={order.isPending}>
            {active === null ? 'Close' : `Keep v${active}`}
          </Button>
          {rule.kind === 'possible' && (
            <Button look="primary" onClick={order.submit} aria-disabled={order.isPending}>
              {order.failure === null ? rule.label : 'Try again'}
            </Button>
          )}
        </>
      }
    >
      <ConflictFacts open={open} now={now} note={story.note} />
      {rule.kind === 'possible' ? (
        <Note
          note={open.note}
          placeholder="Why all the same, in a sentence"
          onChange={setNote}
          onSubmit={order.submit}
        />
      ) : (
        <p>{rule.reason}</p>
      )}
      <Waiting open={open} order={order} />
    </Dialog>
  );
}

interface ConflictFactsProps extends ConflictDialogProps {
  readonly note: string | null;
}

function ConflictFacts({ open, now, note }: ConflictFactsProps) {
  const { question, ref, seen } = open;
  const active = pointerFacts(now.manifest)?.version ?? null;
  // The cache was told of the conflict; the batch as it was asked about may not know the version that won.
  const batch = shownBatch(ref) ?? open.batch;
  const from = active === question.version ? null : active;
  const pair = usePairComparison({ batch, refOf: ref, from, to: question.version });
  return (
    <Facts>
      <Fact label="You saw">
        <ManifestFacts details={seen} />
      </Fact>
      <Fact label="It is now">
        <ManifestFacts details={now} />
      </Fact>
      {note !== null && note !== '' && (
        <Fact label="Their note">
          <span dir="auto">“{note}”</span>
        </Fact>
      )}
      {from !== null && question.kind !== 'markDerived' && <DiffFact pair={pair} from={from} to={question.version} />}
    </Facts>
  );
}

function ManifestFacts({ details }: { readonly details: ConflictDetails }) {
  const facts = pointerFacts(details.manifest);
  if (!facts)
    return <span className="dim">{details.manifest ? 'a pointer to no version' : 'no manifest that can be read'}</span>;
  return (
    <>
      <Pointer version={facts.version} word={facts.state} /> <GateSign gate={facts.gate} />
      <span className="dim">{facts.gate}</span>
    </>
  );
}
