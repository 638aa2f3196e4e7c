/** In the status bar: what others changed last, in one sentence however many batches it was. */
import { batchKey } from '../../shared/ids.ts';
import { clockTime, utcTime } from '../scenes/times.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { useOutsideMarks } from './outsideMarks.ts';
import { manyStory, rowStory } from './outsideStory.ts';

export function LatestChange() {
  const latest = useOutsideMarks((state) => state.latest);
  const [only, ...others] = latest?.changes ?? [];
  if (!latest || !only) return null;
  const { batch } = only;
  const sentence =
    others.length === 0
      ? `${batch.batchId}: ${rowStory(only, latest.before).sentence}`
      : `${manyStory(latest.changes)}.`;
  const at = new Date(latest.seenAt).toISOString();
  return (
    <span className="statusbar__latest" title={others.length === 0 ? `${batchKey(batch)}: ${sentence}` : sentence}>
      <Glyph name="live" size={12} className="s-live" />
      <span className="clip" dir="auto">
        {sentence}
      </span>
      <time className="hide-narrow" dateTime={at} title={utcTime(at)}>
        {clockTime(at)}
      </time>
    </span>
  );
}
