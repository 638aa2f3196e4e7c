/** One row of the comparison: what happened to the beat, and the beat in either version. */
import { memo } from 'react';
import type { BeatRow } from '../../shared/comparison.ts';
import { shortFingerprint } from '../scenes/versionText.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { pairOf, type ShownBeat, type ShownPair } from './beats.ts';
import { factOf, mainKind, rowInWords, shownKinds } from './kinds.ts';
import type { ComparisonView } from './useComparisonView.ts';

interface DiffRowProps {
  readonly view: ComparisonView;
  readonly index: number;
  readonly row: BeatRow;
  readonly isOpen: boolean;
  /** Holds the one tab stop of the table. */
  readonly isCursor: boolean;
}

export const DiffRow = memo(function DiffRow({ view, index, row, isOpen, isCursor }: DiffRowProps) {
  const pair = pairOf(row, view.from, view.to);
  const isQuiet = row.kinds.length === 0;
  const classes = ['diff__row', isQuiet ? 'is-same' : '', isOpen ? 'is-open' : ''];
  return (
    <tr
      className={classes.filter((each) => each !== '').join(' ')}
      aria-rowindex={index + 2}
      tabIndex={isCursor ? 0 : -1}
      data-row={index}
    >
      {!view.isSingle && <Kind row={row} pair={pair} isOpen={isOpen} />}
      {!view.isSingle && <Side row={row} pair={pair} side="from" missing={`not in v${view.comparison.from}`} />}
      <Side row={row} pair={pair} side="to" missing={`not in v${view.comparison.to}`} />
    </tr>
  );
});

interface KindProps {
  readonly row: BeatRow;
  readonly pair: ShownPair;
  readonly isOpen: boolean;
}

/** Holds the row's `aria-expanded`: ARIA gives a row of a grid none. */
function Kind({ row, pair, isOpen }: KindProps) {
  const kinds = shownKinds(row);
  const main = mainKind(row);
  const fact = factOf(row, { from: pair.from?.durationS ?? null, to: pair.to?.durationS ?? null });
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid is a gridcell, which may be expanded
    <td
      aria-expanded={isOpen}
      className={`diff__kind ${main === 'same' ? 'faint' : `k-${main}`}`}
      title={rowInWords(row)}
    >
      {kinds.map((kind) => (
        <Glyph key={kind} name={kind} className={kind === main || kind === 'same' ? undefined : `k-${kind}`} />
      ))}
      <span>{main}</span>
      {kinds.length > 1 && <span className="u-hidden">, {kinds.slice(1).join(', ')}</span>}
      {fact !== '' && <span className="diff__fact">{fact}</span>}
    </td>
  );
}

interface SideProps {
  readonly row: BeatRow;
  readonly pair: ShownPair;
  readonly side: 'from' | 'to';
  readonly missing: string;
}

function Side({ row, pair, side, missing }: SideProps) {
  const beat = pair[side];
  if (!beat) {
    return (
      <td className="side is-absent">
        <span />
        <span />
        <span className="faint">{missing}</span>
        <span />
        <span />
      </td>
    );
  }
  const kind = mainKind(row);
  const tint = kind === 'same' || kind === 'shifted' ? '' : ` side--${kind}`;
  return (
    <td className={`side${tint}`}>
      <BeatCells beat={beat} fingerprint={row.fingerprints[side]} row={row} pair={pair} />
    </td>
  );
}

interface BeatCellsProps {
  readonly beat: ShownBeat;
  readonly fingerprint: string | null;
  readonly row: BeatRow;
  readonly pair: ShownPair;
}

function BeatCells({ beat, fingerprint, row, pair }: BeatCellsProps) {
  const isRetimed = pair.from !== null && pair.to !== null && pair.from.seconds !== pair.to.seconds;
  return (
    <>
      <span className={row.kinds.includes('moved') ? 'is-changed' : undefined}>{beat.number}</span>
      <span title={beat.beatId}>{beat.beatId}</span>
      <span className="clip" dir="auto" title={beat.text}>
        {beat.text === '' ? <span className="faint">no summary</span> : beat.text}
      </span>
      <span className={isRetimed ? 'is-changed' : undefined} title={beat.seconds}>
        {beat.seconds === '' ? '–' : beat.seconds}
      </span>
      <span title={fingerprint ?? undefined}>{fingerprint === null ? '' : shortFingerprint(fingerprint)}</span>
    </>
  );
}
