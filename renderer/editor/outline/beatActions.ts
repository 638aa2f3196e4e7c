/** What the outline, its keys and the palette do with whole beats of the open draft. */

import { beatIdOf } from '../../../shared/comparedBody.ts';
import type { PendingJson } from '../../../shared/draft.ts';
import { useToasts } from '../../ui/toasts.ts';
import { moveBeat, removeBeat } from '../draftDocument.ts';
import { isSameBody, type OpenDraft, useDraft } from '../draftStore.ts';
import { addBeatAfter, duplicateBeat, freshIds } from '../newBeats.ts';

/** Text of the JSON pane goes where its beat goes; null where its beat is gone. */
function following(pending: PendingJson | null, newIndex: (index: number) => number | null): PendingJson | null {
  if (pending?.scope !== 'beat') return pending;
  const beat = newIndex(pending.beat);
  return beat === null ? null : beat === pending.beat ? pending : { ...pending, beat };
}

/** While the text of the whole scene is no scene, what the outline shows is not what the text says. */
const canEdit = (draft: OpenDraft | null): draft is OpenDraft => draft !== null && draft.pending?.scope !== 'scene';

const nameOf = (draft: OpenDraft, index: number): string =>
  beatIdOf(draft.scene.beats[index] ?? {}) ?? `Beat ${index + 1}`;

const ids = ({ scene, base, batch }: OpenDraft) => freshIds(scene, base?.scene ?? null, batch.episode);

export function addBeat(): void {
  const { draft, change } = useDraft.getState();
  if (!canEdit(draft)) return;
  const at = draft.beat;
  change('add a beat', (scene) => addBeatAfter(scene, at, ids(draft)), {
    beat: at + 1,
    pending: following(draft.pending, (index) => (index > at ? index + 1 : index)),
  });
}

export function duplicateSelectedBeat(): void {
  const { draft, change } = useDraft.getState();
  if (!canEdit(draft) || draft.beat < 0) return;
  const at = draft.beat;
  change('duplicate a beat', (scene) => duplicateBeat(scene, at, ids(draft)), {
    beat: at + 1,
    pending: following(draft.pending, (index) => (index > at ? index + 1 : index)),
  });
}

/** With Undo in a message: a beat is quickly gone. */
export function removeSelectedBeat(): void {
  const { draft, change } = useDraft.getState();
  if (!canEdit(draft) || draft.beat < 0) return;
  const at = draft.beat;
  const name = nameOf(draft, at);
  change(`remove ${at} of ${draft.scene.beats.length}`, (scene) => removeBeat(scene, at), {
    beat: Math.min(at, draft.scene.beats.length - 2),
    pending: following(draft.pending, (index) => (index === at ? null : index > at ? index - 1 : index)),
  });
  offerUndo(`${name} is taken out of the draft.`);
}

/** Only until the next edit: then Undo would take back that one first. */
function offerUndo(title: string): void {
  const { show, dismiss } = useToasts.getState();
  const after = useDraft.getState().draft;
  const toast = show({
    kind: 'undone',
    title,
    action: { label: 'Undo', run: () => useDraft.getState().undo() },
  });
  const stop = useDraft.subscribe(({ draft }) => {
    if (draft && after && isSameBody(draft, after)) return;
    stop();
    dismiss(toast);
  });
}

/** To the place that it is dropped at, counted as it will be. */
export function moveBeatTo(from: number, to: number): void {
  const { draft, change } = useDraft.getState();
  if (!canEdit(draft) || from < 0 || to < 0 || to >= draft.scene.beats.length) return;
  const moved = (index: number): number => {
    if (index === from) return to;
    if (from < index && index <= to) return index - 1;
    return to <= index && index < from ? index + 1 : index;
  };
  // A beat that is moved on and on by its key is one step of undo.
  change(`move ${nameOf(draft, from)}`, (scene) => moveBeat(scene, from, to), {
    beat: to,
    pending: following(draft.pending, moved),
  });
}

export function moveSelectedBeat(step: 1 | -1): void {
  const { draft } = useDraft.getState();
  if (draft) moveBeatTo(draft.beat, draft.beat + step);
}
