/** Finds a key that stands twice in a manifest or in one of its entries, where one of the two would be lost without a word. */
import { type Node, parseTree } from 'jsonc-parser';
import { stringEnd } from '../../../shared/stringEnd.ts';

/** The JSONPath of a key that stands twice in the manifest or in one of its entries, else null. */
export function findDuplicateKey(text: string, value: unknown): string | null {
  // Counting is cheap and nearly always says no; only then is a tree with both keys built.
  if (countKeys(value) === countColons(text)) return null;
  const root = parseTree(text);
  if (root === undefined) return null;
  const inManifest = repeatedKey(root);
  if (inManifest !== null) return `$.${inManifest}`;
  const entries = root.children?.find((property) => property.children?.[0]?.value === 'versions')?.children?.[1];
  for (const [index, entry] of (entries?.children ?? []).entries()) {
    const key = repeatedKey(entry);
    if (key !== null) return `$.versions[${index}].${key}`;
  }
  return null;
}

function repeatedKey(object: Node): string | null {
  const seen = new Set<string>();
  for (const property of object.type === 'object' ? (object.children ?? []) : []) {
    const key = String(property.children?.[0]?.value);
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return null;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: readonly unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : inner.length;
  return inner.reduce<number>((sum, item) => sum + countKeys(item), own);
}

/** Outside of strings a colon stands after a key and nowhere else. */
function countColons(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const character = text[at];
    if (character === ':') count += 1;
    // Not by a pattern, which would run out of stack on strings of megabytes.
    at = character === '"' ? stringEnd(text, at) : at + 1;
  }
  return count;
}
