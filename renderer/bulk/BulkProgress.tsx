/** How far a decision on many has come: a bar, and a figure that a screen reader hears now and then. */
import type { ItemCounts } from './bulkItem.ts';
import type { BulkJob } from './bulkJob.ts';
import { progressOf, progressText } from './dialogText.ts';

export function BulkProgress({ job, counts }: { readonly job: BulkJob; readonly counts: ItemCounts }) {
  const { at, of } = progressOf(job, counts);
  const percent = of === 0 ? 100 : Math.floor((at / of) * 100);
  return (
    <div className="bulk__progress">
      <div
        className="progress"
        role="progressbar"
        aria-label={job.stage === 'reading' ? 'Looking at each batch' : 'Carried out'}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={at}
        aria-valuetext={progressText(job, counts)}
      >
        <svg aria-hidden="true">
          <rect width={`${percent}%`} height="2" />
        </svg>
      </div>
      <p className="bulk__figure" aria-hidden="true">
        {progressText(job, counts)}
      </p>
      <p className="u-hidden" role="status">
        {percent >= 25 && `${Math.floor(percent / 25) * 25} %`}
      </p>
    </div>
  );
}
