/** The bar at the foot of the list: how many batches are marked, and what can be decided about all of them. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BatchRow } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import type { ListItem } from '../scenes/batchList.ts';
import { focusBatches } from '../scenes/focus.ts';
import { hostQuery } from '../scenes/queries.ts';
import { Button } from '../ui/Button.tsx';
import { Toolbar, ToolbarItem } from '../ui/Toolbar.tsx';
import { keysOfAll } from './listGestures.ts';
import { markedText } from './markedText.ts';
import { useMarks } from './marks.ts';
import { askBulk } from './runBulk.ts';

interface BulkBarProps {
  readonly rows: readonly BatchRow[];
  /** As it is filtered. */
  readonly items: readonly ListItem[];
}

const countIn = (marked: ReadonlySet<string>, keys: ReadonlySet<string>): number =>
  [...marked].reduce((count, key) => (keys.has(key) ? count + 1 : count), 0);

export function BulkBar({ rows, items }: BulkBarProps) {
  const marked = useMarks((state) => state.marked);
  const isAnyMarked = marked.size > 0;
  const there = useMemo(() => new Set(isAnyMarked ? rows.map(batchKey) : []), [rows, isAnyMarked]);
  const shown = useMemo(() => new Set(isAnyMarked ? keysOfAll(items) : []), [items, isAnyMarked]);
  const count = countIn(marked, there);
  const text = count === 0 ? '' : markedText(count, count - countIn(marked, shown));
  return (
    <>
      <p className="u-hidden" role="status">
        {text}
      </p>
      {count > 1 && <Bar text={text} />}
    </>
  );
}

function Bar({ text }: { readonly text: string }) {
  const { data: host } = useQuery(hostQuery());
  const canWrite = host?.workspace?.canWrite ?? true;
  const title = canWrite ? undefined : 'This workspace is read-only: looking is free, nothing can be written.';
  const clear = () => {
    useMarks.getState().clear();
    focusBatches();
  };
  return (
    <div className="bulkbar">
      <span className="bulkbar__count" aria-hidden="true">
        {text}
      </span>
      <Toolbar label="Selected batches" className="bulkbar__acts">
        <ToolbarItem disabled={!canWrite}>
          <Button isSmall disabled={!canWrite} title={title} onClick={() => askBulk('conform')}>
            Conform newest candidates…
          </Button>
        </ToolbarItem>
        <ToolbarItem disabled={!canWrite}>
          <Button isSmall disabled={!canWrite} title={title} onClick={() => askBulk('markDerived')}>
            Mark derived…
          </Button>
        </ToolbarItem>
        <ToolbarItem>
          <Button isSmall look="quiet" onClick={clear}>
            Clear
          </Button>
        </ToolbarItem>
      </Toolbar>
    </div>
  );
}
