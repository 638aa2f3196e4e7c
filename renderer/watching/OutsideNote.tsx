/** Under the head of a batch: what others changed in it since the person looked, and the way to what is new. */
import { useQuery } from '@tanstack/react-query';
import type { BatchView } from '../../shared/contract.ts';
import { type BatchRef, batchKey } from '../../shared/ids.ts';
import { chosenVersions, defaultVersion } from '../scenes/chosenVersions.ts';
import { batchesQuery } from '../scenes/queries.ts';
import { useSelection } from '../scenes/selection.ts';
import { clockTime, utcTime } from '../scenes/times.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { type OutsideMark, useOutsideMarks } from './outsideMarks.ts';
import { rowStory, viewStory } from './outsideStory.ts';
import './watching.css';

export function OutsideNote({ refOf, batch }: { readonly refOf: BatchRef; readonly batch: BatchView }) {
  const key = batchKey(refOf);
  const mark = useOutsideMarks((state) => state.marks.get(key));
  const isGone = useOutsideMarks((state) => state.gone?.key === key);
  // The region stands there before anything is said in it, so that a screen reader says it.
  return (
    <div className="outside" role="status">
      {isGone ? <Gone refOf={refOf} mark={mark} /> : mark && <Changed refOf={refOf} batch={batch} mark={mark} />}
    </div>
  );
}

function Gone({ refOf, mark }: { readonly refOf: BatchRef; readonly mark: OutsideMark | undefined }) {
  const rows = useQuery(batchesQuery()).data ?? [];
  const isEpisodeGone = !rows.some(({ project, episode }) => project === refOf.project && episode === refOf.episode);
  return (
    <p className="outside__line outside__line--bad">
      <Glyph name="problem" className="s-bad" />
      <span className="outside__text">
        <b>
          {isEpisodeGone ? 'The folder of this episode is gone' : 'All files of this batch are gone'}
          {mark && `, since ${clockTime(new Date(mark.seenAt).toISOString())}`}.
        </b>{' '}
        What you see was read before. It leaves the list when you go on.
      </span>
    </p>
  );
}

interface ChangedProps {
  readonly refOf: BatchRef;
  readonly batch: BatchView;
  readonly mark: OutsideMark;
}

function Changed({ refOf, batch, mark }: ChangedProps) {
  const { seen, change, before, seenAt } = mark;
  const story = seen && seen !== batch ? viewStory(seen, batch) : rowStory(change, before);
  const at = new Date(seenAt).toISOString();
  return (
    <p className="outside__line">
      <Glyph name="live" className="s-live" />
      <span className="outside__text" dir="auto" title={story.at === null ? undefined : utcTime(story.at)}>
        <b>{story.sentence}</b>
        {story.note !== null && story.note !== '' && ` “${story.note}”`}
      </span>
      {story.at === null && (
        <time className="outside__when" dateTime={at} title={utcTime(at)}>
          seen at {clockTime(at)}
        </time>
      )}
      <ShowNewest batch={batch} />
      <Button
        look="quiet"
        isSmall
        isIcon
        aria-label="Close this note"
        onClick={() => useOutsideMarks.getState().unmark(batchKey(refOf))}
      >
        <Glyph name="close" />
      </Button>
    </p>
  );
}

/** Nothing is switched under the person's eyes: the way there is offered. */
function ShowNewest({ batch }: { readonly batch: BatchView }) {
  const to = useSelection((state) => state.to);
  const from = useSelection((state) => state.from);
  const shown = chosenVersions(batch, { to, from }).to?.version ?? 0;
  const newest = defaultVersion(batch)?.version ?? 0;
  if (newest === shown || newest === 0) return null;
  const show = () => {
    useSelection.getState().selectVersion(newest);
    useSelection.getState().setFrom({ kind: 'active' });
  };
  return (
    <Button isSmall onClick={show}>
      Show v{newest}
    </Button>
  );
}
