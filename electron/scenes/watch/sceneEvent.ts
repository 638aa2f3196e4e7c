/** What a file's name, told by an event in a scenes folder, says: which batch, and which kind of its files. */
import { type BatchId, isBatchId } from '../../../shared/ids.ts';
import { filePrefix } from '../sceneFiles.ts';

export type EventKind = 'manifest' | 'body' | 'ledger' | 'lock';

export interface SceneEvent {
  readonly batchId: BatchId;
  readonly kind: EventKind;
}

const namePattern = /^ep_\d+_(BATCH_\d+)\.(.+)$/;

/** Null for what is no batch's: temp files, which begin with a dot, and files of another episode. */
export function readSceneEvent(name: string, episode: number): SceneEvent | null {
  const [, batchId, ending] = namePattern.exec(name) ?? [];
  if (batchId === undefined || ending === undefined || !isBatchId(batchId)) return null;
  if (!name.startsWith(`${filePrefix(episode, batchId)}.`)) return null;
  const kind = kindOf(ending);
  return kind === null ? null : { batchId, kind };
}

function kindOf(ending: string): EventKind | null {
  switch (ending) {
    case 'json':
      return 'body';
    case 'versions.json':
      return 'manifest';
    case 'decisions.jsonl':
      return 'ledger';
    // The pipeline's file is written with the holder's name by us alone, and our folder is made right after.
    case 'versions.lock':
    case 'versions.json.lock':
      return 'lock';
    default:
      return /^v\d+\.json$/.test(ending) ? 'body' : null;
  }
}
