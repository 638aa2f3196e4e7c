/** The editor: a draft of a scene's body on its way to a candidate, as outline, form, comparison and JSON. */
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { failureOf } from '../queryClient.ts';
import { batchQuery } from '../scenes/queries.ts';
import { useView } from '../view.ts';
import { BeatPane } from './BeatPane.tsx';
import { DraftPane } from './compare/DraftPane.tsx';
import { type OpenDraft, useDraft } from './draftStore.ts';
import { EditorHeader } from './EditorHeader.tsx';
import { EditorNotes } from './EditorNotes.tsx';
import { EditorTabs } from './EditorTabs.tsx';
import { redoEdit, undoEdit } from './editorActions.ts';
import { useEditorPanes } from './editorPanes.ts';
import { Outline } from './outline/Outline.tsx';
import './editor.css';
import './form/form.css';

export function EditorScreen() {
  const draft = useDraft((state) => state.draft);
  const hasDraft = draft !== null;
  // The last draft was put away while its screen was shown.
  useEffect(() => {
    if (!hasDraft) useView.getState().show('scenes');
  }, [hasDraft]);
  return draft && <EditorOf draft={draft} />;
}

function EditorOf({ draft }: { readonly draft: OpenDraft }) {
  const main = useRef<HTMLElement>(null);
  const pane = useEditorPanes((state) => state.pane);
  const batch = useQuery(batchQuery(draft.batch));
  useOneUndo(main);
  useEffect(() => document.getElementById('beat-list')?.focus(), []);
  return (
    <>
      <EditorTabs />
      <main ref={main} className="editor">
        <EditorHeader
          draft={draft}
          batch={batch.data}
          isNew={batch.data === undefined && batch.isError && failureOf(batch.error).code === 'notFound'}
        />
        <EditorNotes draft={draft} batch={batch.data} failure={batch.error} />
        <div className="panes p-editor" data-shows={pane}>
          <Outline draft={draft} />
          <BeatPane draft={draft} />
          <DraftPane draft={draft} />
        </div>
      </main>
    </>
  );
}

/** A field's own undo, from the system's menu or where there is nothing to take back, would make text that nobody typed. */
function useOneUndo(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onBeforeInput = (event: InputEvent) => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
      event.preventDefault();
      if (event.inputType === 'historyUndo') undoEdit();
      else redoEdit();
    };
    const element = root.current;
    element?.addEventListener('beforeinput', onBeforeInput);
    return () => element?.removeEventListener('beforeinput', onBeforeInput);
  }, [root]);
}
