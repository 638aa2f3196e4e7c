/** The head of the editor: what the draft becomes, whether it is kept, kind and source, and the one button that writes it. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BatchView } from '../../shared/contract.ts';
import { episodeName } from '../../shared/ids.ts';
import type { VersionKind } from '../../shared/manifest.ts';
import { useHostState } from '../scenes/hostState.ts';
import { hostQuery } from '../scenes/queries.ts';
import { clockTime, utcTime } from '../scenes/times.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { Menu, MenuChoice } from '../ui/Menu.tsx';
import { useOutsideMarks } from '../watching/outsideMarks.ts';
import { type OpenDraft, useCanRedo, useCanUndo, useDraft } from './draftStore.ts';
import { askToDiscard, redoEdit, undoEdit } from './editorActions.ts';
import { Combobox } from './form/Combobox.tsx';
import { pendingProblem } from './json/pendingProblem.ts';
import { useJsonPlace } from './jsonPlace.ts';
import { useKeeping } from './keeping.ts';
import { nextVersion } from './nextVersion.ts';
import { leaveEditor } from './openEditor.ts';
import { askToWrite } from './write/askToWrite.ts';
import { handSource, sourcesOf } from './write/sources.ts';
import { reasonAgainstWriting } from './writeReason.ts';

interface DraftAndBatch {
  readonly draft: OpenDraft;
  /** Undefined: not read yet, or not there yet. */
  readonly batch: BatchView | undefined;
}

interface EditorHeaderProps extends DraftAndBatch {
  /** The host knows that there is no such batch. */
  readonly isNew: boolean;
}

export function EditorHeader({ draft, batch, isNew }: EditorHeaderProps) {
  const { batchId, episode } = draft.batch;
  const lostBase = useKeeping((state) => state.lostBase);
  const from = draft.base?.version ?? lostBase?.version ?? null;
  const title = draft.scene.title;
  return (
    <header className="batch batch--edit">
      <Button isSmall onClick={() => void leaveEditor()}>
        <Glyph name="right" size={12} className="g--flip" />
        {isNew ? 'Back to Scenes' : `Back to ${batchId}`}
      </Button>
      <div className="batch__name">
        <h1 className="batch__title clip">
          {isNew && from === null ? `New batch ${batchId}` : `New candidate${from === null ? '' : ` from v${from}`}`}{' '}
          {(batch || isNew) && <span className="faint">will be v{nextVersion(batch)}</span>}
        </h1>
        <div className="batch__where">
          <span className="mono">
            {episodeName(episode)} / {batchId}
          </span>
          <span className="clip hide-narrow" dir="auto">
            {typeof title === 'string' ? title : ''}
          </span>
          <KeptSign />
        </div>
      </div>
      <div className="facts facts--edit">
        {!isNew && (
          <>
            <Kind kind={draft.kind} />
            <Source draft={draft} batch={batch} />
          </>
        )}
        <JsonError draft={draft} />
        <Steps />
        <Button look="quiet" className="hide-narrow" onClick={askToDiscard}>
          Discard draft
        </Button>
        <Write draft={draft} batch={batch} isNew={isNew} />
      </div>
    </header>
  );
}

function KeptSign() {
  const kept = useKeeping((state) => state.kept);
  switch (kept.kind) {
    case 'untouched':
      return <span className="clip hide-narrow">nothing is edited yet</span>;
    case 'failed':
      return (
        <span className="badge s-bad" title={kept.reason}>
          <Glyph name="problem" size={12} />
          draft not kept
        </span>
      );
    case 'keeping':
      return (
        <Badge glyph="draft" ink="s-draft">
          draft<span className="hide-narrow">, being kept</span>
        </Badge>
      );
    case 'kept':
      return (
        <Badge glyph="draft" ink="s-draft">
          draft
          <span className="hide-narrow">
            kept at{' '}
            <time dateTime={kept.at} title={utcTime(kept.at)}>
              {clockTime(kept.at)}
            </time>
          </span>
        </Badge>
      );
  }
}

const kinds: readonly { readonly value: VersionKind; readonly label: string }[] = [
  { value: 'pickup', label: 'pickup' },
  { value: 'reshoot', label: 'reshoot' },
];

const Kind = ({ kind }: { readonly kind: VersionKind }) => (
  <span className="field__pair">
    <span className="fact__k hide-narrow" aria-hidden="true">
      Kind
    </span>
    <Menu
      trigger={
        <button type="button" className="select" aria-label={`Kind: ${kind}`}>
          {kind}
          <Glyph name="down" size={12} />
        </button>
      }
    >
      <MenuChoice label="Kind" value={kind} choices={kinds} onChoose={useDraft.getState().setKind} />
    </Menu>
  </span>
);

function Source({ draft, batch }: DraftAndBatch) {
  const sources = useMemo(() => sourcesOf(batch), [batch]);
  return (
    <span className="field__pair">
      <span className="fact__k hide-narrow" aria-hidden="true">
        Source
      </span>
      <Combobox
        label="Source"
        className="combo--source"
        value={draft.source}
        suggestions={sources}
        placeholder={handSource}
        onChange={useDraft.getState().setSource}
      />
    </span>
  );
}

function JsonError({ draft }: { readonly draft: OpenDraft }) {
  const problem = pendingProblem(draft);
  if (!problem) return null;
  const { pending, finding } = problem;
  const showIt = () => {
    if (pending.scope === 'beat') useDraft.getState().selectBeat(pending.beat);
    useJsonPlace.getState().show(pending.scope === 'beat' ? ['beats', pending.beat] : []);
  };
  return (
    <button type="button" className="badge badge--button s-bad" title={finding.message} onClick={showIt}>
      <Glyph name="problem" size={12} />
      {finding.line === null ? 'JSON error' : `line ${finding.line}`}
    </button>
  );
}

function Steps() {
  const canUndo = useCanUndo();
  const canRedo = useCanRedo();
  return (
    <span className="field__pair field__pair--close">
      <Button
        look="quiet"
        isIcon
        aria-label="Undo"
        aria-keyshortcuts="Control+Z"
        title="Undo"
        disabled={!canUndo}
        onClick={undoEdit}
      >
        <Glyph name="undo" />
      </Button>
      <Button
        look="quiet"
        isIcon
        aria-label="Redo"
        aria-keyshortcuts="Control+Shift+Z"
        title="Redo"
        disabled={!canRedo}
        onClick={redoEdit}
      >
        <Glyph name="undo" className="g--flip" />
      </Button>
    </span>
  );
}

function Write({ draft, batch, isNew }: EditorHeaderProps) {
  const host = useQuery(hostQuery()).data;
  const isConnected = useHostState((state) => state.isConnected);
  // What is gone is asked of it below.
  useOutsideMarks((state) => state.gone);
  const reason = reasonAgainstWriting({ draft, batch, host, isConnected });
  return (
    <Button look="primary" disabled={reason !== null} title={reason ?? undefined} onClick={() => askToWrite()}>
      Write candidate{batch || isNew ? ` v${nextVersion(batch)}` : ''}
    </Button>
  );
}
