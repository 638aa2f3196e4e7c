/** Keeps drafts in the data folder, one file for each batch; a damaged one is put aside and never written over. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Draft, DraftHead, DraftHolder, KeptDraft } from '../../shared/draft.ts';
import { FailureError } from '../../shared/failure.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { errorCode, ioReason } from '../scenes/disk/ioReason.ts';
import { checkedScene, type DraftLog, type Reading, readDraft, removeDraft, writeDraft } from './draftOnDisk.ts';
import { draftFile, draftFolders } from './draftPlace.ts';

export interface DraftStoreOptions {
  readonly dataFolder: string;
  /** Of the workspace that is open. */
  readonly workspace: () => string;
  readonly log: DraftLog;
}

export interface DraftStore {
  /** `note`: a sentence to show once, where a draft was damaged and put aside. */
  readonly read: (ref: BatchRef) => Promise<{ readonly draft: KeptDraft | null; readonly note?: string }>;
  /** Throws `invalid` where the scene is none, `io` where it cannot be kept, `conflict` where it is not the holder's to keep. */
  readonly save: (draft: Draft, holder?: DraftHolder) => Promise<{ readonly keptAt: string }>;
  /** What another window has kept since stays. Throws `conflict` where another workspace is open. */
  readonly discard: (ref: BatchRef, holder?: DraftHolder) => Promise<void>;
  /** Newest first. */
  readonly list: () => Promise<{ readonly drafts: readonly DraftHead[]; readonly notes?: readonly string[] }>;
  /** Once everything that was asked for until then is on the disk. */
  readonly settled: () => Promise<void>;
}

export function openDrafts({ dataFolder, workspace, log }: DraftStoreOptions): DraftStore {
  /** By file: what one face asks for in a row happens in that order. */
  const under = new Map<string, Promise<unknown>>();

  function inTurn<Result>(
    ref: BatchRef,
    run: (folders: readonly string[]) => Promise<Result>,
    holder?: DraftHolder,
  ): Promise<Result> {
    const root = workspace();
    // Said by a window that does not know yet that another one opened something else.
    if (holder !== undefined && (holder.workspace ?? '') !== root) return Promise.reject(otherWorkspace(ref, holder));
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
    save: (draft, holder) =>
      inTurn(
        draft.batch,
        async ([folder = dataFolder, ...older]) => {
          const scene = checkedScene(draft.scene);
          const files = [folder, ...older].map((each) => draftFile(each, draft.batch));
          // Damage that nobody has seen yet is kept beside it.
          const there = await newest(files);
          if (isOfAnother(there, holder)) throw keptElsewhere(draft.batch, there.draft);
          const keptAt = timeAfter(there);
          const [file = folder, ...before] = files;
          await writeDraft(file, {
            ...draft,
            scene,
            keptAt,
            ...(holder === undefined ? {} : { keptBy: holder.window }),
          });
          // It stands under the id now.
          for (const other of before) await removeDraft(other);
          return { keptAt };
        },
        holder,
      ),
    discard: (ref, holder) =>
      inTurn(
        ref,
        async (folders) => {
          const files = folders.map((folder) => draftFile(folder, ref));
          if (holder !== undefined && isOfAnother(await newest(files), holder)) return;
          for (const file of files) await removeDraft(file);
        },
        holder,
      ),
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
    async settled() {
      while (under.size > 0) await Promise.all(under.values());
    },
  };
}

/** Whether what stands was kept by another window, after the holder had read what it goes on from. */
function isOfAnother(there: Reading, holder: DraftHolder | undefined): there is Reading & { readonly kind: 'draft' } {
  if (holder === undefined || there.kind !== 'draft') return false;
  return there.draft.keptBy !== holder.window && there.draft.keptAt !== holder.goesOnFrom;
}

/** Later than what stands there: of two within a millisecond, or after a clock was put back, the newer one must show. */
function timeAfter(there: Reading): string {
  const last = there.kind === 'draft' ? Date.parse(there.draft.keptAt) : 0;
  return new Date(Math.max(Date.now(), last + 1)).toISOString();
}

const keptElsewhere = ({ batchId }: BatchRef, { keptAt }: KeptDraft): FailureError =>
  new FailureError('conflict', `Another window has kept a draft of ${batchId} meanwhile, so this one was not kept.`, {
    details: { keptAt },
  });

const otherWorkspace = ({ batchId }: BatchRef, { workspace }: DraftHolder): FailureError =>
  new FailureError(
    'conflict',
    `Another workspace is open. The draft of ${batchId} belongs to ${workspace ?? 'none'}; open that one again to keep it.`,
  );

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
