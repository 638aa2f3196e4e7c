/** What a person must know of the batch while they edit: it was damaged, or the version that the draft came from is gone. */
import { useQuery } from '@tanstack/react-query';
import type { BatchView } from '../../shared/contract.ts';
import { batchKey } from '../../shared/ids.ts';
import { failureOf } from '../queryClient.ts';
import { useHostState } from '../scenes/hostState.ts';
import { hostQuery } from '../scenes/queries.ts';
import { Banner } from '../ui/Banner.tsx';
import { useOutsideMarks } from '../watching/outsideMarks.ts';
import { type OpenDraft, useDraft } from './draftStore.ts';
import { keepInstead, useKeeping } from './keeping.ts';
import { saveDraftAsFile } from './saveDraftAsFile.ts';

interface EditorNotesProps {
  readonly draft: OpenDraft;
  readonly batch: BatchView | undefined;
  readonly failure: Error | null;
}

export function EditorNotes({ draft, batch, failure }: EditorNotesProps) {
  const { kept, lostBase, keptElsewhereAt } = useKeeping();
  const isConnected = useHostState((state) => state.isConnected);
  const { batchId } = draft.batch;
  const base = draft.base?.version ?? null;
  const isGone = useOutsideMarks((state) => state.gone?.key === batchKey(draft.batch));
  const isBrowser = useQuery(hostQuery()).data?.kind === 'browser';
  if (kept.kind === 'failed' && keptElsewhereAt !== null) {
    return (
      <Banner
        look="bad"
        glyph="problem"
        title="The draft is not kept."
        action={{ label: 'Keep this one instead', run: () => void keepInstead() }}
      >
        {kept.reason} Keep this one instead, and that one is lost; or discard this one and continue that one.
      </Banner>
    );
  }
  if (kept.kind === 'failed') {
    // In its own window the program is there or the window is not; in a browser it may come back at another address.
    const saving = isBrowser
      ? { action: { label: 'Save it as a file', run: () => saveDraftAsFile(useDraft.getState().draft ?? draft) } }
      : {};
    return (
      <Banner look="bad" glyph="problem" title="The draft is not kept." {...saving}>
        {isConnected
          ? kept.reason
          : 'It stands in this window alone until the connection is back, so leave the window open; or save it as a file, which can be imported.'}
      </Banner>
    );
  }
  if (isGone) {
    return (
      <Banner look="bad" glyph="problem" title={`The files of ${batchId} are gone.`}>
        Somebody removed or renamed them. The draft stays and can be edited; it can be written once they are back.
      </Banner>
    );
  }
  if (failure !== null && batch === undefined && base !== null && isConnected) {
    return (
      <Banner look="warn" glyph="problem" title={`${batchId} cannot be read any more.`}>
        {failureOf(failure).message} The draft stays.
      </Banner>
    );
  }
  if (batch && !batch.isWritable) {
    return (
      <Banner look="warn" glyph="problem" title={`The manifest of ${batchId} cannot be written as it is.`}>
        The draft stays and can be edited; it can be written once the manifest is repaired.
      </Banner>
    );
  }
  if (lostBase) {
    return (
      <Banner
        look="warn"
        glyph="problem"
        title={`v${lostBase.version}, from which this draft was begun, cannot be read.`}
      >
        {lostBase.reason} The draft is whole; only what it changed cannot be shown.
      </Banner>
    );
  }
  if (batch && base !== null && !batch.versions.some(({ version }) => version === base)) {
    return (
      <Banner
        look="warn"
        glyph="problem"
        title={`v${base}, from which this draft was begun, is no longer in ${batchId}.`}
      >
        The draft stays; it is compared with v{base} as it was.
      </Banner>
    );
  }
  return null;
}
