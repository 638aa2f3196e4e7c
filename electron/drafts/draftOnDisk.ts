/** One draft's file: read strictly, written whole, and put aside where it is damaged. */
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { KeptDraft } from '../../shared/draft.ts';
import { FailureError } from '../../shared/failure.ts';
import type { WireObject } from '../../shared/json.ts';
import { isScene } from '../../shared/scene.ts';
import { fromWire, objectToWire } from '../../shared/wire.ts';
import { errorCode, ioReason } from '../scenes/disk/ioReason.ts';
import { draftSchema } from './draftSchema.ts';

export interface DraftLog {
  warn(message: string, ...details: readonly unknown[]): void;
}

const keptSchema = draftSchema
  .extend({ keptAt: z.iso.datetime({ precision: 3 }), keptBy: z.string().exactOptional() })
  .strict();
/** Only the person's own: a draft may hold what is not released. */
const fileMode = 0o600;
const folderMode = 0o700;

export type Reading =
  | { readonly kind: 'none' }
  | { readonly kind: 'draft'; readonly draft: KeptDraft }
  | { readonly kind: 'damaged'; readonly note: string };

/** Exact in every wire form that a transport takes; throws `invalid` with the JSON path of what cannot stand in a scene. */
export function checkedScene(scene: WireObject): WireObject {
  const value = fromWire(scene);
  if (isScene(value)) return objectToWire(value);
  throw new FailureError('invalid', 'The draft holds no scene: it needs "scene_id" and "beats", a list of objects.');
}

export async function writeDraft(file: string, kept: KeptDraft): Promise<void> {
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

export async function removeDraft(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return;
    throw new FailureError('io', `The draft in ${file} could not be removed: ${ioReason(error)}.`, { cause: error });
  }
}

/** Throws `io` where it is there and cannot be read; what is damaged is put aside. */
export async function readDraft(file: string, log: DraftLog): Promise<Reading> {
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

async function putAside(file: string, damage: unknown, log: DraftLog): Promise<Reading> {
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
