/** Who decided what, newest first, with their notes; what came from outside the ledger names nobody. */
import { useMemo } from 'react';
import type { BatchView } from '../../shared/contract.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { chainText, ledgerText } from './ledgerText.ts';
import { fullTime, shortTime, utcTime } from './times.ts';

export function LedgerList({ batch }: { readonly batch: BatchView }) {
  const newestFirst = useMemo(() => [...batch.ledger].reverse(), [batch.ledger]);
  const chain = chainText(batch.ledger, batch.problems);
  return (
    <>
      <h3 className="section-title section-title--line">
        Decisions
        {chain && <span className={`row__count ${chain.ink}`}>{chain.text}</span>}
      </h3>
      {newestFirst.length === 0 ? (
        <p className="ledger__empty">None yet. The first one made here begins the ledger of this batch.</p>
      ) : (
        <ul className="ledger">
          {newestFirst.map((line) => {
            const { glyph, ink, sentence } = ledgerText(line);
            return (
              <li key={`${line.seq} ${line.at}`} className="ledger__row">
                <Glyph name={glyph} className={ink} />
                <span className="clip" dir="auto" title={`${sentence}, ${fullTime(line.at)} (on ${line.by.host})`}>
                  {sentence}
                </span>
                <time className="ledger__when" dateTime={line.at} title={utcTime(line.at)}>
                  {shortTime(line.at)}
                </time>
                {line.note !== null && line.note !== '' && (
                  <span className="ledger__note" dir="auto">
                    {line.note}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
