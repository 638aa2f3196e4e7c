/** The four filters of the list with their counts; one stop, arrows choose. */
import { type KeyboardEvent, type MouseEvent, useId } from 'react';
import { Glyph, type GlyphName } from '../ui/Glyph.tsx';
import { listFilters } from './batchList.ts';
import { keepFocus } from './focus.ts';
import { type ListFilter, useSelection } from './selection.ts';
import { stepTo } from './stepTo.ts';

export const filterNames: Readonly<Record<ListFilter, string>> = {
  all: 'All',
  needsReview: 'Needs review',
  gateClosed: 'Gate closed',
  problems: 'Problems',
};

const signs: Readonly<Record<ListFilter, { readonly glyph: GlyphName; readonly ink: string }>> = {
  all: { glyph: 'list', ink: 'faint' },
  needsReview: { glyph: 'candidate', ink: 'faint' },
  gateClosed: { glyph: 'gate-closed', ink: 's-warn' },
  problems: { glyph: 'problem', ink: 's-bad' },
};

export function BatchFilters({ counts }: { readonly counts: Readonly<Record<ListFilter, number>> }) {
  const chosen = useSelection((state) => state.filter);
  const { setFilter } = useSelection.getState();
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const next = listFilters[stepTo(event.key, listFilters.indexOf(chosen), listFilters.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    setFilter(next);
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-filter]') : null;
    const filter = listFilters.find((each) => each === row?.dataset.filter);
    if (filter) setFilter(filter);
  };
  return (
    <div
      className="filters"
      role="listbox"
      aria-label="Filter"
      tabIndex={0}
      aria-activedescendant={`${id}-${chosen}`}
      onFocus={keepFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {listFilters.map((filter) => (
        <div
          key={filter}
          id={`${id}-${filter}`}
          role="option"
          tabIndex={-1}
          data-filter={filter}
          aria-selected={filter === chosen}
          className={filter === chosen ? 'row is-selected' : 'row'}
        >
          <Glyph name={signs[filter].glyph} className={signs[filter].ink} />
          <span>{filterNames[filter]}</span>
          <span className="row__count">{counts[filter].toLocaleString()}</span>
        </div>
      ))}
    </div>
  );
}
