/** In a window too narrow for three panes: which of them is shown. */
import { type EditorPane, useEditorPanes } from './editorPanes.ts';

const panes: readonly { readonly pane: EditorPane; readonly label: string }[] = [
  { pane: 'outline', label: 'Beats' },
  { pane: 'beat', label: 'Fields' },
  { pane: 'json', label: 'Comparison and JSON' },
];

export function EditorTabs() {
  const { pane: shown, showPane } = useEditorPanes();
  return (
    <nav className="pane-tabs pages" aria-label="Panes">
      {panes.map(({ pane, label }) => (
        <button
          key={pane}
          type="button"
          aria-current={pane === shown ? 'true' : undefined}
          onClick={() => showPane(pane)}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}
