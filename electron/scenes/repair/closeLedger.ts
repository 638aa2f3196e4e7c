/** Closes a torn ledger off: a newline behind the torn end and a line that says so, without a decision. */
import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { hashOfLine, readLedgerFile, splitLines } from '../ledger/ledger.ts';
import type { BatchPlace } from '../store/batchState.ts';
import type { BatchWrite } from '../store/batchWrite.ts';
import { nothingToRepair, type PlanRepair, previewIdOf } from './carryOut.ts';

/** Enough to recognise a line by. */
const mostShown = 400;

export const planClosing =
  (write: BatchWrite): PlanRepair =>
  async (state) => {
    const { place } = write;
    const torn = await tornEnd(place);
    return {
      preview: { repair: 'closeLedger', line: torn.line, text: torn.text },
      previewId: previewIdOf('closeLedger', place.batchId, torn.signature, state.revision),
      async carryOut(locked, note) {
        const manifest = state.parsed?.manifest ?? null;
        const pointer = manifest?.active_version ?? null;
        const active = manifest?.versions.find(({ version }) => version === pointer);
        const fingerprint = active?.structure_fingerprint ?? null;
        const line = { action: 'repair', from: pointer, to: pointer, fingerprint, entries: [] } as const;
        const problems = await write.recordAlone(locked, { revision: state.revision, lines: [line], note });
        return { manifest, revision: state.revision, problems };
      },
    };
  };

async function tornEnd({ batchId, files }: BatchPlace) {
  const name = basename(files.ledger);
  const reading = await readLedgerFile(files.ledger);
  if (reading.kind === 'missing') throw nothingToRepair(`${batchId} has no ledger, so there is nothing to close off.`);
  if (reading.kind !== 'read') {
    throw new FailureError('damaged', `${name} cannot be read: ${reading.reason}. Look at that file first.`);
  }
  const lines = splitLines(reading.bytes);
  const last = lines.at(-1);
  if (last === undefined || reading.bytes.at(-1) === 0x0a) {
    throw nothingToRepair(`${name} ends in a whole line, so there is nothing to close off.`);
  }
  const text = new TextDecoder().decode(last);
  return {
    line: lines.length,
    text: text.length > mostShown ? `${text.slice(0, mostShown)}…` : text,
    signature: `${reading.bytes.length} ${hashOfLine(reading.bytes)}`,
  };
}
