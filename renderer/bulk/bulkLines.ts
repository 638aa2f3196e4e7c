/** The list of a decision on many: its batches by what becomes of them, what failed first, each part with a head. Pure. */
import type { BulkItem, BulkKind, ItemState } from './bulkItem.ts';
import { words } from './outcomeText.ts';

export type BulkLine =
  | { readonly kind: 'head'; readonly text: string }
  | { readonly kind: 'item'; readonly item: BulkItem };

type Part = 'failed' | 'open' | 'done' | 'leftOut';

/** Done and running stay where they were planned while others go on: nothing moves under the eye but what failed. */
function partOf({ kind }: ItemState, isOver: boolean): Part {
  if (kind === 'failed' || kind === 'leftOut') return kind;
  return kind === 'done' && isOver ? 'done' : 'open';
}

const openHead: Readonly<Record<BulkKind, string>> = {
  conform: 'To conform',
  markDerived: 'To mark derived',
  undo: 'To take back',
};

function headText(kind: BulkKind, part: Part, isOver: boolean): string {
  switch (part) {
    case 'failed':
      return 'Failed';
    case 'leftOut':
      return 'Left out';
    case 'done':
      return `${words[kind].done.charAt(0).toUpperCase()}${words[kind].done.slice(1)}`;
    case 'open':
      return isOver ? 'Not begun' : openHead[kind];
  }
}

export function bulkLines(kind: BulkKind, items: readonly BulkItem[], isOver: boolean): readonly BulkLine[] {
  const parts: Record<Part, BulkItem[]> = { failed: [], open: [], done: [], leftOut: [] };
  for (const item of items) parts[partOf(item.state, isOver)].push(item);
  const order: readonly Part[] = isOver ? ['failed', 'open', 'done', 'leftOut'] : ['failed', 'open', 'leftOut'];
  return order.flatMap((part): BulkLine[] => {
    const own = parts[part];
    if (own.length === 0) return [];
    const text = `${headText(kind, part, isOver)} ${own.length.toLocaleString()}`;
    return [{ kind: 'head', text }, ...own.map((item): BulkLine => ({ kind: 'item', item }))];
  });
}
