/** The one repair dialog that is open, if any: what it would do, a note, and the way to have it done. */
import type { ReactNode } from 'react';
import { Note } from '../decide/parts.tsx';
import { Waiting } from '../decide/Waiting.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { AdoptFacts } from './AdoptFacts.tsx';
import { RebuildFacts } from './RebuildFacts.tsx';
import { type OpenRepair, useRepairs } from './repairs.ts';
import { doLabel, isOverruling, takenAsCandidates } from './repairText.ts';
import { TornLine } from './TornLine.tsx';
import { useRepair } from './useRepair.ts';
import './repair.css';

export function RepairDialog() {
  const open = useRepairs((state) => state.open);
  // Another preview is another question: its focus starts anew.
  return open && <OpenRepairDialog key={open.previewId} open={open} />;
}

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly hint: string;
  readonly facts: ReactNode;
}

function wordsOf({ ref, preview }: OpenRepair): Words {
  switch (preview.repair) {
    case 'adoptOrphan':
      return {
        title: `Adopt v${preview.version} of ${ref.batchId}`,
        lead: 'Its body is on disk and in no manifest, as a writer leaves it that was interrupted. It becomes a candidate under its own number; the pointer stays where it is.',
        hint: 'Written to the ledger under your name.',
        facts: <AdoptFacts batch={ref} preview={preview} />,
      };
    case 'rebuildManifest': {
      const bodies = preview.versions.filter(({ shotCount }) => shotCount !== null).length;
      const made = `${bodies} ${bodies === 1 ? 'body' : 'bodies'} and ${preview.ledgerLines} ledger ${preview.ledgerLines === 1 ? 'line' : 'lines'}`;
      return {
        title: `Rebuild the manifest of ${ref.batchId}`,
        lead: `${preview.reason} This one is made from ${made}; nothing is written until you confirm.`,
        hint: takenAsCandidates(preview) ?? 'The damaged manifest stays beside it.',
        facts: <RebuildFacts preview={preview} />,
      };
    }
    case 'closeLedger':
      return {
        title: `Close off the ledger of ${ref.batchId}`,
        lead: `Line ${preview.line} is torn, as a writer leaves it that crashed. A newline and a line of yours go behind it, so that the chain goes on; the torn text stays and is still told.`,
        hint: 'No decision and no file but the ledger changes.',
        facts: <TornLine preview={preview} />,
      };
  }
}

function OpenRepairDialog({ open }: { readonly open: OpenRepair }) {
  const { close, setNote } = useRepairs.getState();
  const order = useRepair(open);
  const { title, lead, hint, facts } = wordsOf(open);
  const startsOnWayBack = open.isAnother || isOverruling(open.preview);
  return (
    <Dialog
      isOpen
      className="dialog--decision"
      onClose={() => order.isPending || close()}
      title={title}
      lead={lead}
      foot={
        <>
          <span className="hint">{hint}</span>
          <Button isFirstFocus={startsOnWayBack} onClick={close} disabled={order.isPending}>
            Cancel
          </Button>
          <Button look="primary" isFirstFocus={!startsOnWayBack} onClick={order.submit} aria-disabled={order.isPending}>
            {order.failure === null ? doLabel(open.preview) : 'Try again'}
          </Button>
        </>
      }
    >
      {open.isAnother && (
        <p className="notice" role="status">
          <Glyph name="problem" className="s-warn" />
          <span>
            <b>The batch changed while you were looking.</b> Nothing was repaired. This is what the repair would do now.
          </span>
        </p>
      )}
      {facts}
      <Note note={open.note} placeholder="What happened, in a sentence" onChange={setNote} onSubmit={order.submit} />
      <Waiting open={open} order={order} what="repair" />
    </Dialog>
  );
}
