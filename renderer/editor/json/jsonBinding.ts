/** Keeps the text and the draft in step, both ways: what is typed becomes part of the draft in bursts, what the draft becomes is shown. */
import type { BodyFinding } from '../../../shared/bodyFinding.ts';
import type { PendingJson } from '../../../shared/draft.ts';
import type { Scene } from '../../../shared/scene.ts';
import { type OpenDraft, useDraft } from '../draftStore.ts';
import { whileOpen } from '../untaken.ts';
import { type CodeEditor, createCodeEditor } from './codeEditor.ts';
import { showFindings } from './codeFindings.ts';
import { isPendingHere, isSameTarget, type JsonTarget, readTarget, targetValue, textOf } from './jsonTarget.ts';

/** From here on reading a text takes longer than a frame. */
const longText = 100_000;
/** After the last key; a long text waits longer. */
const restMs = (length: number): number => (length < longText ? 250 : 600);
/** A form that is typed into makes a long text anew when it rests. */
const followMs = (length: number): number => (length < longText ? 0 : 400);
const judgeMs = 800;

export interface JsonBinding {
  readonly editor: CodeEditor;
  show(target: JsonTarget, label: string): void;
  /** Takes over what was typed a moment ago. */
  flush(): void;
  destroy(): void;
}

export interface JsonEvents {
  readonly onFindings: (findings: readonly BodyFinding[]) => void;
  /** Ctrl Enter. */
  readonly onSubmit: () => void;
}

export function bindJson(parent: HTMLElement, { onFindings, onSubmit }: JsonEvents): JsonBinding {
  let target: JsonTarget = { scope: 'scene' };
  let typing: ReturnType<typeof setTimeout> | undefined;
  let following: ReturnType<typeof setTimeout> | undefined;
  let judging: ReturnType<typeof setTimeout> | undefined;
  /** What the text stands for; a value that is another one came from elsewhere. */
  let shownValue: unknown;
  let shownPending: PendingJson | null = null;
  let isTyped = false;
  /** While the draft takes what was typed it tells of it, and the text stays as the person wrote it. */
  let isTaking = false;

  const draftNow = (): OpenDraft | null => useDraft.getState().draft;

  let hasFindings = false;
  const tell = (findings: readonly BodyFinding[]) => {
    clearTimeout(judging);
    if (findings.length === 0 && !hasFindings) return;
    hasFindings = findings.length > 0;
    showFindings(editor.view, findings);
    onFindings(findings);
  };

  const remember = (draft: OpenDraft) => {
    shownValue = targetValue(draft, target);
    shownPending = pendingHere(draft, target);
  };

  /** Into the draft: as JSON where it is some, else as the text that it is. */
  const flush = () => {
    clearTimeout(typing);
    const draft = draftNow();
    if (!isTyped || !draft) return;
    isTyped = false;
    const text = editor.view.state.doc.toString();
    const { scene, findings } = readTarget(draft, target, text);
    isTaking = true;
    if (scene !== null) useDraft.getState().change('json', (): Scene => scene, { pending: null });
    else useDraft.getState().setPending({ ...target, text });
    isTaking = false;
    const now = draftNow();
    if (now) remember(now);
    tell(findings);
  };

  const takeLater = () => {
    clearTimeout(typing);
    // Half a syllable is no text yet, and what is drawn beside it could end it.
    typing = setTimeout(() => (editor.view.composing ? takeLater() : flush()), restMs(editor.view.state.doc.length));
  };

  const follow = () => {
    clearTimeout(following);
    const draft = draftNow();
    if (!draft || targetValue(draft, target) === undefined) return;
    const text = textOf(draft, target);
    remember(draft);
    editor.setText(text);
    // A long text that the draft itself wrote holds no error; what else is to be said of it has time.
    clearTimeout(judging);
    if (shownPending !== null || text.length < longText) tell(readTarget(draft, target, text).findings);
    else judging = setTimeout(() => judge(text), judgeMs);
  };

  const judge = (text: string) => {
    const draft = draftNow();
    if (draft && !isTyped) tell(readTarget(draft, target, text).findings);
  };

  const editor = createCodeEditor(parent, {
    onTyped: () => {
      isTyped = true;
      takeLater();
    },
    onLeft: flush,
    undo: () => {
      flush();
      useDraft.getState().undo();
    },
    redo: () => {
      flush();
      useDraft.getState().redo();
    },
    submit: onSubmit,
  });

  const unsubscribe = useDraft.subscribe(({ draft }) => {
    if (!draft || isTyped || isTaking) return;
    // Another beat is selected: it is about to be shown.
    if (target.scope === 'beat' && draft.beat !== target.beat) return;
    if (targetValue(draft, target) === shownValue && pendingHere(draft, target) === shownPending) return;
    clearTimeout(following);
    const wait = followMs(editor.view.state.doc.length);
    if (wait === 0) follow();
    else following = setTimeout(follow, wait);
  });

  const close = whileOpen(flush);
  const binding: JsonBinding = {
    editor,
    show(next, label) {
      const draft = draftNow();
      if (!draft) return;
      editor.setLabel(label);
      editor.setReadOnly(draft.pending !== null && !isPendingHere(draft.pending, next));
      if (isSameTarget(next, target) && shownValue !== undefined) return;
      if (next.scope === target.scope && targetValue(draft, next) === shownValue && !isTyped) {
        // The same beat at another number.
        target = next;
        return;
      }
      flush();
      clearTimeout(following);
      target = next;
      const now = draftNow() ?? draft;
      const text = textOf(now, target);
      remember(now);
      editor.show(text);
      if (shownPending !== null || text.length < longText) tell(readTarget(now, target, text).findings);
      else {
        tell([]);
        judging = setTimeout(() => judge(text), judgeMs);
      }
    },
    flush,
    destroy() {
      flush();
      clearTimeout(following);
      clearTimeout(judging);
      unsubscribe();
      close();
      editor.destroy();
    },
  };
  return binding;
}

const pendingHere = ({ pending }: OpenDraft, target: JsonTarget): PendingJson | null =>
  pending !== null && isPendingHere(pending, target) ? pending : null;
