/** What changed inside a beat, field by field and word by word; of a beat that did not change, what it holds. */
import { memo, useMemo } from 'react';
import type { BeatRow, FieldChange } from '../../shared/comparison.ts';
import { beatFields } from './beatFields.ts';
import type { ShownPair } from './beats.ts';
import { type ShownChange, type ShownValue, shownChange } from './fieldChange.ts';
import { type Piece, wordDiff } from './wordDiff.ts';

interface BeatChangesProps {
  readonly row: BeatRow;
  readonly pair: ShownPair;
}

export const BeatChanges = memo(function BeatChanges({ row, pair }: BeatChangesProps) {
  const bodies = { from: pair.from?.body, to: pair.to?.body };
  if (row.changes.length > 0) return <Changes changes={row.changes} bodies={bodies} />;
  return <Changes changes={beatFields(bodies)} bodies={bodies} isQuiet />;
});

interface ChangesProps {
  readonly changes: readonly FieldChange[];
  readonly bodies: Parameters<typeof shownChange>[1];
  /** The values as they are, nothing marked: they came or went with the whole beat, or did not change. */
  readonly isQuiet?: boolean;
}

export const Changes = ({ changes, bodies, isQuiet = false }: ChangesProps) =>
  changes.map((change) => <Change key={change.path} change={shownChange(change, bodies)} isQuiet={isQuiet} />);

function Change({ change, isQuiet }: { readonly change: ShownChange; readonly isQuiet: boolean }) {
  return (
    <tr className="change">
      <th scope="row" className="change__path" title={change.fullPath}>
        <Path text={change.path} />
      </th>
      <Values change={change} isQuiet={isQuiet} />
    </tr>
  );
}

/** Paths break behind a dot or an underscore, not within a word. */
const Path = ({ text }: { readonly text: string }) =>
  text.split(/(?<=[._[\]])/u).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
    <span key={index}>
      {part}
      <wbr />
    </span>
  ));

function Values({ change, isQuiet }: { readonly change: ShownChange; readonly isQuiet: boolean }) {
  const { before, after } = change;
  const words = useMemo(
    () => (!isQuiet && before.kind === 'prose' && after.kind === 'prose' ? wordDiff(before.text, after.text) : null),
    [before, after, isQuiet],
  );
  return (
    <>
      <Value value={before} pieces={words?.before ?? null} side="before" isQuiet={isQuiet} />
      <Value value={after} pieces={words?.after ?? null} side="after" isQuiet={isQuiet} />
    </>
  );
}

interface ValueProps {
  readonly value: ShownValue;
  readonly pieces: readonly Piece[] | null;
  readonly side: 'before' | 'after';
  readonly isQuiet: boolean;
}

function Value({ value, pieces, side, isQuiet }: ValueProps) {
  const Mark = side === 'before' ? 'del' : 'ins';
  if (value.kind === 'absent') {
    return <td className="change__text faint">{isQuiet ? '' : 'not there'}</td>;
  }
  const whole = isQuiet ? value.text : <Mark>{value.text}</Mark>;
  if (value.kind === 'plain') {
    return (
      <td className="change__text" title={value.title ?? undefined}>
        {value.isMono ? <span className="mono">{whole}</span> : whole}
      </td>
    );
  }
  return (
    <td className="change__text" dir="auto">
      {value.speaker !== null && `${value.speaker}: `}
      {/* Apart from the speaker's name, whose script would decide the direction of the line. */}
      <bdi>{pieces ? <Pieces pieces={pieces} mark={Mark} /> : whole}</bdi>
    </td>
  );
}

const Pieces = ({ pieces, mark: Mark }: { readonly pieces: readonly Piece[]; readonly mark: 'ins' | 'del' }) =>
  pieces.map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
    piece.isChanged ? <Mark key={index}>{piece.text}</Mark> : <span key={index}>{piece.text}</span>,
  );
