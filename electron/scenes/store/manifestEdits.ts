/** Changes a manifest as text, so that only what changes changes: unknown fields, numbers, key order and layout stay as they are. */
import { applyEdits, findNodeAtLocation, type JSONPath, modify, type Node, parseTree } from 'jsonc-parser';
import type { BatchId } from '../../../shared/ids.ts';
import type { Manifest, ManifestEntry, VersionKind, VersionState } from '../../../shared/manifest.ts';
import type { ParsedManifest } from '../reading/manifest.ts';

export interface NewEntry extends ManifestEntry {
  readonly state: VersionState;
  readonly downstream: 'not_derived' | 'derived';
  readonly kind: VersionKind;
  readonly source: string;
  readonly parent_version: number | null;
  readonly structure_fingerprint: string;
  readonly shot_count: number;
  readonly created_at: string;
}

/** A manifest that may be written, with the text that it was read from. */
export interface EditableManifest {
  readonly manifest: Manifest;
  readonly text: string;
  readonly hasByteOrderMark: boolean;
}

/** Null where it may not be written. */
export const editable = ({ manifest, text, hasByteOrderMark, isWritable }: ParsedManifest): EditableManifest | null =>
  isWritable && manifest !== null && text !== null ? { manifest, text, hasByteOrderMark } : null;

const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
const mark = '\ufeff';

const insert = (text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string =>
  applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));

/** A value that stands is replaced where it stands, which is seven times as fast as to let `modify` look at the layout. */
function set(text: string, path: JSONPath, value: string | number): string {
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, path);
  if (node === undefined) return insert(text, path, value);
  return text.slice(0, node.offset) + JSON.stringify(value) + text.slice(node.offset + node.length);
}

/** A byte-order mark stays: whoever wrote it reads it. */
const toBytes = (text: string, { hasByteOrderMark }: EditableManifest): Buffer =>
  Buffer.from(hasByteOrderMark ? mark + text : text, 'utf8');

export function withEntry(source: EditableManifest, entry: NewEntry): Buffer {
  return toBytes(insert(source.text, ['versions', source.manifest.versions.length], entry, true), source);
}

export interface Change {
  readonly activeVersion?: number;
  /** Of the entry with this version. */
  readonly entry?: { readonly version: number; readonly state?: 'approved'; readonly downstream?: 'derived' };
}

/** Null where that is how it stands already. */
export function withChange(source: EditableManifest, { activeVersion, entry }: Change): Buffer | null {
  let { text } = source;
  const { manifest } = source;
  if (activeVersion !== undefined && activeVersion !== manifest.active_version) {
    text = set(text, ['active_version'], activeVersion);
  }
  const index = manifest.versions.findIndex(({ version }) => version === entry?.version);
  for (const key of ['state', 'downstream'] as const) {
    const value = entry?.[key];
    if (index >= 0 && value !== undefined && manifest.versions[index]?.[key] !== value) {
      text = set(text, ['versions', index, key], value);
    }
  }
  return text === source.text ? null : toBytes(text, source);
}

export function newManifest(batchId: BatchId, activeVersion: number, versions: readonly NewEntry[]): Buffer {
  const manifest = { schema_version: 1, batch_id: batchId, active_version: activeVersion, versions };
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, 'utf8');
}

/** Every entry as written, on one line each, for the ledger: what stands between the tokens falls away, and nothing else. */
export function entryTexts(text: string): readonly string[] {
  const root = parseTree(text);
  const versions = root === undefined ? undefined : findNodeAtLocation(root, ['versions']);
  return (versions?.children ?? []).map((entry) => onOneLine(entry, text));
}

function onOneLine({ type, children = [], offset, length }: Node, text: string): string {
  const parts = children.map((child) => onOneLine(child, text));
  if (type === 'object') return `{${parts.join(',')}}`;
  if (type === 'array') return `[${parts.join(',')}]`;
  return type === 'property' ? parts.join(':') : text.slice(offset, offset + length);
}
