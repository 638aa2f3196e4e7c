/** The pane at the right of the editor: what the draft changes so far, and under it the raw JSON. */

import type { OpenDraft } from '../draftStore.ts';
import { JsonPane } from '../json/JsonPane.tsx';
import { ChangesSoFar } from './ChangesSoFar.tsx';
import { useLiveRunner } from './useLiveRunner.ts';

export function DraftPane({ draft }: { readonly draft: OpenDraft }) {
  const bases = useLiveRunner(draft);
  return (
    <section className="pane" aria-label="Live comparison and JSON" data-pane="json">
      <ChangesSoFar bases={bases} />
      <JsonPane draft={draft} />
    </section>
  );
}
