/** What will be written, in rows: version, diff, shots and fingerprint. */
import { Fact, Facts, Kinds } from '../../decide/parts.tsx';
import { counted } from '../../scenes/counted.ts';
import { shortFingerprint } from '../../scenes/versionText.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import type { WriteFacts } from './useWriteFacts.ts';
import { parentOf } from './writeCandidate.ts';
import { versionOf } from './writeWords.ts';
import type { OpenWriting } from './writing.ts';

export function CandidateFacts({ open, facts }: { readonly open: OpenWriting; readonly facts: WriteFacts }) {
  const { fingerprint, shots, durationS, changes } = facts;
  const parent = parentOf(open);
  const isFirst = open.batch === null;
  return (
    <Facts>
      <Fact label="Version">
        <Glyph name={isFirst ? 'pointer' : 'candidate'} size={12} className={isFirst ? 's-pointer' : undefined} />
        <b>v{versionOf(open)}</b>
        <span className="dim">
          {isFirst ? 'the first one' : 'candidate'}
          {parent === null ? ', without a parent' : `, from v${parent}`}
        </span>
      </Fact>
      {changes && (
        <Fact label="Diff">
          <Kinds comparison={changes} />
        </Fact>
      )}
      <Fact label="Shots">
        {counted(shots, 'shot')}, {durationS.toFixed(1)} s
      </Fact>
      <Fact label="Fingerprint">
        {fingerprint === null ? (
          <span className="dim">none</span>
        ) : (
          <span className="mono" title={fingerprint}>
            {shortFingerprint(fingerprint)}
          </span>
        )}
      </Fact>
    </Facts>
  );
}
