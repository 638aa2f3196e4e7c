/** The colours of JSON by classes of the house's own style sheet, drawn only where the text can be seen. */
import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

const marks: ReadonlyMap<string, Decoration> = new Map([
  ['PropertyName', Decoration.mark({ class: 'c-key' })],
  ['String', Decoration.mark({ class: 'c-str' })],
  ...['Number', 'True', 'False', 'Null'].map((name) => [name, Decoration.mark({ class: 'c-num' })] as const),
]);

function colours(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const mark = marks.get(node.name);
        if (mark) found.add(node.from, node.to, mark);
      },
    });
  }
  return found.finish();
}

export const codeColours = ViewPlugin.define(
  (view) => ({
    decorations: colours(view),
    update(update: ViewUpdate) {
      const isNewTree = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || isNewTree) this.decorations = colours(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);
