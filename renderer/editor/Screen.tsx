/** The editor: a draft of a scene's body, on its way to a candidate. */
import { useDraft } from './draftStore.ts';

export function EditorScreen() {
  const batch = useDraft((state) => state.draft?.batch);
  return (
    <main className="panes p-editor">
      <h1 className="u-hidden">{batch?.batchId ?? 'Editor'}</h1>
    </main>
  );
}
