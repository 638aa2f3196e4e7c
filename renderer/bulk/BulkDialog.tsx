/** The one dialog of a decision on many: preview, progress, and what became of each. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { copyText } from '../compare/copyText.ts';
import { Note } from '../decide/parts.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { useToasts } from '../ui/toasts.ts';
import { BulkProgress } from './BulkProgress.tsx';
import { BulkRows } from './BulkRows.tsx';
import { countItems, type ItemCounts } from './bulkItem.ts';
import { type BulkJob, closeBulk, setBulkNote, showResultAgain, stopBulk, undoablesOf, useBulk } from './bulkJob.ts';
import { hintText, leadText, titleText } from './dialogText.ts';
import { actionText, resultText, summaryText } from './outcomeText.ts';
import { askUndoAll, startBulk, tryFailedAgain } from './runBulk.ts';
import './bulk.css';

export function BulkDialog() {
  const { job, isOpen } = useBulk();
  return job && isOpen ? <DialogOf job={job} /> : null;
}

/** The result is only shown while the dialog is open; then a message keeps the way back to it, and to undo. */
function leave(job: BulkJob): void {
  closeBulk();
  const counts = countItems(job.items);
  const undoable = undoablesOf(job.id).length;
  const action =
    counts.failed > 0
      ? { label: 'Show the list', run: showResultAgain }
      : undoable > 0
        ? { label: actionText('undo', undoable), run: () => askUndoAll(job.id) }
        : null;
  const { show, dismiss } = useToasts.getState();
  const toast = show({
    kind: counts.failed > 0 ? 'failed' : job.kind === 'undo' ? 'undone' : 'done',
    title: `${summaryText(job.kind, counts)}.`,
    ...(action
      ? {
          action: {
            label: action.label,
            run: () => {
              dismiss(toast);
              action.run();
            },
          },
        }
      : {}),
  });
}

function DialogOf({ job }: { readonly job: BulkJob }) {
  const { kind, stage, items } = job;
  const counts = useMemo(() => countItems(items), [items]);
  const [isAsked, setAsked] = useState(false);
  const foot = useRef<HTMLDivElement>(null);
  const close = () => {
    if (stage === 'running') setAsked(true);
    else if (stage === 'done') leave(job);
    else closeBulk();
  };
  const isAsking = isAsked && stage === 'running' && !job.isStopping;
  // The buttons of one stage are gone in the next, and with them the focus.
  const place = `${job.id} ${stage} ${isAsking}`;
  const lastPlace = useRef(place);
  useEffect(() => {
    if (lastPlace.current !== place) foot.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    lastPlace.current = place;
  }, [place]);

  return (
    <Dialog
      isOpen
      className="dialog--bulk"
      onClose={close}
      title={titleText(job, counts)}
      lead={leadText(job, counts)}
      foot={
        <div className="bulk__foot" ref={foot}>
          {isAsking ? (
            <AskToStop counts={counts} onGoOn={() => setAsked(false)} />
          ) : (
            <Foot job={job} counts={counts} onClose={close} onStop={() => stopBulk()} />
          )}
        </div>
      }
    >
      {(stage === 'reading' || stage === 'running') && <BulkProgress job={job} counts={counts} />}
      <BulkRows kind={kind} items={items} isOver={stage === 'done'} onShow={() => leave(job)} />
      {(stage === 'reading' || stage === 'preview') && (
        <Note
          note={job.note}
          placeholder="For all of these batches, in a sentence"
          onChange={(note) => setBulkNote(job.id, note)}
          onSubmit={() => counts.planned > 0 && void startBulk()}
        />
      )}
      {kind === 'markDerived' && stage !== 'done' && (
        <p className="notice">
          <Glyph name="problem" className="s-warn" />
          <span>This cannot be undone: a derived version never goes back to not derived.</span>
        </p>
      )}
      {job.stoppedBecause !== null && (
        <p className="notice notice--bad" role="alert">
          <Glyph name="problem" className="s-bad" />
          <span className="wrap">Stopped: {job.stoppedBecause}</span>
        </p>
      )}
    </Dialog>
  );
}

const AskToStop = ({ counts, onGoOn }: { readonly counts: ItemCounts; readonly onGoOn: () => void }) => (
  <>
    <span className="hint" role="alert">
      Stop here? {(counts.done + counts.failed).toLocaleString()} are done with; {counts.planned.toLocaleString()} would
      not be begun.
    </span>
    <Button onClick={() => stopBulk()}>Stop here</Button>
    <Button look="primary" isFirstFocus onClick={onGoOn}>
      Go on
    </Button>
  </>
);

interface FootProps {
  readonly job: BulkJob;
  readonly counts: ItemCounts;
  readonly onClose: () => void;
  readonly onStop: () => void;
}

function Foot({ job, counts, onClose, onStop }: FootProps) {
  switch (job.stage) {
    case 'reading':
    case 'preview':
      return <PreviewFoot job={job} counts={counts} onClose={onClose} />;
    case 'running':
      return (
        <>
          <span className="hint">{hintText(job)}</span>
          <Button isFirstFocus onClick={onStop} aria-disabled={job.isStopping}>
            {job.isStopping ? 'Stopping …' : 'Stop'}
          </Button>
        </>
      );
    case 'done':
      return <ResultFoot job={job} counts={counts} onClose={onClose} />;
  }
}

function PreviewFoot({ job, counts, onClose }: Omit<FootProps, 'onStop'>) {
  const isReady = job.stage === 'preview';
  const isEmpty = isReady && counts.planned === 0;
  return (
    <>
      <span className="hint">{hintText(job)}</span>
      <Button onClick={onClose} isFirstFocus={isEmpty}>
        {isEmpty ? 'Close' : 'Cancel'}
      </Button>
      {!isEmpty && (
        <Button
          look="primary"
          isFirstFocus
          aria-disabled={!isReady}
          onClick={() => {
            if (isReady) void startBulk();
          }}
        >
          {actionText(job.kind, isReady ? counts.planned : job.items.length)}
        </Button>
      )}
    </>
  );
}

function ResultFoot({ job, counts, onClose }: Omit<FootProps, 'onStop'>) {
  const undoable = undoablesOf(job.id).length;
  // Said here: what stands outside of a dialog is not read out while it is open.
  const [said, setSaid] = useState('');
  const copy = async () => {
    const isCopied = await copyText(resultText(job.kind, job.items));
    setSaid(isCopied ? 'Copied, one line per batch.' : 'Not copied: the system refused the clipboard.');
  };
  return (
    <>
      <Button look="quiet" className="btn--lead" onClick={() => void copy()}>
        Copy as text
      </Button>
      <span className="hint" role="status">
        {said}
      </span>
      {undoable > 0 && <Button onClick={() => askUndoAll(job.id)}>{actionText('undo', undoable)}</Button>}
      {counts.failed > 0 && (
        <Button onClick={() => tryFailedAgain(job)}>
          {counts.failed === 1 ? 'Try the failed one again' : `Try the ${counts.failed.toLocaleString()} failed again`}
        </Button>
      )}
      <Button look="primary" isFirstFocus onClick={onClose}>
        Close
      </Button>
    </>
  );
}
