/** Gives the draft to the person as a file, where the host that should keep it may never come back to this window. */
import { stringifyExact } from '../../shared/exactJson.ts';
import { episodeName } from '../../shared/ids.ts';
import type { OpenDraft } from './draftStore.ts';

/** A body like every other: it can be imported. A text that is no JSON yet is not in it. */
export function saveDraftAsFile({ batch, scene }: OpenDraft): void {
  const address = URL.createObjectURL(new Blob([`${stringifyExact(scene, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${episodeName(batch.episode)}_${batch.batchId}.draft.json`;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
