/** One beat in the outline, and how it is picked up. */
import { useDraggable } from '@dnd-kit/react';
import { kindsInOrder } from '../../compare/kinds.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { useBeatKinds } from '../compare/liveComparison.ts';
import type { OutlineBeat } from './outlineRows.ts';

interface OutlineRowProps {
  readonly beat: OutlineBeat;
  /** From 0, among the beats. */
  readonly index: number;
  readonly count: number;
  readonly isSelected: boolean;
  readonly isLocked: boolean;
}

export function OutlineRow({ beat, index, count, isSelected, isLocked }: OutlineRowProps) {
  const { ref, isDragging } = useDraggable({ id: index, disabled: isLocked });
  const kinds = useBeatKinds(index);
  const classes = ['row', isSelected ? 'is-selected' : '', isDragging ? 'is-dragging' : ''];
  return (
    <div
      ref={ref}
      id={`beat-row-${index}`}
      data-index={index}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      // The scene's own row is the first of the list.
      aria-posinset={index + 2}
      aria-setsize={count + 1}
      className={classes.filter((each) => each !== '').join(' ')}
      title={beat.summary}
    >
      <span className="row__n faint" style={{ minWidth: `${String(count).length}ch` }}>
        {index + 1}
      </span>
      <span className={beat.summary === '' ? 'row__id' : 'row__id hide-narrow'}>{beat.id === '' ? '–' : beat.id}</span>
      <span className={beat.summary === '' ? 'clip faint' : 'clip'} dir="auto">
        {beat.summary === '' ? 'no summary' : beat.summary}
      </span>
      <span className="row__marks">
        {kindsInOrder
          .filter((kind) => kinds.includes(kind))
          .map((kind) => (
            <Glyph key={kind} name={kind} size={12} className={`k-${kind}`} label={kind} />
          ))}
        <span className="row__d">{beat.seconds}</span>
      </span>
    </div>
  );
}
