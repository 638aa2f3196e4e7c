/** The two kinds of rows of the batch tree: an episode, and a batch with its marks. */
import { memo } from 'react';
import { episodeName } from '../../shared/ids.ts';
import { countMarked, MarkBox } from '../bulk/MarkBox.tsx';
import { useMarks } from '../bulk/marks.ts';
import { useKeptDrafts } from '../editor/keptDrafts.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { outsideClasses } from '../watching/outsideClasses.ts';
import { useOutsideMarks } from '../watching/outsideMarks.ts';
import type { ListItem } from './batchList.ts';
import { rowSign } from './problemText.ts';

interface RowState {
  readonly index: number;
  readonly isCursor: boolean;
}

const classes = (...names: readonly (string | false)[]) => names.filter((name) => name !== false).join(' ');

export function GroupLine({
  item,
  index,
  isCursor,
}: RowState & { readonly item: ListItem & { readonly kind: 'group' } }) {
  const { group, isOpen } = item;
  const marked = useMarks((state) => countMarked(group.batches, state.marked));
  const all = group.batches.length;
  return (
    <div
      id={`batch-row-${index}`}
      data-index={index}
      role="treeitem"
      tabIndex={-1}
      aria-level={1}
      aria-expanded={isOpen}
      aria-selected={marked === all}
      className={classes('row row--group', isCursor && 'is-cursor')}
    >
      <MarkBox state={marked === 0 ? 'none' : marked === all ? 'all' : 'some'} />
      <Glyph name={isOpen ? 'down' : 'right'} size={12} className="faint" />
      <span className="clip" dir="auto">
        {group.project}
      </span>
      <span className="faint">/ {episodeName(group.episode)}</span>
      <span className="row__count">
        {marked > 0 && (
          <>
            {marked.toLocaleString()} <span className="hide-narrow">selected </span>of{' '}
          </>
        )}
        {all.toLocaleString()}
      </span>
    </div>
  );
}

interface BatchRowProps extends RowState {
  readonly item: ListItem & { readonly kind: 'batch' };
  readonly isSelected: boolean;
}

/** Drawn again only when it changes: scrolling draws the rows that come into sight. */
export const BatchRowLine = memo(function BatchRowLine({ item, index, isCursor, isSelected }: BatchRowProps) {
  const { row, position, size } = item;
  const sign = rowSign(row);
  const title = row.title ?? 'untitled';
  const isMarked = useMarks((state) => state.marked.has(item.key));
  const outside = useOutsideMarks((state) => state.marks.get(item.key));
  const isGone = useOutsideMarks((state) => state.gone?.key === item.key);
  const hasDraft = useKeptDrafts((state) => state.drafts.has(item.key));
  const isAnyMarked = useMarks((state) => state.marked.size > 0);
  return (
    <div
      id={`batch-row-${index}`}
      data-index={index}
      role="treeitem"
      tabIndex={-1}
      aria-level={2}
      aria-posinset={position}
      aria-setsize={size}
      // What is marked is selected, what is shown is current; while nothing is marked the two are one.
      aria-selected={isAnyMarked ? isMarked : isSelected}
      aria-current={isSelected ? 'true' : undefined}
      title={`${title} (${row.batchId})`}
      className={classes(
        'row row--2',
        isSelected && 'is-selected',
        isMarked && 'is-marked',
        isCursor && 'is-cursor',
        ...outsideClasses(outside, isSelected, isGone),
      )}
    >
      <MarkBox state={isMarked ? 'all' : 'none'} />
      <span className="row__id">{row.batchId.slice('BATCH_'.length)}</span>
      <span className={row.title === null ? 'clip faint' : 'clip'} dir="auto">
        {title}
      </span>
      <span className="row__marks">
        {outside && !isSelected && <Glyph name="live" className="s-live" label="Changed by others" />}
        {hasDraft && <Glyph name="draft" size={12} className="s-draft" label="Draft" />}
        {isGone && <span className="s-bad">gone</span>}
        {sign && <Glyph name={sign.glyph} className={sign.ink} label={sign.label} />}
        {row.gate === 'closed' && <Glyph name="gate-closed" className="s-warn" label="Gate closed" />}
        <span className="slot-v strong">{row.activeVersion === null ? '–' : `v${row.activeVersion}`}</span>
        <span className="slot-c">
          {row.newestCandidate !== null && (
            <>
              <Glyph name="candidate" size={12} label="Candidate" />
              <span className="hide-narrow">v{row.newestCandidate}</span>
            </>
          )}
        </span>
      </span>
    </div>
  );
});
