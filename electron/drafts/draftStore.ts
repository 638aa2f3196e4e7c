/** Keeps drafts in the data folder, one file for each batch; a damaged one is put aside and never written over. */
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Draft, DraftHead, KeptDraft } from '../../shared/draft.ts';
import { FailureError } from '../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import type { WireObject } from '../../shared/json.ts';
import { isScene } from '../../shared/scene.ts';
import { fromWire, objectToWire } from '../../shared/wire.ts';
import { errorCode, ioReason } from '../scenes/disk/ioReason.ts';
import { draftFile, draftFolders } from './draftPlace.ts';
import { draftSchema } from './draftSchema.ts';

export interface DraftStoreOptions {
  readonly dataFolder: string;
  /** Of the workspace that is open. */
  readonly workspace: () => string;
  readonly log: { warn(message: string, ...details: readonly unknown[]): void };
}

export interface DraftStore {
  /** `note`: a sentence to show once, where a draft was damaged and put aside. */
  readonly read: (ref: BatchRef) => Promise<{ readonly draft: KeptDraft | null; readonly note?: string }>;
  /** Throws `invalid` where the scene is none, `io` where it cannot be kept. */
  readonly save: (draft: Draft) => Promise<{ readonly keptAt: string }>;
  readonly discard: (ref: BatchRef) => Promise<void>;
  /** Newest first. */
  readonly list: () => Promise<{ readonly drafts: readonly DraftHead[]; readonly notes?: readonly string[] }>;
}

const keptSchema = draftSchema.extend({ keptAt: z.iso.datetime({ precision: 3 }) });
/** Only the person's own: a draft may hold what is not released. */
const fileMode = 0o600;
const folderMode = 0o700;

type Reading =
  | { readonly kind: 'none' }
  | { readonly kind: 'draft'; readonly draft: KeptDraft }
  | { readonly kind: 'damaged'; readonly note: string };

export function openDrafts({ dataFolder, workspace, log }: DraftStoreOptions): DraftStore {
  /** By file: what one face asks for in a row happens in that order. */
  const under = new Map<string, Promise<unknown>>();

  function inTurn<Result>(ref: BatchRef, run: (folders: readonly string[]) => Promise<Result>): Promise<Result> {
    const root = workspace();
    const key = `${root}\0${batchKey(ref)}`;
    const result = (under.get(key) ?? Promise.resolve()).then(async () => run(await draftFolders(dataFolder, root)));
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    under.set(key, settled);
    void settled.then(() => {
      if (under.get(key) === settled) under.delete(key);
    });
    return result;
  }

  async function newest(files: readonly string[]): Promise<Reading> {
    const readings = await Promise.all(files.map((file) => readDraft(file, log)));
    const damaged = readings.find((reading) => reading.kind === 'damaged');
    const drafts = readings.flatMap((reading) => (reading.kind === 'draft' ? [reading.draft] : []));
    const draft = drafts.sort((one, other) => (one.keptAt < other.keptAt ? 1 : -1))[0];
    if (draft !== undefined) return { kind: 'draft', draft };
    return damaged ?? { kind: 'none' };
  }

  return {
    read: (ref) =>
      inTurn(ref, async (folders) => {
        const reading = await newest(folders.map((folder) => draftFile(folder, ref)));
        if (reading.kind === 'damaged') return { draft: null, note: reading.note };
        // A file that was copied to another batch's name is not that batch's.
        const isOurs = reading.kind === 'draft' && batchKey(reading.draft.batch) === batchKey(ref);
        return { draft: isOurs ? reading.draft : null };
      }),
    save: (draft) =>
      inTurn(draft.batch, async ([folder = dataFolder, ...older]) => {
        const kept: KeptDraft = { ...draft, scene: checkedScene(draft.scene), keptAt: new Date().toISOString() };
        const file = draftFile(folder, draft.batch);
        // Damage that nobody has seen yet is kept beside it.
        await readDraft(file, log);
        await write(file, kept);
        // It stands under the id now.
        for (const other of older) await remove(draftFile(other, draft.batch));
        return { keptAt: kept.keptAt };
      }),
    discard: (ref) =>
      inTurn(ref, async (folders) => {
        for (const folder of folders) await remove(draftFile(folder, ref));
      }),
    async list() {
      const folders = await draftFolders(dataFolder, workspace());
      const files = (await Promise.all(folders.map(draftFilesIn))).flat();
      const readings = await Promise.all(files.map((file) => readDraft(file, log)));
      const byBatch = new Map<string, KeptDraft>();
      const notes: string[] = [];
      for (const reading of readings) {
        if (reading.kind === 'damaged') notes.push(reading.note);
        if (reading.kind !== 'draft') continue;
        const key = batchKey(reading.draft.batch);
        if ((byBatch.get(key)?.keptAt ?? '') < reading.draft.keptAt) byBatch.set(key, reading.draft);
      }
      const drafts = [...byBatch.values()].sort((one, other) => (one.keptAt < other.keptAt ? 1 : -1)).map(headOf);
      return notes.length === 0 ? { drafts } : { drafts, notes };
    },
  };
}

/** Exact in every wire form that a transport takes; throws `invalid` with the JSON path of what cannot stand in a scene. */
function checkedScene(scene: WireObject): WireObject {
  const value = fromWire(scene);
  if (isScene(value)) return objectToWire(value);
  throw new FailureError('invalid', 'The draft holds no scene: it needs "scene_id" and "beats", a list of objects.');
}

async function write(file: string, kept: KeptDraft): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: folderMode });
    await writeFileAtomic(file, `${JSON.stringify(kept)}\n`, { mode: fileMode });
  } catch (error) {
    throw new FailureError(
      'io',
      `The draft could not be kept in ${file}: ${ioReason(error)}. It is still in the window: write it as a candidate, or make room and go on.`,
      { cause: error },
    );
  }
}

async function remove(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return;
    throw new FailureError('io', `The draft in ${file} could not be removed: ${ioReason(error)}.`, { cause: error });
  }
}

/** Throws `io` where it is there and cannot be read; what is damaged is put aside. */
async function readDraft(file: string, log: DraftStoreOptions['log']): Promise<Reading> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'none' };
    throw new FailureError(
      'io',
      `The draft in ${file} cannot be read: ${ioReason(error)}. Ask for access to that file, or remove it.`,
      { cause: error },
    );
  }
  try {
    const draft = keptSchema.parse(JSON.parse(text));
    return { kind: 'draft', draft: { ...draft, scene: checkedScene(draft.scene) } };
  } catch (error) {
    return putAside(file, error, log);
  }
}

async function putAside(file: string, damage: unknown, log: DraftStoreOptions['log']): Promise<Reading> {
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  try {
    await rename(file, aside);
  } catch (error) {
    // Another host was faster.
    if (errorCode(error) === 'ENOENT') return { kind: 'none' };
    throw new FailureError(
      'damaged',
      `The draft in ${file} is damaged and could not be put aside: ${ioReason(error)}. Remove or rename the file.`,
      { cause: error },
    );
  }
  log.warn(`A draft was damaged and is kept as ${aside}`, damage);
  return {
    kind: 'damaged',
    note: `The draft of this batch was damaged and could not be read. It is kept as ${aside}.`,
  };
}

async function draftFilesIn(folder: string): Promise<readonly string[]> {
  const projects = await entriesOf(folder);
  const files = projects
    .filter((entry) => entry.isDirectory())
    .map(async (project) => {
      const inside = path.join(folder, project.name);
      const entries = await entriesOf(inside);
      return entries
        .filter((entry) => entry.isFile() && /^ep_\d{3,}_BATCH_\d{3,}\.json$/.test(entry.name))
        .map((entry) => path.join(inside, entry.name));
    });
  return (await Promise.all(files)).flat();
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw new FailureError('io', `The drafts in ${folder} cannot be listed: ${ioReason(error)}.`, { cause: error });
  }
}

function headOf({ batch, baseVersion, scene, keptAt }: KeptDraft): DraftHead {
  const title = Object.hasOwn(scene, 'title') ? scene.title : undefined;
  return { batch, baseVersion, title: typeof title === 'string' ? title : null, keptAt };
}
