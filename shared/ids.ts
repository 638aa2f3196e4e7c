/** Names of things on disk as branded types, with the only functions that make them from text. */
import { FailureError } from './failure.ts';

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A folder name as a listing gave it; never holds a separator and never starts with `.`. */
export type ProjectName = Branded<string, 'ProjectName'>;
/** `BATCH_` and three digits or more. */
export type BatchId = Branded<string, 'BatchId'>;
/** Hex SHA-256 of a manifest's bytes, or `absent` where there is none. */
export type Revision = Branded<string, 'Revision'>;

export const absentRevision = 'absent' as Revision;

const batchPattern = /^BATCH_\d{3,}$/;
const revisionPattern = /^(?:absent|[0-9a-f]{64})$/;

export const isBatchId = (text: string): text is BatchId => batchPattern.test(text);
export const isRevision = (text: string): text is Revision => revisionPattern.test(text);
export const isProjectName = (text: string): text is ProjectName =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL in a name is what this refuses
  text !== '' && !text.startsWith('.') && !/[/\\\u0000]/.test(text);

export function parseBatchId(text: string): BatchId {
  if (isBatchId(text)) return text;
  throw new FailureError('invalid', `"${text}" is no batch id: it is BATCH_ and three digits or more.`);
}

/** A batch inside an opened workspace. `episode` is the number, in every request. */
export interface BatchRef {
  readonly project: ProjectName;
  readonly episode: number;
  readonly batchId: BatchId;
}

/** `ep_001`, `ep_1000`: the episode's folder name and the prefix of its files. */
export const episodeName = (episode: number): string => `ep_${String(episode).padStart(3, '0')}`;

/** One text for a batch, for keys of maps and caches; never parsed back. */
export const batchKey = (ref: BatchRef): string => `${ref.project}/${episodeName(ref.episode)}/${ref.batchId}`;
