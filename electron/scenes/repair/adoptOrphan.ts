/** Adopts an orphan: a body that no entry names becomes a candidate under its own number; the pointer stays where it is. */
import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import { openContained } from '../disk/containedFile.ts';
import { orphansAmong } from '../sceneFiles.ts';
import { type BatchPlace, readNames, requireBody, requireWritable } from '../store/batchState.ts';
import type { BatchWrite } from '../store/batchWrite.ts';
import { flatEntry } from '../store/candidate.ts';
import { type EditableManifest, type NewEntry, newManifest, withEntry } from '../store/manifestEdits.ts';
import { soundManifest } from '../store/nextManifest.ts';
import type { ChangeLine } from '../store/recordChange.ts';
import { nothingToRepair, type PlanRepair, previewIdOf } from './carryOut.ts';

export const planAdoption =
  (write: BatchWrite, version: number): PlanRepair =>
  async (state) => {
    const { place, bodies } = write;
    const { scenesFolder } = place.files;
    const manifest = requireWritable(state);
    const artifact = await findOrphan(place, manifest, version);
    requireOtherPointer(place, manifest, version);
    const look = await bodies.look(scenesFolder, artifact);
    const body = await requireBody(place, { version, artifact }, bodies, { artifact, look });
    const flat = manifest === null ? await flatOf(write) : null;
    const { fingerprint, shotCount } = body;
    const title = look.kind === 'facts' ? look.facts.title : null;
    const identity = await identityOf(scenesFolder, artifact);
    return {
      preview: { repair: 'adoptOrphan', version, artifact, fingerprint, shotCount, title },
      previewId: previewIdOf('adoptOrphan', place.batchId, version, artifact, state.revision, identity, fingerprint),
      async carryOut(locked, note) {
        const entry = orphanEntry(version, artifact, fingerprint, shotCount);
        const bytes =
          manifest === null
            ? newManifest(place.batchId, 1, flat === null ? [entry] : [flat, entry])
            : withEntry(manifest, entry);
        const next = soundManifest(place, bytes);
        const lines = [...(flat === null ? [] : [registration(flat)]), adoption(next.manifest, entry)];
        const problems = await write.record(locked, { revision: next.revision, lines, note }, (ready) =>
          write.replaceManifest(locked, bytes, ready),
        );
        return { manifest: next.manifest, revision: next.revision, problems };
      },
    };
  };

/** The name of its file. */
async function findOrphan(place: BatchPlace, manifest: EditableManifest | null, version: number): Promise<string> {
  const { listing } = await readNames(place);
  const flat = { version: 1, artifact: basename(place.files.flat) };
  const entries = manifest === null ? [flat] : manifest.manifest.versions;
  const orphan = orphansAmong(listing.bodies, entries).find((body) => body.version === version);
  if (orphan !== undefined) {
    if (manifest !== null || listing.hasFlat) return orphan.name;
    const message = `${place.batchId} has neither a manifest nor a flat body, so nothing says what is active in it. Restore one of the two from a backup, then adopt ${orphan.name}.`;
    throw new FailureError('damaged', message);
  }
  const isRegistered = entries.some((entry) => entry.version === version);
  throw nothingToRepair(
    isRegistered
      ? `v${version} of ${place.batchId} is registered already, so there is nothing to adopt.`
      : `${place.batchId} has no body v${version} that no entry names, so there is nothing to adopt. Read the batch again.`,
  );
}

/** A lost pointer may name the orphan's number: registered, it would be active without a conform. */
function requireOtherPointer({ batchId }: BatchPlace, manifest: EditableManifest | null, version: number): void {
  if (manifest?.manifest.active_version !== version) return;
  const message = `The manifest of ${batchId} names v${version} as the active version, so adopting it would make it active without a conform. Conform or revert to another version first, then adopt v${version}.`;
  throw new FailureError('damaged', message);
}

/** As the first append registers it. */
async function flatOf({ place, bodies }: BatchWrite): Promise<NewEntry> {
  const artifact = basename(place.files.flat);
  const { fingerprint, shotCount } = await requireBody(place, { version: 1, artifact }, bodies);
  return flatEntry(artifact, fingerprint, shotCount);
}

async function identityOf(scenesFolder: string, artifact: string): Promise<string> {
  const opened = await openContained(scenesFolder, artifact);
  if (opened.kind !== 'open') return opened.kind;
  await opened.handle.close().catch(() => undefined);
  return opened.signature;
}

const orphanEntry = (version: number, artifact: string, fingerprint: string, shotCount: number): NewEntry => ({
  version,
  artifact,
  state: 'candidate',
  downstream: 'not_derived',
  kind: 'reshoot',
  source: 'adopted_orphan',
  parent_version: null,
  structure_fingerprint: fingerprint,
  shot_count: shotCount,
  created_at: new Date().toISOString(),
});

const registration = (flat: NewEntry): ChangeLine => ({
  action: 'register',
  from: null,
  to: flat.version,
  fingerprint: flat.structure_fingerprint,
  entries: [JSON.stringify(flat)],
});

/** A repair's line tells the pointer before and after it; what was adopted stands in `entries`. */
function adoption({ active_version: pointer, versions }: EditableManifest['manifest'], entry: NewEntry): ChangeLine {
  const fingerprint = versions.find(({ version }) => version === pointer)?.structure_fingerprint ?? null;
  return { action: 'repair', from: pointer, to: pointer, fingerprint, entries: [JSON.stringify(entry)] };
}
