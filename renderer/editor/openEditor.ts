/** The ways into the editor: a version to be edited, a body that is new or was brought in, a draft that was kept. */
import { FailureError } from '../../shared/failure.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { isScene, type Scene } from '../../shared/scene.ts';
import { fromWire } from '../../shared/wire.ts';
import { request } from '../bridge.ts';
import { reportFailure } from '../ui/toasts.ts';
import { useView } from '../view.ts';
import { withoutRuntimeKeys } from './draftDocument.ts';
import { type OpenDraft, useDraft } from './draftStore.ts';

async function readScene(ref: BatchRef, version: number): Promise<Scene> {
  const scene = fromWire(await request('readScene', { ...ref, version }));
  if (isScene(scene)) return scene;
  throw new FailureError('damaged', `The body of v${version} of ${ref.batchId} is no scene, so it cannot be edited.`);
}

function show(draft: OpenDraft): void {
  useDraft.getState().open(draft);
  useView.getState().show('editor');
}

/** Opens a version in the editor. A failure is reported here. */
export async function editVersion(ref: BatchRef, version: number): Promise<void> {
  try {
    const scene = await readScene(ref, version);
    show({
      batch: ref,
      base: { version, scene },
      scene: withoutRuntimeKeys(scene),
      kind: 'reshoot',
      source: 'rederive',
      pending: null,
      beat: 0,
    });
  } catch (error) {
    reportFailure(error);
  }
}

/** Opens a body that no version of the batch has: an empty scene, or one that was read from a file. */
export async function editBody(ref: BatchRef, scene: Scene, baseVersion: number | null): Promise<void> {
  try {
    const base = baseVersion === null ? null : { version: baseVersion, scene: await readScene(ref, baseVersion) };
    show({
      batch: ref,
      base,
      scene: withoutRuntimeKeys(scene),
      kind: 'reshoot',
      source: 'rederive',
      pending: null,
      beat: 0,
    });
  } catch (error) {
    reportFailure(error);
  }
}
