/** Tells a manifest that is sound in every way, and laid out as the pipeline does it, without a schema; every other is left to manifest.ts. */
import type { BatchId } from '../../../shared/ids.ts';
import { maximumNesting } from '../../../shared/jsonTextError.ts';
import type { Manifest } from '../../../shared/manifest.ts';

const deepIndent = ' '.repeat(2 * maximumNesting);

/**
 * Most manifests are laid out as the pipeline does it. What comes out as it went in lost nothing on the way: no key
 * stands twice and no number was rounded, so that nobody need look for it. Null where that is not so.
 */
function parsePlain(text: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return `${JSON.stringify(value, null, 2)}\n` === text && !text.includes(deepIndent) ? { value } : null;
  } catch {
    return null;
  }
}

/** Stricter than the schema or equal to it in everything: null only means that the schema has to judge. */
export function soundManifest(text: string, batchId: BatchId): Manifest | null {
  // Bytes that are not UTF-8 were replaced by it.
  if (text.includes('\ufffd')) return null;
  const value = parsePlain(text)?.value;
  return isSound(value) && value.batch_id === batchId ? value : null;
}

function isSound(value: unknown): value is Manifest {
  if (!isObject(value) || value.schema_version !== 1 || typeof value.batch_id !== 'string') return false;
  const { active_version: active, versions } = value;
  if (!Array.isArray(versions)) return false;
  const numbers = new Set<unknown>();
  for (const entry of versions) {
    if (!isSoundEntry(entry)) return false;
    numbers.add(entry.version);
  }
  return numbers.size === versions.length && numbers.has(active);
}

function isSoundEntry(entry: unknown): entry is Record<string, unknown> {
  return (
    isObject(entry) &&
    isVersion(entry.version) &&
    typeof entry.artifact === 'string' &&
    isOneOf(entry.state, 'candidate', 'approved') &&
    isOneOf(entry.downstream, 'not_derived', 'derived') &&
    isOneOf(entry.kind, 'pickup', 'reshoot') &&
    (entry.parent_version == null || isVersion(entry.parent_version)) &&
    (entry.shot_count == null || (Number.isSafeInteger(entry.shot_count) && Number(entry.shot_count) >= 0)) &&
    isText(entry.source) &&
    isText(entry.structure_fingerprint) &&
    isText(entry.created_at)
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isVersion = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
const isOneOf = (value: unknown, one: string, other: string): boolean =>
  value == null || value === one || value === other;
const isText = (value: unknown): boolean => value == null || typeof value === 'string';
