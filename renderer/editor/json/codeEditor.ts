/** CodeMirror as this house uses it: JSON, no trap for the Tab key, undo by the draft, styles by nonce and tokens. */
import { indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { Annotation, Compartment, EditorState, Prec, Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { difference } from '../difference.ts';
import { codeColours } from './codeColours.ts';
import { findingsExtension } from './codeFindings.ts';
import { hangingIndent } from './hangingIndent.ts';

/** Marks what did not come from the person's hands. */
const fromDraft = Annotation.define<true>();

export interface CodeEditor {
  readonly view: EditorView;
  /** Replaces only what differs, so that the cursor, the selection and the scroll stay. */
  setText(text: string): void;
  /** Begins anew at the top: another document. */
  show(text: string): void;
  setLabel(label: string): void;
  setReadOnly(isReadOnly: boolean): void;
  destroy(): void;
}

export interface CodeEditorEvents {
  readonly onTyped: () => void;
  readonly onLeft: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Ctrl Enter. */
  readonly submit: () => void;
}

const keysHint = 'Tab indents. To leave with Tab, press Escape first. F8 goes to the next error.';

const nonce = (): string => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

export function createCodeEditor(parent: HTMLElement, events: CodeEditorEvents): CodeEditor {
  const label = new Compartment();
  const readOnly = new Compartment();
  const attributes = (text: string) =>
    // Said although an editable text has the focus anyway: axe asks it of what scrolls.
    EditorView.contentAttributes.of({ 'aria-label': text, 'aria-description': keysHint, dir: 'ltr', tabindex: '0' });
  const step = (run: () => void) => () => {
    run();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        EditorView.cspNonce.of(nonce()),
        // One history for form and text: the draft's.
        Prec.highest(
          keymap.of([
            { key: 'Mod-z', run: step(events.undo), preventDefault: true },
            { key: 'Mod-y', run: step(events.redo), preventDefault: true },
            { key: 'Mod-Enter', run: step(events.submit), preventDefault: true },
            { key: 'Mod-Shift-z', run: step(events.redo), preventDefault: true },
          ]),
        ),
        EditorView.domEventHandlers({
          beforeinput: (event) => {
            if (event.inputType === 'historyUndo') events.undo();
            else if (event.inputType === 'historyRedo') events.redo();
            else return false;
            event.preventDefault();
            return true;
          },
          blur: () => events.onLeft(),
        }),
        basicSetup,
        keymap.of([indentWithTab]),
        json(),
        indentUnit.of('  '),
        // Empty, so that the setup's own colours, which know no dark theme, stay away.
        syntaxHighlighting(HighlightStyle.define([])),
        codeColours,
        hangingIndent,
        findingsExtension,
        EditorView.lineWrapping,
        EditorView.updateListener.of(({ docChanged, transactions }) => {
          const isTyped = transactions.some((each) => each.docChanged && each.annotation(fromDraft) === undefined);
          if (docChanged && isTyped) events.onTyped();
        }),
        label.of(attributes('Raw JSON')),
        readOnly.of([]),
      ],
    }),
  });
  const quietly = [fromDraft.of(true), Transaction.addToHistory.of(false)];
  return {
    view,
    setText(text) {
      const change = difference(view.state.doc.toString(), text);
      if (change) view.dispatch({ changes: change, annotations: quietly });
    },
    show(text) {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
        annotations: quietly,
        effects: EditorView.scrollIntoView(0),
      });
    },
    setLabel: (text) => view.dispatch({ effects: label.reconfigure(attributes(text)) }),
    setReadOnly: (isReadOnly) =>
      view.dispatch({
        effects: readOnly.reconfigure(isReadOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []),
      }),
    destroy: () => view.destroy(),
  };
}
