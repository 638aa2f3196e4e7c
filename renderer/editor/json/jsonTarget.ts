/** What the JSON pane shows, one beat or the whole scene: its text out of the draft, and a text of it back into the draft. */
import type { BodyFinding } from '../../../shared/bodyFinding.ts';
import { readBeatText, readSceneText } from '../../../shared/bodyText.ts';
import type { PendingJson } from '../../../shared/draft.ts';
import { stringifyExact } from '../../../shared/exactJson.ts';
import { type Beat, runtimeKeys, type Scene } from '../../../shared/scene.ts';
import { baseBeatOf } from '../baseBeat.ts';
import { withBeatValue, withoutRuntimeKeys, withValue } from '../draftDocument.ts';
import type { OpenDraft } from '../draftStore.ts';
import { isWrittenAlike } from './writtenAlike.ts';

export type JsonTarget = { readonly scope: 'beat'; readonly beat: number } | { readonly scope: 'scene' };

export const isSameTarget = (one: JsonTarget, other: JsonTarget): boolean =>
  one.scope === 'beat' ? other.scope === 'beat' && one.beat === other.beat : other.scope === 'scene';

/** Whether the text that is no JSON yet is that of this target. */
export const isPendingHere = (pending: PendingJson, target: JsonTarget): boolean =>
  pending.scope === 'beat' ? isSameTarget({ scope: 'beat', beat: pending.beat }, target) : target.scope === 'scene';

/** The value itself, to tell whether it is still the one that the text was made from. */
export const targetValue = ({ scene }: Pick<OpenDraft, 'scene'>, target: JsonTarget): Scene | Beat | undefined =>
  target.scope === 'scene' ? scene : scene.beats[target.beat];

export function textOf(draft: Pick<OpenDraft, 'scene' | 'pending'>, target: JsonTarget): string {
  if (draft.pending !== null && isPendingHere(draft.pending, target)) return draft.pending.text;
  const value = targetValue(draft, target);
  return value === undefined ? '' : stringifyExact(value, 2);
}

export interface ReadJson {
  /** The scene with what the text says; null where the text cannot be taken. */
  readonly scene: Scene | null;
  readonly findings: readonly BodyFinding[];
}

/** Runtime keys stay in the text and are left out of the scene. */
export function readTarget(
  draft: Pick<OpenDraft, 'batch' | 'base' | 'scene'>,
  target: JsonTarget,
  text: string,
): ReadJson {
  const base = draft.base?.scene ?? null;
  if (target.scope === 'scene') {
    const { value, findings } = readSceneText(text, { batch: draft.batch, inherited: base ?? draft.scene });
    return { scene: value && withKnownBeats(withoutRuntimeKeys(value), draft.scene), findings };
  }
  const inherited = baseBeatOf(draft.scene, target.beat, base);
  const { value, findings } = readBeatText(text, inherited ?? draft.scene.beats[target.beat] ?? null);
  if (value === null) return { scene: null, findings };
  const known = draft.scene.beats[target.beat];
  const beat = withoutRuntime(value);
  if (isWrittenAlike(known, beat)) return { scene: draft.scene, findings };
  return { scene: withBeatValue(draft.scene, target.beat, [], beat), findings };
}

const withoutRuntime = (beat: Beat): Beat =>
  runtimeKeys.reduce((made, key) => withValue<Beat>(made, [key], undefined), beat);

/** A beat that the text left as it was stays the same object, so that nothing of it is made anew. */
function withKnownBeats(scene: Scene, before: Scene): Scene {
  const known = new Map<string, Beat>();
  const isMoved = (beat: Beat, index: number): boolean => !isWrittenAlike(beat, before.beats[index]);
  // Made only where beats moved: most texts change one in its place.
  if (scene.beats.filter(isMoved).length > 1) for (const beat of before.beats) known.set(stringifyExact(beat), beat);
  const beats = scene.beats.map((beat, index) => {
    const there = before.beats[index];
    if (there !== undefined && isWrittenAlike(beat, there)) return there;
    return (known.size > 0 ? known.get(stringifyExact(beat)) : undefined) ?? beat;
  });
  const shared = withValue<Scene>(scene, ['beats'], beats);
  return isWrittenAlike(shared, before) ? before : shared;
}
