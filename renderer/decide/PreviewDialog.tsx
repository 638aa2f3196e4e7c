/** Conform, revert and mark derived: what each would change, before it does. */
import type { VersionSummary } from '../../shared/manifest.ts';
import { counted } from '../scenes/counted.ts';
import { clockTime, dayText, utcTime } from '../scenes/times.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { hintOf, labelOf } from './availability.ts';
import { DiffFact, type PairComparison, usePairComparison } from './DiffFact.tsx';
import { type OpenDecision, useDecisions } from './decisions.ts';
import type { Gate } from './manifestFacts.ts';
import { Arrow, Fact, Facts, GateChange, Note, Pointer } from './parts.tsx';
import { useOrder } from './useOrder.ts';
import { Waiting } from './Waiting.tsx';

const placeholderOf = ({ question }: OpenDecision): string =>
  question.kind === 'markDerived' ? 'What was derived, in a sentence' : `Why v${question.version}, in a sentence`;

const footHint = ({ question, batch }: OpenDecision): string => {
  if (question.kind === 'markDerived') return 'Written to the ledger under your name.';
  if (batch.activeVersion === question.version)
    return `v${question.version} is the active version already and becomes approved.`;
  return question.kind === 'conform'
    ? `You can undo this. v${question.version} then stays approved.`
    : 'You can undo this.';
};

export function PreviewDialog({ open }: { readonly open: OpenDecision }) {
  const { question, batch } = open;
  const { close, setNote, askOnceMore } = useDecisions.getState();
  const order = useOrder(open);
  const target = batch.versions.find((version) => version.version === question.version);
  const isChanged = target?.problem?.code === 'fingerprint_mismatch' && question.kind !== 'markDerived';
  const submit = isChanged ? askOnceMore : order.submit;
  const label = labelOf(question);
  return (
    <Dialog
      isOpen
      className="dialog--decision"
      onClose={() => order.isPending || close()}
      title={label}
      lead={hintOf(question, batch)}
      foot={
        <>
          <span className="hint">{footHint(open)}</span>
          <Button onClick={close} disabled={order.isPending}>
            Cancel
          </Button>
          <Button look="primary" isFirstFocus onClick={submit} aria-disabled={order.isPending}>
            {order.failure === null ? label : 'Try again'}
          </Button>
        </>
      }
    >
      {target &&
        (question.kind === 'markDerived' ? (
          <DerivedFacts target={target} />
        ) : (
          <MoveFacts open={open} target={target} />
        ))}
      <Note note={open.note} placeholder={placeholderOf(open)} onChange={setNote} onSubmit={submit} />
      {question.kind === 'markDerived' && (
        <p className="notice">
          <Glyph name="problem" className="s-warn" />
          <span>This cannot be undone: a derived version never goes back to not derived.</span>
        </p>
      )}
      <Waiting open={open} order={order} />
    </Dialog>
  );
}

const gateOfVersion = ({ downstream }: VersionSummary): Gate => (downstream === 'derived' ? 'open' : 'closed');

interface MoveFactsProps {
  readonly open: OpenDecision;
  readonly target: VersionSummary;
}

function MoveFacts({ open, target }: MoveFactsProps) {
  const { batch, question, ref } = open;
  const active = batch.versions.find((version) => version.version === batch.activeVersion) ?? null;
  const pair = usePairComparison({ batch, refOf: ref, from: batch.activeVersion, to: target.version });
  const becomes =
    question.kind === 'conform' && target.state !== 'approved' ? `${target.state} becomes approved` : target.state;
  return (
    <Facts>
      <Fact label="Pointer">
        <Pointer version={batch.activeVersion} word={active?.state ?? 'in no manifest'} />
        <Arrow />
        <Pointer version={target.version} word={becomes} />
      </Fact>
      <DiffFact pair={pair} from={batch.activeVersion} to={target.version} />
      <Fact label="Gate">
        <GateChange before={active && gateOfVersion(active)} after={gateOfVersion(target)} />
        <span className="dim">{gateReason(target, pair)}</span>
      </Fact>
    </Facts>
  );
}

function gateReason(target: VersionSummary, { data }: PairComparison): string {
  if (target.downstream === 'derived') return `v${target.version} is derived`;
  const cost = data ? `; ${data.weight.needBoards} of ${counted(data.weight.total, 'shot')} need new boards` : '';
  return `v${target.version} is not derived${cost}`;
}

function DerivedFacts({ target }: { readonly target: VersionSummary }) {
  const { version, shotsWithBoards, shotCount, bodyChangedAt } = target;
  return (
    <Facts>
      <Fact label="Gate">
        <GateChange before={gateOfVersion(target)} after="open" />
      </Fact>
      <Fact label="Boards">
        {shotCount === null
          ? 'not known'
          : `${shotsWithBoards} of ${counted(shotCount, 'shot')} of v${version} have boards`}
        {bodyChangedAt !== null && (
          <time className="dim" dateTime={bodyChangedAt} title={utcTime(bodyChangedAt)}>
            the body was last written on {dayText(bodyChangedAt)}, {clockTime(bodyChangedAt)}
          </time>
        )}
      </Fact>
      <Fact label="Pointer">
        <Pointer version={version} word="stays the active version" />
      </Fact>
    </Facts>
  );
}
