/** Names of a batch's files inside a scenes folder, and what a listing of such a folder says; the format is the pipeline's. */
import { join } from 'node:path';
import { type BatchId, episodeName, isBatchId } from '../../shared/ids.ts';

/** Where everything of one batch stands, as absolute paths. */
export interface BatchFiles {
  readonly scenesFolder: string;
  readonly flat: string;
  readonly manifest: string;
  /** The pipeline's lock file, for `flock`. */
  readonly lock: string;
  /** Our `proper-lockfile` folder. */
  readonly lockFolder: string;
  readonly ledger: string;
}

/** A `.v<digits>.json` file, of any width. */
export interface BodyFile {
  readonly version: number;
  readonly name: string;
}

export interface BatchListing {
  readonly batchId: BatchId;
  readonly hasFlat: boolean;
  readonly hasManifest: boolean;
  readonly hasLedger: boolean;
  readonly bodies: readonly BodyFile[];
}

const episodeFolderPattern = /^ep_(\d{3,})$/;
const digitsPattern = /^\d+$/;

export const filePrefix = (episode: number, batchId: BatchId): string => `${episodeName(episode)}_${batchId}`;
export const flatName = (episode: number, batchId: BatchId): string => `${filePrefix(episode, batchId)}.json`;
export const manifestName = (episode: number, batchId: BatchId): string =>
  `${filePrefix(episode, batchId)}.versions.json`;

export const ledgerName = (episode: number, batchId: BatchId): string =>
  `${filePrefix(episode, batchId)}.decisions.jsonl`;

/** The name that a new version's body gets: three digits or more. */
export const bodyName = (episode: number, batchId: BatchId, version: number): string =>
  `${filePrefix(episode, batchId)}.v${String(version).padStart(3, '0')}.json`;

export const scenesFolderOf = (projectFolder: string, episode: number): string =>
  join(projectFolder, episodeName(episode), 'scenes');

export function batchFiles(scenesFolder: string, episode: number, batchId: BatchId): BatchFiles {
  const prefix = join(scenesFolder, filePrefix(episode, batchId));
  return {
    scenesFolder,
    flat: `${prefix}.json`,
    manifest: `${prefix}.versions.json`,
    lock: `${prefix}.versions.lock`,
    lockFolder: `${prefix}.versions.json.lock`,
    ledger: `${prefix}.decisions.jsonl`,
  };
}

/** The episode's number, or null where the folder is none: `ep_0001` is not how episode 1 is written. */
export function parseEpisodeFolder(name: string): number | null {
  const digits = episodeFolderPattern.exec(name)?.[1];
  if (digits === undefined) return null;
  const episode = Number(digits);
  return Number.isSafeInteger(episode) && episodeName(episode) === name ? episode : null;
}

interface OpenListing {
  readonly batchId: BatchId;
  hasFlat: boolean;
  hasManifest: boolean;
  hasLedger: boolean;
  bodies: BodyFile[];
}

/**
 * The batches of one episode, from the names in its scenes folder. Names that start with `.` (temp files) and files of
 * another episode are skipped. A ledger or a lock alone makes no batch.
 */
export function listBatchesIn(names: readonly string[], episode: number): readonly BatchListing[] {
  const open = new Map<string, OpenListing>();
  const prefix = `${episodeName(episode)}_`;
  for (const name of names) {
    // By hand: a folder of thousands of files is taken apart for every listing, and a pattern leaves its garbage.
    const dot = name.startsWith(prefix) ? name.indexOf('.', prefix.length) : -1;
    const ending = dot < 0 ? '' : name.slice(dot + 1);
    const version = versionOf(ending);
    if (version === null && ending !== 'json' && ending !== 'versions.json' && ending !== 'decisions.jsonl') continue;
    const batchId = name.slice(prefix.length, dot);
    let listing = open.get(batchId);
    if (listing === undefined) {
      if (!isBatchId(batchId)) continue;
      listing = { batchId, hasFlat: false, hasManifest: false, hasLedger: false, bodies: [] };
      open.set(batchId, listing);
    }
    if (ending === 'json') listing.hasFlat = true;
    else if (ending === 'versions.json') listing.hasManifest = true;
    else if (ending === 'decisions.jsonl') listing.hasLedger = true;
    // A number beyond what a double holds can neither be registered nor be the base of a next version.
    else if (version !== null && Number.isSafeInteger(version) && version > 0) listing.bodies.push({ version, name });
  }
  for (const { batchId, bodies } of open.values()) {
    bodies.sort((a, b) => a.version - b.version || usualFirst(bodyName(episode, batchId, a.version), a, b));
  }
  return [...open.values()]
    .filter(({ hasFlat, hasManifest, bodies }) => hasFlat || hasManifest || bodies.length > 0)
    .sort((a, b) => a.batchId.length - b.batchId.length || (a.batchId < b.batchId ? -1 : 1));
}

/** Of `v002.json`; null where the ending is none of a body. */
function versionOf(ending: string): number | null {
  if (!ending.startsWith('v') || !ending.endsWith('.json')) return null;
  const digits = ending.slice(1, -'.json'.length);
  return digitsPattern.test(digits) ? Number(digits) : null;
}

/** Of several bodies with one number the one that has the name that writers give is looked at, and adopted. */
const usualFirst = (usual: string, a: BodyFile, b: BodyFile): number =>
  Number(b.name === usual) - Number(a.name === usual) || (a.name < b.name ? -1 : 1);

/** The names of a batch's bodies, as far as the listing tells them. */
export const bodyNames = (episode: number, { batchId, hasFlat, bodies }: BatchListing): readonly string[] => [
  ...(hasFlat ? [flatName(episode, batchId)] : []),
  ...bodies.map(({ name }) => name),
];

/** All of a batch's files that the listing told of, joined by `/`, which no name holds. */
export function listedNames(
  episode: number,
  { batchId, hasFlat, hasManifest, hasLedger, bodies }: BatchListing,
): string {
  const prefix = filePrefix(episode, batchId);
  let names = '';
  if (hasFlat) names += `${prefix}.json/`;
  if (hasManifest) names += `${prefix}.versions.json/`;
  if (hasLedger) names += `${prefix}.decisions.jsonl/`;
  for (const { name } of bodies) names += `${name}/`;
  return names;
}

/** What a listing says of one batch; empty where the folder holds nothing of it. */
export const listingOf = (names: readonly string[], episode: number, batchId: BatchId): BatchListing =>
  listBatchesIn(
    names.filter((name) => name.startsWith(filePrefix(episode, batchId))),
    episode,
  ).find((listing) => listing.batchId === batchId) ?? {
    batchId,
    hasFlat: false,
    hasManifest: false,
    hasLedger: false,
    bodies: [],
  };

/** 0 where there is none. Counts bodies of any width, so that an orphan is never overwritten. */
export const highestBody = (bodies: readonly BodyFile[]): number =>
  bodies.reduce((highest, { version }) => Math.max(highest, version), 0);

/** Bodies whose number no entry has and whose file none names. */
export function orphansAmong(
  bodies: readonly BodyFile[],
  entries: readonly { readonly version: number; readonly artifact: string }[],
): readonly BodyFile[] {
  const versions = new Set(entries.map((entry) => entry.version));
  const artifacts = new Set(entries.map((entry) => entry.artifact));
  return bodies.filter(({ version, name }) => !versions.has(version) && !artifacts.has(name));
}
