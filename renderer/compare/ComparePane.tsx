/** The comparison: what changed between two versions, said, drawn and listed, and what can be decided about it. */
import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/shallow';
import type { BatchView } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import { failureOf } from '../queryClient.ts';
import { type ChosenVersions, chosenVersions } from '../scenes/chosenVersions.ts';
import { useSelection } from '../scenes/selection.ts';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { ActionBar } from './ActionBar.tsx';
import { CompareHead } from './CompareHead.tsx';
import { CompareSummary } from './CompareSummary.tsx';
import { DiffTable } from './DiffTable.tsx';
import { Strip } from './Strip.tsx';
import { duplicatesSentence, footSentences, singleSentence } from './sentences.ts';
import { useShownComparison } from './shownComparison.ts';
import { type ComparisonState, type ComparisonView, canCompare, useComparisonView } from './useComparisonView.ts';
import './compare.css';

export function ComparePane({ batch, refOf }: { readonly batch: BatchView; readonly refOf: BatchRef }) {
  const selection = useSelection(useShallow(({ to, from }) => ({ to, from })));
  const chosen = chosenVersions(batch, selection);
  const state = useComparisonView(batch, refOf, chosen);
  const show = useShownComparison((shown) => shown.show);
  useEffect(() => {
    show(state.isLoading ? null : state.view);
    return () => show(null);
  }, [show, state.isLoading, state.view]);
  return (
    <section className="pane" aria-label="Comparison" data-pane="comparison">
      <CompareHead chosen={chosen} view={state.view} />
      {state.isLoading && <Progress />}
      <CompareBody batch={batch} chosen={chosen} state={state} />
      <ActionBar refOf={refOf} batch={batch} to={chosen.to} />
    </section>
  );
}

const Progress = () => (
  <div className="compare__progress">
    <div className="progress" role="progressbar" aria-label="The comparison is being made">
      <svg aria-hidden="true">
        <rect width="30%" height="2" />
      </svg>
    </div>
  </div>
);

interface CompareBodyProps {
  readonly batch: BatchView;
  readonly chosen: ChosenVersions;
  readonly state: ComparisonState;
}

function CompareBody({ batch, chosen, state }: CompareBodyProps) {
  const { from, to } = chosen;
  const unreadable = [to, from].filter(
    (each, index, all): each is VersionSummary => each !== null && !canCompare(each) && all.indexOf(each) === index,
  );
  if (!to) {
    return (
      <Empty title="This batch has no version that can be shown">
        What was found in its folder stands among the problems above.
      </Empty>
    );
  }
  return (
    <div className="compare" aria-busy={state.isLoading}>
      {unreadable.map((version) => (
        <UnreadableVersion key={version.version} version={version} />
      ))}
      {state.failure !== null && <Failed state={state} />}
      {state.view && <Shown key={state.view.key} batch={batch} view={state.view} chosen={chosen} />}
    </div>
  );
}

const Empty = ({ title, children }: { readonly title: string; readonly children: string }) => (
  <div className="pane__body">
    <div className="empty">
      <h3 className="strong">{title}</h3>
      <p className="empty__text">{children}</p>
    </div>
  </div>
);

const UnreadableVersion = ({ version }: { readonly version: VersionSummary }) => (
  <div className="problem" role="note">
    <Glyph name="problem" className="s-bad" />
    <span>
      <b>
        v{version.version} cannot be {version.isReadable ? '' : 'read, so it cannot be '}compared.
      </b>
    </span>
    <span className="problem__where wrap">
      {version.problem?.message ?? version.artifact} Any other version can still be chosen.
    </span>
  </div>
);

const Failed = ({ state }: { readonly state: ComparisonState }) => (
  <div className="problem" role="alert">
    <Glyph name="problem" className="s-bad" />
    <span>
      <b>The comparison could not be made.</b>
    </span>
    <Button isSmall onClick={state.retry}>
      Try again
    </Button>
    <span className="problem__where wrap">{failureOf(state.failure).message}</span>
  </div>
);

interface ShownProps {
  readonly batch: BatchView;
  readonly view: ComparisonView;
  readonly chosen: ChosenVersions;
}

function Shown({ batch, view, chosen }: ShownProps) {
  // As state: the table is laid out before its parent's ref is set.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const versionOf = (version: number) => batch.versions.find((each) => each.version === version) ?? null;
  const duplicates = duplicatesSentence(view.comparison);
  return (
    <>
      {view.isSingle ? (
        <div className="compare__head">
          <p className="sentence">{singleSentence(view.comparison.to, view.to.length, view.comparison.durations.to)}</p>
          <p className="weight">{whyAlone(batch, chosen)}</p>
        </div>
      ) : (
        <CompareSummary view={view} />
      )}
      <Strip view={view} />
      {duplicates && (
        <p className="compare__note">
          <Glyph name="problem" size={12} className="s-warn" />
          {duplicates}
        </p>
      )}
      <div className="pane__body compare__body" ref={setScroller}>
        <DiffTable
          view={view}
          states={{ from: versionOf(view.comparison.from), to: versionOf(view.comparison.to) }}
          scroller={scroller}
        />
        <p className="diff__foot">
          {footSentences(view).map((sentence) => (
            <span key={sentence}>{sentence}</span>
          ))}
          <HowToOpen />
        </p>
      </div>
    </>
  );
}

/** Rows show no sign that they open; it is said until the first one is. */
function HowToOpen() {
  const isAnyOpen = useSelection((state) => state.openBeats.size > 0);
  return isAnyOpen ? null : <span className="faint">A click or Enter opens a beat.</span>;
}

function whyAlone(batch: BatchView, { from, to }: ChosenVersions): string {
  if (batch.versions.length === 1) return 'It is the only version, so there is nothing to compare it with yet.';
  if (from && to && from.version !== to.version) return 'It is shown alone.';
  return 'It stands on both sides. Choose another version in the list, or a baseline above.';
}
