/** A line that is too long for the pane goes on under its own beginning, not at the edge: by classes, for a style attribute is refused here. */
import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** As many as the style sheet knows. */
const deepest = 8;

const levels = Array.from({ length: deepest + 1 }, (_, level) => Decoration.line({ class: `hang-${level}` }));

function indents(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const level = Math.min(Math.floor(line.text.search(/\S|$/) / 2), deepest);
      const hanging = levels[level];
      if (hanging) found.add(line.from, line.from, hanging);
      at = line.to + 1;
    }
  }
  return found.finish();
}

export const hangingIndent = ViewPlugin.define(
  (view) => ({
    decorations: indents(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = indents(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);
