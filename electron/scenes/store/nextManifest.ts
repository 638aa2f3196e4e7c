/** A manifest that is about to be written, and the batch as it stays where nothing is to be written. */
import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { Revision } from '../../../shared/ids.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import { parseManifest } from '../reading/manifest.ts';
import type { BatchPlace, BatchState } from './batchState.ts';
import type { EditableManifest } from './manifestEdits.ts';
import { type Change, withChange } from './manifestEdits.ts';
import type { DecidedOn } from './storeOptions.ts';

export interface NextManifest {
  readonly bytes: Buffer;
  readonly manifest: Manifest;
  readonly revision: Revision;
}

/** What is about to be written must be a manifest that the next writer accepts. */
export function soundManifest({ batchId, files }: BatchPlace, bytes: Buffer): NextManifest {
  const { manifest, isWritable, problems, revision } = parseManifest(bytes, batchId, basename(files.manifest));
  if (manifest !== null && isWritable) return { bytes, manifest, revision };
  const message = `The change would have left a manifest that cannot be read, so it was not written. ${problems[0]?.message ?? ''}`;
  throw new FailureError('unexpected', message.trim());
}

/** Null where that is how it stands already. */
export function changed(place: BatchPlace, source: EditableManifest, change: Change): NextManifest | null {
  const bytes = withChange(source, change);
  return bytes === null ? null : soundManifest(place, bytes);
}

/** Nothing was to be changed. */
export function unchanged({ files }: BatchPlace, { parsed, revision }: BatchState): DecidedOn {
  if (parsed?.manifest) return { manifest: parsed.manifest, revision, problems: [] };
  throw new FailureError('notFound', `${basename(files.manifest)} is not there.`);
}
