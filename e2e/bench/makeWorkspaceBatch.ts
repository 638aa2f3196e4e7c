/** One batch as the pipeline and a few decisions leave it: bodies, a manifest with their fingerprints and lineage, here and there a ledger. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { batchFiles, bodyName } from '../../electron/scenes/sceneFiles.ts';
import { fingerprintScene } from '../../shared/fingerprint.ts';
import type { BatchId } from '../../shared/ids.ts';
import type { LedgerLine } from '../../shared/ledger.ts';
import type { ManifestEntry } from '../../shared/manifest.ts';
import { makeScene, type PipelineScene } from './pipelineScene.ts';
import { parseScene, sha256 } from './readScene.ts';

export interface BatchOrder {
  readonly episode: number;
  readonly batchId: BatchId;
  readonly versions: number;
  /** Another number, another batch; the same number, the same bytes. */
  readonly seed: number;
}

export interface MadeFile {
  readonly name: string;
  readonly text: string;
}

const places = ['INT. FISH MARKET', 'EXT. PIER', 'INT. WHEELHOUSE', 'EXT. SALT ROAD', 'INT. 灯台', 'EXT. CAFÉ TERRACE'];
const hours = ['DAWN', 'DAY', 'DUSK', 'NIGHT'];
const begun = Date.UTC(2026, 0, 5, 8);
const minute = 60_000;
const indented = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const timeAt = (seed: number, version: number): string =>
  new Date(begun + (seed * 7 + version * 1_440) * minute).toISOString();

export function makeBatch(order: BatchOrder): readonly MadeFile[] {
  const { episode, batchId, versions, seed } = order;
  const scenes = makeScenes(order);
  const texts = scenes.map(indented);
  const entries = texts.map((text, index) => entryOf(order, index + 1, text));
  // A third has candidates to review, a third is up to date, a third went back: all gates and pointers occur.
  const active = Math.max(1, versions - (seed % 3));
  const isReverted = seed % 3 === 2 && seed % 2 === 0;
  const decided = entries.map((entry): ManifestEntry => {
    const isApproved = entry.version <= (isReverted ? versions : active);
    const isDerived = entry.version < active || (entry.version === active && seed % 5 !== 0);
    return {
      ...entry,
      state: isApproved ? 'approved' : 'candidate',
      downstream: isDerived ? 'derived' : 'not_derived',
    };
  });
  const made = texts.map((text, index) => ({ name: decided[index]?.artifact ?? '', text }));
  const files = batchFiles('', episode, batchId);
  const manifest = manifestText(batchId, active, decided);
  made.push({ name: path.basename(files.manifest), text: manifest });
  if (seed % 8 === 0 && !isReverted && active > 1) {
    made.push({ name: path.basename(files.ledger), text: ledgerText(order, active, decided, manifest) });
  }
  return made;
}

const manifestText = (batchId: BatchId, active: number, versions: readonly ManifestEntry[]): string =>
  indented({ schema_version: 1, batch_id: batchId, active_version: active, versions });

/** Each version grows out of the one before: a shot timed anew, a line rewritten, a beat more or less, two that change places. */
function makeScenes({ episode, batchId, versions, seed }: BatchOrder): readonly PipelineScene[] {
  const title = `${places[seed % places.length]} – ${hours[(seed >> 2) % hours.length]}`;
  const first = { ...makeScene(2 + (seed % 2), seed), scene_id: batchId, episode, title };
  const scenes = [first];
  for (let version = 2; version <= versions; version += 1) {
    const before = scenes.at(-1) ?? first;
    scenes.push({ ...before, beats: changedBeats(before.beats, version, seed) });
  }
  return scenes;
}

type Beats = PipelineScene['beats'];

function changedBeats(beats: Beats, version: number, seed: number): Beats {
  const at = (seed + version) % beats.length;
  switch ((seed + version) % 4) {
    case 0:
      return beats.map((beat, index) =>
        index === at ? { ...beat, shot: { ...beat.shot, duration_s: beat.shot.duration_s + 0.5 } } : beat,
      );
    case 1:
      return beats.map((beat, index) => (index === at ? rewritten(beat, version) : beat));
    case 2:
      return beats.length > 2 ? beats.filter((_, index) => index !== at) : [...beats, newBeat(version, seed)];
    default:
      // The turned order also holds a rewritten beat: a turn back alone would be an earlier version again.
      return beats.map((beat, index) => (index === at ? rewritten(beat, version) : beat)).reverse();
  }
}

function rewritten(beat: Beats[number], version: number): Beats[number] {
  const summary = `${beat.summary.replace(/ Take \d+\.$/, '')} Take ${version}.`;
  const hash = `sha256:${createHash('sha256').update(summary).digest('hex')}`;
  const raw = { ...beat.shot.raw, description: summary, source_text_hash: hash };
  return { ...beat, summary, shot: { ...beat.shot, raw } };
}

/** Of another scene, under ids of its own. */
function newBeat(version: number, seed: number): Beats[number] {
  const [beat] = makeScene(1, seed + version * 7_919).beats;
  if (beat === undefined) throw new Error('A scene of one beat has none.');
  const id = `B${version}`.padEnd(5, '0');
  return { ...beat, beat_id: id, shot: { ...beat.shot, shot_id: `EP001_SH_${id}` } };
}

/** The fingerprint is of the text as it will be read, not of what was meant. */
function entryOf({ episode, batchId, seed }: BatchOrder, version: number, text: string): ManifestEntry {
  const scene = parseScene(text);
  return {
    version,
    artifact:
      version === 1 ? path.basename(batchFiles('', episode, batchId).flat) : bodyName(episode, batchId, version),
    state: 'candidate',
    downstream: 'not_derived',
    kind: (seed + version) % 4 === 0 ? 'pickup' : 'reshoot',
    source: version === 1 ? 'legacy_flat' : 'rederive',
    // Every seventh batch branched: its later versions start again from the first.
    parent_version: version === 1 ? null : seed % 7 === 0 && version > 2 ? 1 : version - 1,
    structure_fingerprint: fingerprintScene(scene, sha256),
    shot_count: scene.beats.length,
    created_at: timeAt(seed, version),
  };
}

/** Begun on a manifest that the pipeline had written, with the one decision that led to what stands now. */
function ledgerText(order: BatchOrder, active: number, entries: readonly ManifestEntry[], manifest: string): string {
  const { batchId, seed } = order;
  const before = entries.map(
    (entry): ManifestEntry => (entry.version === active ? { ...entry, state: 'candidate' } : entry),
  );
  const fingerprintOf = (version: number): string | null =>
    entries.find((entry) => entry.version === version)?.structure_fingerprint ?? null;
  const lines: Omit<LedgerLine, 'seq' | 'by' | 'prev'>[] = [
    {
      at: timeAt(seed, entries.length),
      action: 'observed',
      from: null,
      to: active - 1,
      fingerprint: fingerprintOf(active - 1),
      revision: sha256(manifestText(batchId, active - 1, before)),
      note: null,
      entries: before,
    },
    {
      at: timeAt(seed, entries.length + 1),
      action: 'conform',
      from: active - 1,
      to: active,
      fingerprint: fingerprintOf(active),
      revision: sha256(manifest),
      note: seed % 16 === 0 ? 'light matches the storyboard' : null,
    },
  ];
  const by = { user: seed % 24 === 0 ? 'anna' : 'jonas', host: 'ws-12' };
  let text = '';
  let prev: string | null = null;
  for (const [index, { at, action, from, to, fingerprint, revision, note, entries: brought }] of lines.entries()) {
    const head = { seq: index + 1, at, by, action, from, to, fingerprint, revision, note };
    const line: string = JSON.stringify({ ...head, ...(brought === undefined ? {} : { entries: brought }), prev });
    text += `${line}\n`;
    prev = sha256(line);
  }
  return text;
}
