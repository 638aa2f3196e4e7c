/** The beats side by side: a grid with one tab stop, as fast with 2,000 beats as with ten. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { VersionSummary } from '../../shared/manifest.ts';
import { useSelection } from '../scenes/selection.ts';
import { stepTo } from '../scenes/stepTo.ts';
import { BeatChanges, Changes } from './BeatChanges.tsx';
import { pairOf } from './beats.ts';
import { columnWidths, kindWidths } from './columnWidths.ts';
import { DiffRow } from './DiffRow.tsx';
import type { ComparisonView } from './useComparisonView.ts';
import { useCursorFocus } from './useCursorFocus.ts';
import './diff.css';

declare module 'react' {
  interface CSSProperties {
    '--w-kind'?: string;
    '--w-kind-narrow'?: string;
    '--w-number'?: string;
    '--w-beat'?: string;
    '--w-seconds'?: string;
  }
}

const rowPx = 28;

interface DiffTableProps {
  readonly view: ComparisonView;
  readonly states: { readonly from: VersionSummary | null; readonly to: VersionSummary | null };
  /** What scrolls: the body of the pane. */
  readonly scroller: HTMLDivElement | null;
}

export function DiffTable({ view, states, scroller }: DiffTableProps) {
  const rows = view.comparison.beats;
  const beat = useSelection((state) => state.beat);
  const openBeats = useSelection((state) => state.openBeats);
  const grid = useRef<HTMLTableElement>(null);
  const top = useRef<HTMLTableSectionElement>(null);
  const [listTop, setListTop] = useState(rowPx);
  // After every layout: the scene's own fields above may wrap, or be other ones.
  useLayoutEffect(() => setListTop(top.current?.offsetTop ?? rowPx));
  const cursor = Math.min(beat, Math.max(rows.length - 1, 0));

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollMargin: listTop,
    scrollPaddingStart: rowPx,
  });
  useCursorFocus(grid, cursor, (row) => virtualizer.scrollToIndex(row, { align: 'auto' }));

  const widths = useMemo(() => {
    const from = columnWidths(view.from);
    const to = columnWidths(view.to);
    const kind = kindWidths(view.comparison.beats);
    return {
      '--w-kind': `${kind.wide}px`,
      '--w-kind-narrow': `${kind.narrow}px`,
      '--w-number': `${Math.max(from.number, to.number)}px`,
      '--w-beat': `${Math.max(from.beat, to.beat)}px`,
      '--w-seconds': `${Math.max(from.seconds, to.seconds)}px`,
    };
  }, [view]);

  const items = virtualizer.getVirtualItems();
  const before = (items[0]?.start ?? listTop) - listTop;
  const after = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? listTop) - listTop);
  return (
    <table
      ref={grid}
      className={view.isSingle ? 'diff diff--single' : 'diff'}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree grid is the interactive table whose rows open: one tab stop, arrow keys
      role="treegrid"
      aria-label={view.isSingle ? `Beats of v${view.comparison.to}` : 'Beats side by side'}
      aria-rowcount={rows.length + 1}
      style={widths}
      onKeyDown={(event) => moveByKey(event, rows.length, cursor)}
      onClick={openByClick}
    >
      <Head view={view} states={states} />
      {view.comparison.scene.length > 0 && (
        <tbody className="changes changes--scene">
          <Changes changes={view.comparison.scene} bodies={{ from: undefined, to: undefined }} />
        </tbody>
      )}
      <tbody ref={top} aria-hidden="true" style={{ height: before }} />
      {items.map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        const isOpen = openBeats.has(item.index);
        return (
          <tbody key={item.index} ref={virtualizer.measureElement} data-index={item.index}>
            <DiffRow view={view} index={item.index} row={row} isOpen={isOpen} isCursor={item.index === cursor} />
            {isOpen && <BeatChanges row={row} pair={pairOf(row, view.from, view.to)} />}
          </tbody>
        );
      })}
      <tbody aria-hidden="true" style={{ height: Math.max(after, 0) }} />
    </table>
  );
}

/** A click sets the cursor and opens the row, unless it ends a selection of text. */
function openByClick(event: MouseEvent<HTMLTableElement>): void {
  const target = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  if (!(target instanceof HTMLElement) || getSelection()?.isCollapsed === false) return;
  useSelection.getState().toggleBeat(Number(target.dataset.row));
  showOpened(target);
}

/** What a row opened into must not stand below the edge. */
function showOpened(row: HTMLElement): void {
  requestAnimationFrame(() => row.closest('tbody')?.scrollIntoView({ block: 'nearest' }));
}

function moveByKey(event: KeyboardEvent<HTMLTableElement>, count: number, cursor: number): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-row]')) return;
  const state = useSelection.getState();
  if (event.key === 'Enter' || event.key === ' ') {
    state.toggleBeat(cursor);
    showOpened(event.target);
  } else {
    const row = stepTo(event.key, cursor, count);
    if (row === null) return;
    state.focusBeat(row);
  }
  event.preventDefault();
}

const stateOf = (version: VersionSummary | null): string =>
  version === null ? '' : version.isActive ? 'active' : version.isRegistered ? version.state : 'in no manifest';

function Head({ view, states }: Pick<DiffTableProps, 'view' | 'states'>) {
  const { from, to } = view.comparison;
  return (
    <thead>
      <tr className="diff__head" aria-rowindex={1}>
        {!view.isSingle && (
          <th scope="col" className="diff__kind">
            Change
          </th>
        )}
        {!view.isSingle && <HeadSide version={from} state={stateOf(states.from)} />}
        <HeadSide version={to} state={stateOf(states.to)} />
      </tr>
    </thead>
  );
}

const HeadSide = ({ version, state }: { readonly version: number; readonly state: string }) => (
  <th scope="col" className="side">
    <span />
    <span />
    <span className="clip">
      <b>v{version}</b> {state}
    </span>
    <span title="seconds">s</span>
    <span title="fingerprint of the beat">beat</span>
  </th>
);
