/** What the draft changes so far: against its parent or the active version, in a sentence and in rows that lead to the beats. */
import { memo } from 'react';
import { sceneDuration } from '../../../shared/comparedBody.ts';
import { mainKindOf } from '../../compare/kinds.ts';
import { counted } from '../../scenes/counted.ts';
import { Badge } from '../../ui/Badge.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { sceneRow, useDraft } from '../draftStore.ts';
import { useEditorPanes } from '../editorPanes.ts';
import type { DraftComparison, DraftRow } from './draftComparison.ts';
import { type Against, useLive, useLiveComparison } from './liveComparison.ts';
import type { LiveBases } from './useLiveRunner.ts';
import './changes.css';

export const ChangesSoFar = memo(function ChangesSoFar({ bases }: { readonly bases: LiveBases }) {
  const live = useLiveComparison();
  const isAlone = bases.parent === null && bases.active === null;
  return (
    <>
      <div className="pane__head">
        <h2 className="pane__title">{live ? `Draft against v${live.from}` : 'Draft'}</h2>
        {!isAlone && (
          <span className="push">
            <Bases bases={bases} shown={live?.from ?? null} />
          </span>
        )}
      </div>
      {live && <Changes live={live} />}
      {isAlone && <NewBatch />}
    </>
  );
});

function Bases({ bases, shown }: { readonly bases: LiveBases; readonly shown: number | null }) {
  const against = useLive((state) => state.against);
  const setAgainst = useLive((state) => state.setAgainst);
  const options: readonly (readonly [Against, number | null])[] = [
    ['parent', bases.parent],
    ['active', bases.active],
  ];
  // Where one is missing the other is shown, whichever was asked for.
  const pressed = bases[against] === null ? (against === 'parent' ? 'active' : 'parent') : against;
  return (
    <fieldset className="seg-control">
      <legend className="u-hidden">Against</legend>
      {options.map(([kind, version]) => (
        <button
          key={kind}
          type="button"
          className={kind === pressed && shown !== null ? 'is-on' : undefined}
          aria-pressed={kind === pressed}
          disabled={version === null}
          title={version === null ? `This draft has no ${kind} version that can be read.` : undefined}
          onClick={() => setAgainst(kind)}
        >
          {version === null ? kind : `${kind} v${version}`}
        </button>
      ))}
    </fieldset>
  );
}

function NewBatch() {
  const scene = useDraft((state) => state.draft?.scene);
  if (!scene) return null;
  const seconds = sceneDuration(scene).toFixed(1);
  return (
    <div className="compare__head compare__head--small">
      <p className="sentence">
        A new batch: {counted(scene.beats.length, 'shot')}, {seconds} s.
      </p>
      <p className="weight">There is no version to compare it with.</p>
    </div>
  );
}

/** Beyond these the sentence says it all. */
const mostRows = 200;

const Changes = memo(function Changes({ live }: { readonly live: DraftComparison }) {
  const rows = live.rows.slice(0, mostRows);
  const more = live.rows.length - rows.length;
  return (
    <>
      <div className="compare__head compare__head--small">
        <p className="sentence">{live.sentence}</p>
        <p className="weight">{live.weight}</p>
      </div>
      {(rows.length > 0 || live.scene.length > 0) && (
        <ScrollRegion label="Changes" className="brief">
          <ul>
            {live.scene.length > 0 && <SceneFields fields={live.scene.map(({ path }) => path)} />}
            {rows.map((row, index) => (
              // Rows have no name of their own: two beats may bear one id, and removed ones have no place.
              // biome-ignore lint/suspicious/noArrayIndexKey: the whole list is made anew
              <ChangeRow key={index} row={row} />
            ))}
            {more > 0 && <li className="brief__row brief__row--more faint">and {counted(more, 'more change')}</li>}
          </ul>
        </ScrollRegion>
      )}
    </>
  );
});

const goTo = (beat: number) => {
  useDraft.getState().selectBeat(beat);
  useEditorPanes.getState().showPane('beat');
};

function ChangeRow({ row }: { readonly row: DraftRow }) {
  const kind = mainKindOf(row.kinds);
  const cells = (
    <>
      <Badge glyph={kind} ink={`k-${kind}`}>
        {kind}
        {row.kinds.length > 1 && (
          <span className="u-hidden">, {row.kinds.filter((each) => each !== kind).join(', ')}</span>
        )}
      </Badge>
      <span className="mono faint clip" title={row.beatId}>
        {row.beatId}
      </span>
      <span className="clip" dir="auto" title={row.summary}>
        {row.summary}
      </span>
      <span className="mono dim">{row.fact}</span>
    </>
  );
  const { index } = row;
  return (
    <li>
      {index === null ? (
        <div className="brief__row">{cells}</div>
      ) : (
        <button type="button" className="brief__row" onClick={() => goTo(index)}>
          {cells}
        </button>
      )}
    </li>
  );
}

const SceneFields = ({ fields }: { readonly fields: readonly string[] }) => (
  <li>
    <button type="button" className="brief__row" onClick={() => goTo(sceneRow)}>
      <Badge glyph="edited" ink="k-edited">
        edited
      </Badge>
      <span className="faint">scene</span>
      <span className="mono clip">{fields.map((path) => path.replace(/^\$\.?/, '')).join(', ')}</span>
      <span className="mono dim">{counted(fields.length, 'field')}</span>
    </button>
  </li>
);
