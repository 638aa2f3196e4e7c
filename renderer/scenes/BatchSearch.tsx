/** The field that filters the list: `/` goes there, Escape empties it, the arrow goes on to the batches. */
import { type KeyboardEvent, useRef } from 'react';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { Keys } from '../ui/Kbd.tsx';
import { focusBatches } from './focus.ts';
import { useSelection } from './selection.ts';

export function BatchSearch() {
  const search = useSelection((state) => state.search);
  const { setSearch } = useSelection.getState();
  const input = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && search !== '') {
      event.preventDefault();
      event.stopPropagation();
      setSearch('');
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      focusBatches();
    }
  };
  const clear = () => {
    setSearch('');
    input.current?.focus();
  };
  return (
    <div className="search">
      <Glyph name="search" />
      <input
        ref={input}
        id="batch-filter"
        className="search__input"
        type="search"
        dir="auto"
        aria-label="Filter by title, batch or character"
        placeholder="Filter by title, batch or character"
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {search === '' ? (
        <span aria-hidden="true">
          <Keys of={['/']} />
        </span>
      ) : (
        <Button look="quiet" isSmall isIcon aria-label="Clear the filter" onClick={clear}>
          <Glyph name="close" size={12} />
        </Button>
      )}
    </div>
  );
}
