/** In a window too narrow for three panes: which of them is shown. */
import { type PaneName, usePanels } from './panels.ts';

const panes: readonly { readonly pane: PaneName; readonly label: string }[] = [
  { pane: 'list', label: 'Batches' },
  { pane: 'versions', label: 'Versions' },
  { pane: 'comparison', label: 'Comparison' },
];

export function PaneTabs() {
  const { pane: shown, showPane } = usePanels();
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
