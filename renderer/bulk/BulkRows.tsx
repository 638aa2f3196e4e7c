/** The batches of a decision on many, what failed first; drawn only where they can be seen. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { episodeName } from '../../shared/ids.ts';
import { Arrow, GateSign } from '../decide/parts.tsx';
import { useSelection } from '../scenes/selection.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph, type GlyphName } from '../ui/Glyph.tsx';
import type { BulkItem, BulkKind, BulkPlan, ItemState } from './bulkItem.ts';
import { type BulkLine, bulkLines } from './bulkLines.ts';

interface BulkRowsProps {
  readonly kind: BulkKind;
  readonly items: readonly BulkItem[];
  /** Nothing is begun any more. */
  readonly isOver: boolean;
  /** After the batch was selected: what stands above it goes. */
  readonly onShow: () => void;
}

const lineHeight = 28;
const reasonHeight = 50;

export function BulkRows({ kind, items, isOver, onShow }: BulkRowsProps) {
  const scroller = useRef<HTMLElement>(null);
  const [overflows, setOverflows] = useState(false);
  const lines = useMemo(() => bulkLines(kind, items, isOver), [kind, items, isOver]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (hasReason(lines[index]) ? reasonHeight : lineHeight),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 8,
  });
  const height = virtual.getTotalSize();
  useEffect(() => {
    const element = scroller.current;
    if (element) setOverflows(height > element.clientHeight);
  }, [height]);

  return (
    // What scrolls must be reachable without a mouse (WCAG 2.1.1).
    <section ref={scroller} className="bulk__rows" aria-label="Batches" {...(overflows ? { tabIndex: 0 } : {})}>
      <ul className="bulk__all" style={{ height }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index];
          return (
            line && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={lines.length}
                className="bulk__line"
                style={{ transform: `translateY(${start}px)` }}
              >
                {line.kind === 'head' ? (
                  <h3 className="section-title">{line.text}</h3>
                ) : (
                  <Row item={line.item} onShow={onShow} />
                )}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

const reasonOf = (state: ItemState): string => {
  switch (state.kind) {
    case 'leftOut':
    case 'failed':
      return state.reason;
    case 'done':
      return state.remark;
    default:
      return '';
  }
};

const hasReason = (line: BulkLine | undefined): boolean => line?.kind === 'item' && reasonOf(line.item.state) !== '';

const keyOf = (line: BulkLine | undefined, index: number): string | number =>
  line === undefined ? index : line.kind === 'head' ? `head ${line.text}` : line.item.key;

const signs: Readonly<
  Record<ItemState['kind'], { readonly glyph: GlyphName; readonly ink: string; readonly label: string }>
> = {
  unread: { glyph: 'shifted', ink: 'faint', label: 'not looked at yet' },
  planned: { glyph: 'candidate', ink: 'faint', label: 'not begun' },
  leftOut: { glyph: 'stop', ink: 'faint', label: 'left out' },
  running: { glyph: 'retimed', ink: 's-pointer', label: 'under way' },
  done: { glyph: 'approved', ink: 's-ok', label: 'done' },
  failed: { glyph: 'problem', ink: 's-bad', label: 'failed' },
};

function Row({ item, onShow }: { readonly item: BulkItem; readonly onShow: () => void }) {
  const { ref, title, state } = item;
  const sign = signs[state.kind];
  const reason = reasonOf(state);
  const show = () => {
    useSelection.getState().selectBatch(ref);
    onShow();
  };
  const name = title ?? 'untitled';
  return (
    <div className="bulk__row">
      <Glyph name={sign.glyph} className={sign.ink} label={sign.label} />
      <span className="row__id">
        {episodeName(ref.episode)} / {ref.batchId.slice('BATCH_'.length)}
      </span>
      <span className="clip" dir="auto" title={`${name} (${ref.batchId})`}>
        {name} <span className="faint">{ref.project}</span>
      </span>
      {'plan' in state && <PlanCells plan={state.plan} />}
      {state.kind === 'failed' && (
        <Button isSmall onClick={show} aria-label={`Show ${ref.batchId}, ${name}`}>
          Show
        </Button>
      )}
      {reason !== '' && (
        <p className="bulk__reason" dir="auto">
          {reason}
        </p>
      )}
    </div>
  );
}

function PlanCells({ plan }: { readonly plan: BulkPlan }) {
  const { question, from, gate, length } = plan;
  return (
    <span className="bulk__plan">
      {question.kind !== 'markDerived' && length.to !== null && (
        <span className="bulk__length faint hide-narrow">
          {length.from === null ? '' : `${length.from.toFixed(1)} → `}
          {length.to.toFixed(1)} s
        </span>
      )}
      <span className="bulk__move">
        {question.kind !== 'markDerived' && (
          <>
            {from === null ? '–' : `v${from}`}
            <Arrow />
          </>
        )}
        <b>v{question.version}</b>
      </span>
      <span className="bulk__gate">
        <GateSign gate={gate} />
        gate {gate}
      </span>
    </span>
  );
}
