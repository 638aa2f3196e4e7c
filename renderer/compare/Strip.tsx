/** Both versions drawn to duration on one scale, with a ruler, the moves as lines and the focused beat outlined. */
import { type MouseEvent, memo, useMemo } from 'react';
import { useSelection } from '../scenes/selection.ts';
import type { ShownBeat } from './beats.ts';
import { useGridFocus } from './gridFocus.ts';
import type { ShownKind } from './kinds.ts';
import { rowAt, type StripLayout, type StripShot, stripLayout } from './stripLayout.ts';
import { type Tick, ticks } from './ticks.ts';
import type { ComparisonView } from './useComparisonView.ts';
import { useWidth } from './useWidth.ts';
import './strip.css';

const isTinted = (kind: ShownKind | undefined): boolean => kind !== undefined && kind !== 'same' && kind !== 'shifted';

export const Strip = memo(function Strip({ view }: { readonly view: ComparisonView }) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const { comparison, from, to, isSingle } = view;
  const layout = useMemo(
    () =>
      stripLayout(
        comparison.beats,
        { from: from.map((beat) => beat.durationS), to: to.map((beat) => beat.durationS) },
        width,
      ),
    [comparison.beats, from, to, width],
  );
  const total = (seconds: number) => `${seconds.toFixed(1)} s`;
  return (
    <div
      className="strip"
      role="img"
      aria-label={
        isSingle
          ? `Shots of v${comparison.to} drawn to duration`
          : `Shots of v${comparison.from} and v${comparison.to} drawn to duration. ${comparison.summary}`
      }
    >
      <span />
      <div ref={ref}>
        <Ruler marks={ticks(layout.totalS, width)} pxPerSecond={layout.pxPerSecond} />
      </div>
      <span />
      {!isSingle && (
        <>
          <span className="strip__label">v{comparison.from}</span>
          <Side layout={layout} side="from" beats={from} />
          <span className="strip__total">{total(comparison.durations.from)}</span>
          <span />
          <svg height="12" aria-hidden="true">
            {layout.links.map((link) => (
              <line key={link.row} className="strip__link" x1={link.fromX} y1="0" x2={link.toX} y2="12" />
            ))}
          </svg>
          <span />
        </>
      )}
      <span className="strip__label">v{comparison.to}</span>
      <Side layout={layout} side="to" beats={to} />
      <span className="strip__total">{total(comparison.durations.to)}</span>
    </div>
  );
});

const Ruler = ({ marks, pxPerSecond }: { readonly marks: readonly Tick[]; readonly pxPerSecond: number }) => (
  <svg className="strip__ruler" height="16" aria-hidden="true">
    {marks.map((tick, index) => {
      const x = tick.seconds * pxPerSecond;
      return (
        <g key={tick.seconds}>
          <line x1={x} x2={x} y1="12" y2="16" />
          <text x={x} y="10" textAnchor={index === 0 ? 'start' : 'middle'}>
            {tick.label}
          </text>
        </g>
      );
    })}
  </svg>
);

interface SideProps {
  readonly layout: StripLayout;
  readonly side: 'from' | 'to';
  readonly beats: readonly ShownBeat[];
}

function Side({ layout, side, beats }: SideProps) {
  const places = layout.places[side];
  const goToShot = (event: MouseEvent<SVGSVGElement>) => {
    const row = rowAt(places, event.clientX - event.currentTarget.getBoundingClientRect().left);
    if (row !== null) useGridFocus.getState().goToBeat(row);
  };
  return (
    <svg className="strip__side" height="24" onClick={goToShot} aria-hidden="true">
      <Shots shots={layout[side]} beats={beats} />
      <FocusedShot places={places} />
    </svg>
  );
}

function FocusedShot({ places }: { readonly places: StripLayout['places']['from'] }) {
  const beat = useSelection((state) => state.beat);
  const place = places.get(beat);
  if (!place) return null;
  return <rect className="shot--focus" x={place.x} y="1" width={Math.max(place.width, 2)} height="22" rx="2" />;
}

const Shots = memo(function Shots({
  shots,
  beats,
}: {
  readonly shots: readonly StripShot[];
  readonly beats: readonly ShownBeat[];
}) {
  return shots.map((shot) => {
    const [main] = shot.kinds;
    const tint = main && isTinted(main) ? ` shot--${main}` : '';
    const ink = main && isTinted(main) ? ` k-${main}` : '';
    return (
      <g key={shot.row}>
        <rect className={`shot${tint}`} x={shot.x} y="1" width={shot.width} height="22" rx={shot.width < 4 ? 0 : 2}>
          <title>{titleOf(shot, beats)}</title>
        </rect>
        {shot.hasGlyph && (
          <svg x={shot.x + 4} y="6" width="12" height="12" className={`strip__glyph${ink}`} aria-hidden="true">
            <use href={`#g-${main}`} />
          </svg>
        )}
        {shot.hasNumber && (
          <text className={`shot-label${ink}`} x={shot.x + shot.width - 5} y="16" textAnchor="end">
            {shot.number}
          </text>
        )}
      </g>
    );
  });
});

function titleOf(shot: StripShot, beats: readonly ShownBeat[]): string {
  const kinds = shot.kinds.filter(isTinted);
  if (shot.count > 1) {
    return [`shots ${shot.number} to ${shot.number + shot.count - 1}`, ...kinds].join(', ');
  }
  const beat = beats[shot.number - 1];
  const seconds = beat?.seconds ? `${beat.seconds} s` : 'no duration';
  return [`${shot.number}`, beat?.beatId ?? '', seconds, ...kinds].filter((each) => each !== '').join(', ');
}
