/** Rebuilds a manifest that can no longer be written, from the bodies and the ledger; the damaged one stays beside it. */
import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { readContained } from '../disk/containedFile.ts';
import { revisionOf } from '../reading/manifest.ts';
import { type BatchPlace, type BatchState, conflict } from '../store/batchState.ts';
import type { BatchWrite } from '../store/batchWrite.ts';
import { entryTexts } from '../store/manifestEdits.ts';
import { soundManifest } from '../store/nextManifest.ts';
import type { ChangeLine } from '../store/recordChange.ts';
import { nothingToRepair, type PlanRepair, previewIdOf } from './carryOut.ts';
import { readRebuildSources } from './rebuildSources.ts';
import { type Rebuilt, rebuild } from './rebuilt.ts';

export const planRebuilding =
  (write: BatchWrite): PlanRepair =>
  async (state, confirm) => {
    const { place } = write;
    const { reason, text } = requireDamaged(place, state);
    const sources = await readRebuildSources(write);
    const made = rebuild({ ...sources, place, damaged: text });
    // What was promised as the name of the damaged one is kept to.
    const stamp = stampIn(confirm) ?? stampOf(new Date());
    const keptAs = `${basename(place.files.manifest)}.damaged-${stamp}`;
    const { versions, activeVersion, decidedLast, pointerFrom, leftOut } = made;
    const { revision } = state;
    const identity = previewIdOf(
      'rebuildManifest',
      place.batchId,
      revision,
      sources.identities,
      sources.ledger.signature,
      // A body that cannot be read for a moment is the same file, and would be left out all the same.
      [versions, activeVersion, leftOut],
    );
    return {
      preview: {
        repair: 'rebuildManifest',
        reason,
        versions,
        activeVersion,
        decidedLast,
        pointerFrom,
        ledgerLines: sources.ledger.lines.length,
        keptAs,
        leftOut,
      },
      previewId: `${stamp}-${identity}`,
      async carryOut(locked, note) {
        const next = soundManifest(place, made.bytes);
        const standing = await readStanding(place, state);
        const change = { revision: next.revision, lines: [lineOf(made, next.manifest.versions)], note };
        const problems = await write.record(locked, change, (ready) =>
          write.replaceAndKeep(locked, { bytes: made.bytes, standing, keptAs }, ready),
        );
        return { manifest: next.manifest, revision: next.revision, problems };
      },
    };
  };

/** Throws where nothing is damaged, and where it is not for us to write over what stands. */
function requireDamaged(
  { batchId, files }: BatchPlace,
  { parsed }: BatchState,
): { readonly reason: string; readonly text: string | null } {
  const name = basename(files.manifest);
  if (parsed === null) throw nothingToRepair(`${batchId} has no manifest (${name}), so there is none to rebuild.`);
  if (parsed.isWritable) throw nothingToRepair(`${name} can be read and written, so there is nothing to rebuild.`);
  const damage = parsed.problems.find(({ repair }) => repair === 'rebuildManifest');
  if (damage === undefined) {
    const { problems } = parsed;
    const message = problems[0]?.message ?? `${name} cannot be read.`;
    throw new FailureError('damaged', `It cannot be rebuilt: ${message}`, { details: { problems } });
  }
  return { reason: firstSentence(damage.message), text: parsed.text };
}

/** What is wrong, without what to do about it: that is being done. */
const firstSentence = (message: string): string => message.split(/(?<=\.) (?=\p{Lu})/u, 1)[0] ?? message;

/** The bytes that were judged, for a file system on which they have to be copied. */
async function readStanding(place: BatchPlace, state: BatchState): Promise<Uint8Array> {
  const reading = await readContained(place.files.scenesFolder, basename(place.files.manifest));
  if (reading.kind === 'read' && revisionOf(reading.bytes) === state.revision) return reading.bytes;
  throw await conflict(place, state, `${place.batchId} was changed in between, so nothing was repaired. Look again.`);
}

function lineOf(
  { activeVersion, toldPointer, bytes }: Rebuilt,
  entries: readonly { readonly version: number; readonly structure_fingerprint?: string | null }[],
): ChangeLine {
  const fingerprint = entries.find(({ version }) => version === activeVersion)?.structure_fingerprint ?? null;
  const texts = entryTexts(bytes.toString('utf8'));
  return { action: 'repair', from: toldPointer, to: activeVersion, fingerprint, entries: texts };
}

/** `20261121T143753Z`. */
const stampOf = (time: Date): string => `${time.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

const stampIn = (previewId: string | undefined): string | undefined =>
  previewId === undefined ? undefined : /^(\d{8}T\d{6}Z)-/.exec(previewId)?.[1];
