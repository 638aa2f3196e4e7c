/** Changes a manifest as text, so that only what changes changes: unknown fields, numbers, key order and layout stay as they are. */
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { BatchId } from '../../../shared/ids.ts';
import type { Manifest, ManifestEntry, VersionKind, VersionState } from '../../../shared/manifest.ts';
import type { ParsedManifest } from '../reading/manifest.ts';
import { applyEdits, editAppended, editMember, type TextEdit } from './jsonTextEdits.ts';

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

const mark = '\ufeff';

/** A byte-order mark stays: whoever wrote it reads it. */
const toBytes = (text: string, { hasByteOrderMark }: EditableManifest): Buffer =>
  Buffer.from(hasByteOrderMark ? mark + text : text, 'utf8');

/** The text's tree with its list of entries; it was read as a manifest, so that both are there. */
function treeOf({ text }: EditableManifest): { readonly root: Node; readonly versions: Node } {
  const root = parseTree(text);
  const versions = root === undefined ? undefined : findNodeAtLocation(root, ['versions']);
  if (root === undefined || versions === undefined) throw new Error('The text of a manifest has no "versions".');
  return { root, versions };
}

export function withEntry(source: EditableManifest, entry: NewEntry): Buffer {
  const { root, versions } = treeOf(source);
  return toBytes(applyEdits(source.text, [editAppended(source.text, root, versions, { ...entry })]), source);
}

export interface Change {
  readonly activeVersion?: number;
  /** Of the entry with this version. */
  readonly entry?: { readonly version: number; readonly state?: 'approved'; readonly downstream?: 'derived' };
}

/** Null where that is how it stands already. */
export function withChange(source: EditableManifest, { activeVersion, entry }: Change): Buffer | null {
  const { manifest, text } = source;
  const { root, versions } = treeOf(source);
  const edits: TextEdit[] = [];
  if (activeVersion !== undefined && activeVersion !== manifest.active_version) {
    edits.push(editMember(text, root, 'active_version', activeVersion));
  }
  const index = manifest.versions.findIndex(({ version }) => version === entry?.version);
  const node = index < 0 ? undefined : versions.children?.[index];
  for (const key of ['state', 'downstream'] as const) {
    const value = entry?.[key];
    if (node !== undefined && value !== undefined && manifest.versions[index]?.[key] !== value) {
      edits.push(editMember(text, node, key, value));
    }
  }
  return edits.length === 0 ? null : toBytes(applyEdits(text, edits), source);
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
