/** Shows what is wrong in the text where it is wrong: the line tinted, its number marked, the place underlined, the sentence under the line. */
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import {
  type EditorState,
  type Extension,
  RangeSet,
  StateEffect,
  StateField,
  type Transaction,
} from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutterLineClass,
  gutterWidgetClass,
  WidgetType,
} from '@codemirror/view';
import { type BodyFinding, findingSentence } from '../../../shared/bodyFinding.ts';

type Severity = BodyFinding['severity'];

/** More sentences between the lines would hide the text itself; the places stay underlined. */
const mostSentences = 50;

class SentenceWidget extends WidgetType {
  readonly sentence: string;
  readonly severity: Severity;

  constructor(sentence: string, severity: Severity) {
    super();
    this.sentence = sentence;
    this.severity = severity;
  }

  override eq(other: SentenceWidget): boolean {
    return other.sentence === this.sentence && other.severity === this.severity;
  }

  override toDOM(): HTMLElement {
    const line = document.createElement('div');
    line.className = `code__message code__message--${this.severity}`;
    line.textContent = this.sentence;
    return line;
  }
}

class LineMarker extends GutterMarker {
  override readonly elementClass: string;

  constructor(severity: Severity) {
    super();
    this.elementClass = `is-${severity}`;
  }
}

const markers = { error: new LineMarker('error'), warning: new LineMarker('warning') };
const lines = {
  error: Decoration.line({ class: 'is-error' }),
  warning: Decoration.line({ class: 'is-warning' }),
};

interface Shown {
  readonly decorations: DecorationSet;
  readonly gutter: RangeSet<GutterMarker>;
}

const nothing: Shown = { decorations: Decoration.none, gutter: RangeSet.empty };

const tell = StateEffect.define<readonly BodyFinding[]>();

const clamped = (state: EditorState, offset: number): number => Math.max(0, Math.min(offset, state.doc.length));

function shownOf(state: EditorState, findings: readonly BodyFinding[]): Shown {
  const worst = new Map<number, Severity>();
  const sentences = findings.slice(0, mostSentences).map(({ offset, ...finding }) => {
    const line = state.doc.lineAt(clamped(state, offset));
    const side = Decoration.widget({
      widget: new SentenceWidget(findingSentence(finding), finding.severity),
      block: true,
      side: 1,
    });
    return side.range(line.to);
  });
  for (const { offset, severity } of findings) {
    const { from } = state.doc.lineAt(clamped(state, offset));
    if (worst.get(from) !== 'error') worst.set(from, severity);
  }
  const tinted = [...worst].map(([from, severity]) => lines[severity].range(from));
  return {
    decorations: Decoration.set([...tinted, ...sentences], true),
    gutter: RangeSet.of(
      [...worst].map(([from, severity]) => markers[severity].range(from)),
      true,
    ),
  };
}

const shown = StateField.define<Shown>({
  create: () => nothing,
  update(before, transaction: Transaction) {
    let now = before;
    if (transaction.docChanged) {
      now = { decorations: now.decorations.map(transaction.changes), gutter: now.gutter.map(transaction.changes) };
    }
    for (const effect of transaction.effects) if (effect.is(tell)) now = shownOf(transaction.state, effect.value);
    return now;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ decorations }) => decorations),
    gutterLineClass.from(field, ({ gutter }) => gutter),
  ],
});

export const findingsExtension: Extension = [
  shown,
  gutterWidgetClass.of((_view, widget) => (widget instanceof SentenceWidget ? markers[widget.severity] : null)),
];

function diagnosticOf(state: EditorState, { offset, length, severity, message }: BodyFinding): Diagnostic {
  const from = clamped(state, offset);
  return { from, to: clamped(state, offset + Math.max(length, 1)), severity, message };
}

/** They stay until others are told, and move with the text meanwhile. */
export function showFindings(view: EditorView, findings: readonly BodyFinding[]): void {
  view.dispatch({ effects: tell.of(findings) });
  view.dispatch(
    setDiagnostics(
      view.state,
      findings.map((finding) => diagnosticOf(view.state, finding)),
    ),
  );
}
