/** What is wrong in a file, line by line; the same thing at many places is told once. */
import { type BodyFinding, findingSentence } from '../../../shared/bodyFinding.ts';
import type { BodyError } from '../../../shared/draft.ts';
import { counted } from '../../scenes/counted.ts';
import { Glyph } from '../../ui/Glyph.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';

interface FindingListProps {
  readonly label: string;
  readonly severity: BodyFinding['severity'];
  readonly findings: readonly BodyError[];
}

export function FindingList({ label, severity, findings }: FindingListProps) {
  const ink = severity === 'error' ? 's-bad' : 's-warn';
  return (
    <ScrollRegion label={label} className="findings">
      <ul>
        {grouped(findings, severity).map(({ first, count }) => (
          <li key={`${first.line} ${first.column} ${first.jsonPath}`} className="findings__row">
            <Glyph name="problem" size={12} className={ink} />
            <span className="wrap">
              {findingSentence(first)}
              {count > 1 && <span className="dim"> And at {counted(count - 1, 'more place')}.</span>}
            </span>
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}

interface Group {
  readonly first: BodyError;
  readonly count: number;
}

/** An error is mended at its own place, so each is told; a warning that is the same everywhere only once. */
function grouped(findings: readonly BodyError[], severity: BodyFinding['severity']): readonly Group[] {
  if (severity === 'error') return findings.map((first) => ({ first, count: 1 }));
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const known = groups.get(finding.message);
    groups.set(finding.message, { first: known?.first ?? finding, count: (known?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}
