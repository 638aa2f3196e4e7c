/** Which batch a toast speaks of, in as many words as tell it from the one on the screen. */
import { type BatchRef, batchKey, episodeName } from '../../shared/ids.ts';
import type { ToastPlace } from '../ui/Toaster.tsx';

export function toastPlace(batch: BatchRef, shown: BatchRef | null): ToastPlace {
  const project = shown?.project === batch.project ? '' : `${batch.project} / `;
  return {
    name: `${project}${episodeName(batch.episode)} / ${batch.batchId}`,
    isElsewhere: shown === null || batchKey(shown) !== batchKey(batch),
  };
}
