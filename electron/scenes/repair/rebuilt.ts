/** Makes a manifest from bodies and ledger: what the ledger tells stands, what it does not know becomes a candidate. Reads and writes nothing. */
import { basename } from 'node:path';
import { JsonTextError, parseUnmarked, stringifyExact } from '../../../shared/exactJson.ts';
import { FailureError } from '../../../shared/failure.ts';
import { isJsonObject, type JsonObject, ownValue } from '../../../shared/json.ts';
import type { KnownFrom, RebuiltVersion, RepairPreview } from '../../../shared/repair.ts';
import type { ExactEntry, ExactLine } from '../ledger/exactLedger.ts';
import { replay, type ToldVersion, tellsPointer } from '../ledger/replay.ts';
import type { BodyLook } from '../reading/bodyCache.ts';
import { isEntry } from '../reading/manifest.ts';
import { type BatchPlace, refusalOf } from '../store/batchState.ts';
import { flatEntry } from '../store/candidate.ts';
import type { RebuildSources } from './rebuildSources.ts';

type RebuildPreview = Extract<RepairPreview, { repair: 'rebuildManifest' }>;

export interface RebuildInput extends Omit<RebuildSources, 'identities'> {
  readonly place: BatchPlace;
  /** The damaged manifest's text; null where it is none. */
  readonly damaged: string | null;
}

export interface Rebuilt
  extends Pick<RebuildPreview, 'versions' | 'activeVersion' | 'decidedLast' | 'pointerFrom' | 'leftOut'> {
  readonly bytes: Buffer;
  /** Where the ledger has the pointer; null where it does not tell. */
  readonly toldPointer: number | null;
}

type Told = ToldVersion<ExactEntry, ExactLine>;

interface Made {
  readonly version: number;
  readonly artifact: string;
  readonly entry: JsonObject;
  readonly knownFrom: KnownFrom;
  /** Null where the pipeline could not work with the body. */
  readonly shotCount: number | null;
}

/** Throws `damaged` where no body can be read: there would be nothing to point to. */
export function rebuild(input: RebuildInput): Rebuilt {
  const { lines } = input.ledger;
  const told = replay<ExactEntry, ExactLine>(lines);
  const { made, leftOut } = collect(input, told.versions);
  const versions = made.sort((a, b) => a.version - b.version);
  const pointer = pointerAmong(versions, lines);
  if (pointer === null) {
    const { batchId } = input.place;
    const message = `${batchId} has no body that can be read, so a manifest would have nothing to point to. Restore a body or the manifest from a backup first.`;
    throw new FailureError('damaged', message, { details: { leftOut } });
  }
  const manifest = layOut(input, pointer.version, versions);
  return {
    bytes: Buffer.from(`${stringifyExact(manifest, 2)}\n`, 'utf8'),
    versions: versions.map(shown).reverse(),
    activeVersion: pointer.version,
    decidedLast: lines.findLast((line) => tellsPointer(line) && line.to !== null)?.to ?? null,
    pointerFrom: pointer.from,
    toldPointer: told.pointer,
    leftOut,
  };
}

/** First what the ledger knows, its body sound or not: nothing that was registered is lost. Then the flat body, then the rest. */
function collect(input: RebuildInput, told: ReadonlyMap<number, Told>) {
  const { place, listing } = input;
  const made = new Map<number, Made>();
  const leftOut: { readonly artifact: string; readonly reason: string }[] = [];
  const lookOf = (artifact: string): BodyLook =>
    input.looks.get(artifact) ?? { kind: 'missing', reason: 'it is not there', changedAt: null };
  for (const [version, { entry, decided, line }] of told) {
    if (entry === null) continue;
    const whole: JsonObject = { ...entry, ...decided };
    if (!isEntry(asPlain(whole))) continue;
    const { artifact } = entry;
    const knownFrom = { kind: 'ledger', seq: line.seq } as const;
    const shotCount = soundShots(place, { version, artifact }, lookOf(artifact));
    made.set(version, { version, artifact, entry: whole, knownFrom, shotCount });
  }
  const named = new Set([...made.values()].map(({ artifact }) => artifact));
  const flat = basename(place.files.flat);
  for (const { version, name } of [...(listing.hasFlat ? [{ version: 1, name: flat }] : []), ...listing.bodies]) {
    if (named.has(name)) continue;
    const look = lookOf(name);
    const other = made.get(version);
    const reason = other === undefined ? whyNot(place, look) : `v${version} is ${other.artifact} already`;
    if (reason !== null || look.kind !== 'facts' || look.facts.fingerprint === null) {
      leftOut.push({ artifact: name, reason: reason ?? 'it cannot be read' });
      continue;
    }
    const { fingerprint, shotCount } = look.facts;
    const known = told.get(version);
    const entry = {
      ...(name === flat
        ? { ...flatEntry(name, fingerprint, shotCount) }
        : unknownEntry(version, name, fingerprint, shotCount)),
      created_at: look.changedAt,
      ...known?.decided,
    };
    const knownFrom: KnownFrom =
      known !== undefined ? { kind: 'ledger', seq: known.line.seq } : { kind: name === flat ? 'flat' : 'nothing' };
    made.set(version, { version, artifact: name, entry, knownFrom, shotCount });
  }
  return { made: [...made.values()], leftOut };
}

const unknownEntry = (version: number, artifact: string, fingerprint: string, shotCount: number) => ({
  version,
  artifact,
  state: 'candidate',
  downstream: 'not_derived',
  kind: 'reshoot',
  source: 'rebuilt_manifest',
  parent_version: null,
  structure_fingerprint: fingerprint,
  shot_count: shotCount,
});

/** Null where the pipeline could not work with the body. */
function soundShots(
  { batchId }: BatchPlace,
  named: { readonly version: number; readonly artifact: string },
  look: BodyLook,
): number | null {
  return look.kind === 'facts' && refusalOf(batchId, named, look) === null ? look.facts.shotCount : null;
}

/** The end of a sentence that begins with the file's name; null where it can be registered. */
function whyNot({ batchId }: BatchPlace, look: BodyLook): string | null {
  if (look.kind !== 'facts') return look.reason;
  const { unfit, sceneId } = look.facts;
  if (unfit !== null) return `the value at ${unfit.jsonPath} cannot be held exactly`;
  return sceneId === batchId ? null : `it is the body of scene "${sceneId}"`;
}

interface Pointer {
  readonly version: number;
  readonly from: RebuildPreview['pointerFrom'];
}

/**
 * What the newest decision of the ledger chose whose body is sound; else the highest approved version, which is the flat
 * body where the ledger knows of no other; else the oldest, whose closed gate holds everything downstream back. A
 * version without a sound body never becomes active: a conform would refuse it too.
 */
function pointerAmong(versions: readonly Made[], lines: readonly ExactLine[]): Pointer | null {
  const sound = versions.filter(({ shotCount }) => shotCount !== null);
  const told = lines.filter(tellsPointer);
  const at = told.findLastIndex(({ to }) => sound.some(({ version }) => version === to));
  const chosen = told[at]?.to ?? null;
  if (chosen !== null) return { version: chosen, from: sourceOf(told.slice(0, at + 1), chosen) };
  const fallback = sound.findLast(({ entry }) => entry.state === 'approved') ?? sound[0];
  return fallback === undefined ? null : { version: fallback.version, from: null };
}

/** Who put the pointer there: lines that only found it there say nothing. */
function sourceOf(told: readonly ExactLine[], version: number): RebuildPreview['pointerFrom'] {
  let found = told.at(-1);
  for (const line of [...told].reverse()) {
    if (line.to !== version) break;
    found = line;
    if (line.from !== line.to || line.action === 'conform' || line.action === 'revert') break;
  }
  return found === undefined ? null : { seq: found.seq, action: found.action, user: found.by.user, at: found.at };
}

/** The fields of a manifest where the damaged one had them, and what else it had on its own level. */
function layOut({ place, damaged }: RebuildInput, pointer: number, versions: readonly Made[]): JsonObject {
  const known: JsonObject = {
    schema_version: 1,
    batch_id: place.batchId,
    active_version: pointer,
    versions: versions.map(({ entry }) => entry),
  };
  const standing = keptFields(damaged, place.batchId);
  const kept = Object.entries(standing).map(([key, value]) => [key, ownValue(known, key) ?? value] as const);
  return { ...Object.fromEntries(kept), ...known };
}

/** Of a text that is no object, or that is another batch's, nothing. */
function keptFields(damaged: string | null, batchId: string): JsonObject {
  try {
    const value = damaged === null ? null : parseUnmarked(damaged);
    if (value === null || !isJsonObject(value)) return {};
    const named = ownValue(value, 'batch_id');
    return named === undefined || named === batchId ? value : {};
  } catch (error) {
    if (error instanceof JsonTextError) return {};
    throw error;
  }
}

/** As whoever reads the manifest next sees it, numbers as doubles. */
const asPlain = (value: JsonObject): unknown => JSON.parse(stringifyExact(value));

function shown({ version, artifact, entry, knownFrom, shotCount }: Made): RebuiltVersion {
  return {
    version,
    artifact,
    state: entry.state === 'approved' ? 'approved' : 'candidate',
    // An entry of an older pipeline has no gate, so it is open.
    downstream: entry.downstream === 'not_derived' ? 'not_derived' : 'derived',
    shotCount,
    knownFrom,
  };
}
