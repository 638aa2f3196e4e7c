/** The raw JSON of the selected beat or of the whole scene, edited beside the form, with what is wrong at its line. */
import { EditorSelection } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { BodyFinding } from '../../../shared/bodyFinding.ts';
import { counted } from '../../scenes/counted.ts';
import { Button } from '../../ui/Button.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import type { Path } from '../draftDocument.ts';
import { type OpenDraft, sceneRow, useDraft } from '../draftStore.ts';
import { useJsonPlace } from '../jsonPlace.ts';
import { askToWrite } from '../write/askToWrite.ts';
import { bindJson, type JsonBinding } from './jsonBinding.ts';
import { isPendingHere, type JsonTarget } from './jsonTarget.ts';
import { pendingProblem } from './pendingProblem.ts';
import './json.css';

type Scope = JsonTarget['scope'];

const nothing: readonly BodyFinding[] = [];
const scopes = ['beat', 'scene'] as const;

function beatName({ scene, beat }: OpenDraft): string {
  const id = scene.beats[beat]?.beat_id;
  return typeof id === 'string' && id !== '' ? id : `beat ${beat + 1}`;
}

/** What stands in a place of the scene, seen from the text that shows it. */
function placeIn(target: JsonTarget, path: Path): Path | null {
  if (target.scope === 'scene') return path;
  return path[0] === 'beats' && path[1] === target.beat ? path.slice(2) : null;
}

export function JsonPane({ draft }: { readonly draft: OpenDraft }) {
  const host = useRef<HTMLDivElement>(null);
  const [binding, setBinding] = useState<JsonBinding | null>(null);
  const [findings, setFindings] = useState(nothing);
  const [scope, setScope] = useState<Scope>(draft.pending?.scope ?? 'beat');
  const hasBeat = draft.beat !== sceneRow && draft.scene.beats[draft.beat] !== undefined;
  const shown: Scope = hasBeat ? scope : 'scene';
  const name = beatName(draft);
  const label = shown === 'beat' ? `Raw JSON of ${name}` : 'Raw JSON of the whole scene';

  useEffect(() => {
    if (!host.current) return;
    const made = bindJson(host.current, { onFindings: setFindings, onSubmit: () => void askToWrite() });
    setBinding(made);
    return () => made.destroy();
  }, []);
  const { beat, pending } = draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: pending decides whether the text may be typed into
  useEffect(() => {
    binding?.show(shown === 'beat' ? { scope: 'beat', beat } : { scope: 'scene' }, label);
  }, [binding, shown, beat, label, pending]);
  useAskedPlace(binding, setScope);

  const goToFinding = () => {
    const first = findings.find(({ severity }) => severity === 'error') ?? findings[0];
    if (!binding || !first) return;
    const { view } = binding.editor;
    const at = Math.min(first.offset, view.state.doc.length);
    view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    view.focus();
  };
  const isPendingElsewhere =
    pending !== null && !isPendingHere(pending, shown === 'beat' ? { scope: 'beat', beat } : { scope: 'scene' });
  return (
    <>
      <div className="pane__head pane__head--mid">
        <ScopeTabs shown={shown} name={hasBeat ? name : null} onChoose={setScope} />
        <FindingCount findings={findings} onGo={goToFinding} />
      </div>
      {isPendingElsewhere && <PendingNotice draft={draft} onGo={(next) => setScope(next)} />}
      <div
        ref={host}
        id="json-text"
        role="tabpanel"
        aria-labelledby={`json-tab-${shown}`}
        className={isPendingElsewhere ? 'code code--editor is-read-only' : 'code code--editor'}
      />
    </>
  );
}

/** Somebody asked to see a place of the body: the text that shows it is shown, and the place selected. */
function useAskedPlace(binding: JsonBinding | null, setScope: (scope: Scope) => void): void {
  const asked = useJsonPlace((state) => state.asked);
  useEffect(() => {
    const beat = useDraft.getState().draft?.beat ?? sceneRow;
    if (!binding || !asked) return;
    // Asked for once: another pane, or another draft, begins without it.
    useJsonPlace.setState({ asked: null });
    const target: JsonTarget =
      asked.path[0] === 'beats' && asked.path[1] === beat ? { scope: 'beat', beat } : { scope: 'scene' };
    setScope(target.scope);
    // Behind the effect that shows that text.
    setTimeout(() => selectPlace(binding, placeIn(target, asked.path)));
  }, [binding, asked, setScope]);
}

function selectPlace({ editor: { view } }: JsonBinding, path: Path | null): void {
  if (!view.dom.isConnected) return;
  const root = parseTree(view.state.doc.toString());
  const node = root && path && findNodeAtLocation(root, [...path]);
  view.focus();
  if (!node) return;
  view.dispatch({
    selection: EditorSelection.range(node.offset, node.offset + node.length),
    effects: EditorView.scrollIntoView(node.offset, { y: 'center' }),
  });
}

interface ScopeTabsProps {
  readonly shown: Scope;
  /** Null: no beat is selected. */
  readonly name: string | null;
  readonly onChoose: (scope: Scope) => void;
}

function ScopeTabs({ shown, name, onChoose }: ScopeTabsProps) {
  const labels: Record<Scope, string> = {
    beat: name === null ? 'Raw JSON' : `Raw JSON of ${name}`,
    scene: 'Whole scene',
  };
  const step = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = shown === 'beat' ? 'scene' : 'beat';
    if (next === 'beat' && name === null) return;
    onChoose(next);
    document.getElementById(`json-tab-${next}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Raw JSON">
      {scopes.map((scope) => (
        <button
          key={scope}
          type="button"
          role="tab"
          id={`json-tab-${scope}`}
          aria-controls="json-text"
          aria-selected={scope === shown}
          tabIndex={scope === shown ? 0 : -1}
          className={scope === shown ? 'is-on' : undefined}
          disabled={scope === 'beat' && name === null}
          onClick={() => onChoose(scope)}
          onKeyDown={step}
        >
          {labels[scope]}
        </button>
      ))}
    </div>
  );
}

function FindingCount({ findings, onGo }: { readonly findings: readonly BodyFinding[]; readonly onGo: () => void }) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const told = errors > 0 ? counted(errors, 'error') : counted(warnings, 'warning');
  return (
    <span role="status" className="push">
      {findings.length > 0 && (
        <button
          type="button"
          className={`badge json-count ${errors > 0 ? 's-bad' : 's-warn'}`}
          title={
            errors > 0 && warnings > 0
              ? `and ${counted(warnings, 'warning')}: go to the first error`
              : 'Go to the first one'
          }
          onClick={onGo}
        >
          <Glyph name="problem" size={12} />
          {told}
        </button>
      )}
    </span>
  );
}

interface PendingNoticeProps {
  readonly draft: OpenDraft;
  readonly onGo: (scope: Scope) => void;
}

/** One text that is no JSON yet at a time: a second one would have to push out the first. */
function PendingNotice({ draft, onGo }: PendingNoticeProps) {
  const problem = pendingProblem(draft);
  if (!problem) return null;
  const { pending, place } = problem;
  const go = () => {
    if (pending.scope === 'beat') useDraft.getState().selectBeat(pending.beat);
    onGo(pending.scope);
  };
  return (
    <div className="notice notice--in" role="status">
      <Glyph name="problem" className="s-warn" />
      <span>The text of {place} is not finished. Mend it first; until then this one can only be read.</span>
      <Button isSmall className="push" onClick={go}>
        Go to {place}
      </Button>
    </div>
  );
}
