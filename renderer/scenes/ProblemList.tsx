/** What is wrong with a batch: each problem in a sentence, where it is, and what to do. */
import type { BatchView } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { RepairButton } from '../repair/RepairButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { problemSign, problemTitle } from './problemText.ts';
import { useSelection } from './selection.ts';

function readableText(batch: BatchView): string {
  const readable = batch.versions.filter((each) => each.isReadable).length;
  if (readable === 0) return 'None of its bodies can be read either.';
  return readable === 1 ? 'Its one body can still be read.' : `Its ${readable} bodies can still be read.`;
}

export function ProblemList({ refOf, batch }: { readonly refOf: BatchRef; readonly batch: BatchView }) {
  if (batch.problems.length === 0) return null;
  const isThere = (version: number) => batch.versions.some((each) => each.version === version && each.isReadable);
  return (
    <>
      {!batch.isWritable && (
        <Banner look="bad" glyph="problem" title="Nothing in this batch can be written until its manifest is sound.">
          {readableText(batch)}
        </Banner>
      )}
      <ScrollRegion className="problems" label="Problems">
        {batch.problems.map((problem) => {
          const sign = problemSign(problem);
          const { version } = problem;
          return (
            <div className="problem" key={`${problem.code} ${problem.version ?? ''} ${problem.message}`}>
              <Glyph name={sign.glyph} className={sign.ink} label={problem.severity} />
              <b>{problemTitle(problem)}</b>
              <span className="problem__acts">
                {version !== undefined && isThere(version) && (
                  <Button look="quiet" isSmall onClick={() => useSelection.getState().selectVersion(version)}>
                    Show v{version}
                  </Button>
                )}
                <RepairButton batch={refOf} problem={problem} />
              </span>
              <span className="problem__where" dir="auto">
                {problem.message}
              </span>
            </div>
          );
        })}
      </ScrollRegion>
    </>
  );
}
