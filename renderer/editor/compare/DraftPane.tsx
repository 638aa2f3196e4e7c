/** The pane at the right of the editor: what the draft changes so far, and under it the raw JSON. */

import { lazy, Suspense } from 'react';
import type { OpenDraft } from '../draftStore.ts';
import { ChangesSoFar } from './ChangesSoFar.tsx';
import { useLiveRunner } from './useLiveRunner.ts';

/** The text editor is larger than the rest of the window together, so it comes when it is first needed. */
const JsonPane = lazy(async () => ({ default: (await import('../json/JsonPane.tsx')).JsonPane }));

export function DraftPane({ draft }: { readonly draft: OpenDraft }) {
  const bases = useLiveRunner(draft);
  return (
    <section className="pane" aria-label="Live comparison and JSON" data-pane="json">
      <ChangesSoFar bases={bases} />
      <Suspense fallback={<div className="pane__body" aria-busy="true" />}>
        <JsonPane draft={draft} />
      </Suspense>
    </section>
  );
}
