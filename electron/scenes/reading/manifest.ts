/** Reads a manifest's bytes into a validated manifest or a problem; the read side and the write side judge by this one function. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { JsonTextError, parseRounded } from '../../../shared/exactJson.ts';
import { absentRevision, type BatchId, isRevision, type Revision } from '../../../shared/ids.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import type { Problem, ProblemCode } from '../../../shared/problem.ts';
import { findDuplicateKey } from './duplicateKeys.ts';
import { soundManifest } from './plainManifest.ts';

export interface ParsedManifest {
  /** Null where it cannot be read, is not a manifest, or is another batch's. */
  readonly manifest: Manifest | null;
  readonly revision: Revision;
  /** As on disk without the byte-order mark, for edits that change only what changes; null where it is not UTF-8. */
  readonly text: string | null;
  readonly hasByteOrderMark: boolean;
  readonly problems: readonly Problem[];
  /** Whether a decision may write it. A pointer to a version that is not there is writable: a conform repairs it. */
  readonly isWritable: boolean;
}

const wholeNumber = z.int();
const versionNumber = z.int().positive();

/** Nothing but `version` and `artifact` is sure, and null is as good as absent; what is there has to be what it claims to be. */
const entrySchema = z.looseObject({
  version: versionNumber,
  artifact: z.string(),
  state: z.enum(['candidate', 'approved']).nullish(),
  downstream: z.enum(['not_derived', 'derived']).nullish(),
  kind: z.enum(['pickup', 'reshoot']).nullish(),
  source: z.string().nullish(),
  parent_version: versionNumber.nullish(),
  structure_fingerprint: z.string().nullish(),
  shot_count: wholeNumber.nonnegative().nullish(),
  created_at: z.string().nullish(),
});

/** Whether a manifest may hold it as an entry. */
export const isEntry = (value: unknown): boolean => entrySchema.safeParse(value).success;

const manifestSchema = z.looseObject({
  schema_version: versionNumber,
  batch_id: z.string(),
  active_version: wholeNumber,
  versions: z.array(entrySchema),
});

const newerSchema = z.looseObject({ schema_version: z.int().min(2) });

const supportedSchema = 1;

export const revisionOf = (bytes: Uint8Array): Revision => {
  const revision = createHash('sha256').update(bytes).digest('hex');
  return isRevision(revision) ? revision : absentRevision;
};

/** `fileName` is what messages name; `expectedBatchId` is what the file's own name says. */
export function parseManifest(bytes: Uint8Array, expectedBatchId: BatchId, fileName: string): ParsedManifest {
  const base = { manifest: null, revision: revisionOf(bytes), hasByteOrderMark: hasMark(bytes), isWritable: false };
  const problem = (code: ProblemCode, message: string, jsonPath?: string): Problem => ({
    code,
    severity: 'error',
    file: fileName,
    ...(jsonPath === undefined ? {} : { jsonPath }),
    message,
  });
  const mendable = (...known: Parameters<typeof problem>): Problem => ({
    ...problem(...known),
    repair: 'rebuildManifest',
  });

  const text = decodeUtf8(bytes);
  if (text === null) {
    const what = `${fileName} is not UTF-8 text. Restore it from a backup, or rebuild the manifest from the bodies.`;
    return { ...base, text: null, problems: [mendable('manifest_unreadable', what)] };
  }
  const sound = soundManifest(text, expectedBatchId);
  if (sound !== null) return { ...base, manifest: sound, text, problems: [], isWritable: true };
  const value = parseStrict(text);
  if (!value.ok) {
    const what = `${fileName} cannot be read: ${value.reason}. Restore it from a backup, or rebuild the manifest from the bodies.`;
    return { ...base, text, problems: [mendable('manifest_unreadable', what)] };
  }

  const checked = manifestSchema.safeParse(value.value);
  const isNewer = checked.success
    ? checked.data.schema_version > supportedSchema
    : newerSchema.safeParse(value.value).success;
  const unsupported = () =>
    problem(
      'schema_version_unsupported',
      `${fileName} has a schema_version above ${supportedSchema}: it was written by a newer pipeline. It can be read as far as it is understood, and is never written; use a newer Picture Lock.`,
      '$.schema_version',
    );
  if (!checked.success) {
    if (isNewer) return { ...base, text, problems: [unsupported()] };
    const issue = checked.error.issues[0];
    const path = toJsonPath(issue?.path ?? []);
    const what = `${fileName} is no valid manifest: ${path} ${describeIssue(issue?.message)}. Correct that field, or rebuild the manifest from the bodies.`;
    return { ...base, text, problems: [mendable('manifest_invalid', what, path)] };
  }
  const twice = findDuplicateKey(text, value.value);
  if (twice !== null && !isNewer) {
    const what = `${fileName} is no valid manifest: ${twice} stands twice. Remove one of the two, or rebuild the manifest from the bodies.`;
    return { ...base, text, problems: [mendable('manifest_invalid', what, twice)] };
  }
  if (checked.data.batch_id !== expectedBatchId) {
    const what = `${fileName} says that it is the manifest of "${checked.data.batch_id}", not of ${expectedBatchId}. It was probably copied: put the right file in its place, or rebuild the manifest from the bodies.`;
    return { ...base, text, problems: [(isNewer ? problem : mendable)('manifest_batch_mismatch', what, '$.batch_id')] };
  }

  // The parsed value itself, not the schema's copy: unknown fields and key order stay as they stand on disk.
  const manifest = isJudged(value.value, checked) ? value.value : null;
  const problems: Problem[] = [];
  if (isNewer) problems.push(unsupported());
  const repeated = firstRepeated(checked.data.versions.map(({ version }) => version));
  if (repeated !== null) {
    problems.push({
      ...problem(
        'version_registered_twice',
        `${fileName} registers v${repeated.version} twice. Nothing can be decided on this batch until one of the two entries is removed, or the manifest is rebuilt from the bodies.`,
        `$.versions[${repeated.index}].version`,
      ),
      version: repeated.version,
      ...(isNewer ? {} : { repair: 'rebuildManifest' }),
    });
  }
  const isWritable = problems.length === 0;
  const pointer = checked.data.active_version;
  if (!checked.data.versions.some(({ version }) => version === pointer)) {
    problems.push({
      ...problem(
        'active_version_unregistered',
        `${fileName} names v${pointer} as the active version, but no entry has that number. Conform or revert to a version to set the pointer right.`,
        '$.active_version',
      ),
      version: pointer,
    });
  }
  return { ...base, manifest, text, problems, isWritable };
}

/** What a manifest's file that could not even be read counts as: a folder in its place, no permission. */
export const unreadableManifest = (fileName: string, reason: string): ParsedManifest => ({
  manifest: null,
  revision: absentRevision,
  text: null,
  hasByteOrderMark: false,
  isWritable: false,
  problems: [
    {
      code: 'manifest_unreadable',
      severity: 'error',
      file: fileName,
      message: `${fileName} cannot be read: ${reason}. Look at that file and its permissions.`,
    },
  ],
});

/** `checked` is what the schema said of this very value. */
const isJudged = (_value: unknown, checked: { readonly success: boolean }): _value is Manifest => checked.success;

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Null where the bytes are not UTF-8; UTF-16 never is, its marks are no UTF-8. A byte-order mark is taken off. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

function parseStrict(text: string): Parsed {
  if (text.trim() === '') return { ok: false, reason: 'it is empty' };
  try {
    return { ok: true, value: parseRounded(text) };
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return { ok: false, reason: error.message.replace(/\.$/, '') };
  }
}

function firstRepeated(versions: readonly number[]): { version: number; index: number } | null {
  const seen = new Set<number>();
  for (const [index, version] of versions.entries()) {
    if (seen.has(version)) return { version, index };
    seen.add(version);
  }
  return null;
}

const toJsonPath = (path: readonly PropertyKey[]): string =>
  `$${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')}`;

/** zod's "Invalid input: expected number, received string", as the end of our own sentence. */
const describeIssue = (message: string | undefined): string =>
  message === undefined ? 'is wrong' : `is wrong (${message.replace(/^Invalid (?:input|option): /, '')})`;
