/** Which kind of candidate it is and where it comes from, as the manifest records it; the draft keeps what is said here. */
import type { KeyboardEvent } from 'react';
import { useDraft } from '../draftStore.ts';
import { Combobox } from '../form/Combobox.tsx';
import { sourcesOf } from './sources.ts';
import { type OpenWriting, useWriting } from './writing.ts';

const kinds = [
  { value: 'pickup', hint: 'Shots that are added to what stands' },
  { value: 'reshoot', hint: 'Shots that take the place of others' },
] as const;

interface KindAndSourceProps {
  readonly open: OpenWriting;
  readonly onSubmit: () => void;
}

export function KindAndSource({ open, onSubmit }: KindAndSourceProps) {
  const { kind, source } = open.draft;
  const setSource = (next: string) => {
    useWriting.getState().setSource(next);
    useDraft.getState().setSource(next);
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSubmit();
  };
  return (
    <div className="write-fields">
      <div>
        <span className="write-fields__label" aria-hidden="true">
          Kind
        </span>
        <fieldset className="seg-control">
          <legend className="u-hidden">Kind</legend>
          {kinds.map(({ value, hint }) => (
            <button
              key={value}
              type="button"
              className={value === kind ? 'is-on' : undefined}
              aria-pressed={value === kind}
              title={hint}
              onClick={() => {
                useWriting.getState().setKind(value);
                useDraft.getState().setKind(value);
              }}
            >
              {value}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="write-fields__source">
        <span className="write-fields__label" aria-hidden="true">
          Source
        </span>
        <Combobox
          label="Source"
          value={source}
          suggestions={sourcesOf(open.batch)}
          onChange={setSource}
          onKeyDown={submitByKey}
        />
      </div>
    </div>
  );
}
