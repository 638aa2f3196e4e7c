/** How far a verification of everything has come, or how the last one ended. */
import { counted } from '../scenes/counted.ts';
import { clockTime, utcTime } from '../scenes/times.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { useProblems } from './problemsState.ts';

export function VerifyLine() {
  const verification = useProblems((state) => state.verification);
  switch (verification.kind) {
    case 'none':
      return null;
    case 'underWay': {
      const { checked, total } = verification;
      const percent = total === 0 ? 0 : Math.floor((checked / total) * 100);
      const text =
        total === 0 ? 'Listing the batches' : `${checked.toLocaleString()} of ${total.toLocaleString()} batches read`;
      return (
        <div className="verify">
          <div
            className="progress"
            role="progressbar"
            aria-label="Reading every batch anew"
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={checked}
            aria-valuetext={text}
          >
            <svg aria-hidden="true">
              <rect width={`${percent}%`} height="2" />
            </svg>
          </div>
          <p className="verify__text" aria-hidden="true">
            {text}
          </p>
        </div>
      );
    }
    case 'ended': {
      const { checked, total, isComplete, at } = verification;
      return (
        <p className="verify verify__text" role="status">
          <Glyph name={isComplete ? 'check' : 'stop'} size={12} className={isComplete ? 's-ok' : 's-warn'} />
          <span title={utcTime(at)}>
            {isComplete
              ? `${counted(total, 'batch was', 'batches were')} read anew at ${clockTime(at)}.`
              : `Stopped at ${clockTime(at)}, after ${checked.toLocaleString()} of ${counted(total, 'batch', 'batches')}; the others are checked by themselves.`}
          </span>
        </p>
      );
    }
  }
}
