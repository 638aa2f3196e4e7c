/** Beats and scenes that begin here: their ids go on in the scene's own numbering, and name nothing that another version names. */
import { beatIdOf, shotIdOf } from '../../shared/comparedBody.ts';
import { type BatchRef, episodeName } from '../../shared/ids.ts';
import { isJsonObject, ownValue } from '../../shared/json.ts';
import type { Beat, Scene } from '../../shared/scene.ts';
import { insertBeat, withValue } from './draftDocument.ts';

interface NumberedId {
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/** `EP001_SH0130` is `EP001_SH`, `0130`: the last digits count. */
function numbered(id: string): NumberedId | null {
  const match = /^(.*?)(\d+)(\D*)$/su.exec(id);
  return match ? { before: match[1] ?? '', digits: match[2] ?? '', after: match[3] ?? '' } : null;
}

/** The way of writing that most ids share, with all numbers in it. */
function commonStyle(
  ids: readonly string[],
): { readonly style: NumberedId; readonly numbers: readonly bigint[] } | null {
  const styles = new Map<string, NumberedId[]>();
  for (const id of ids) {
    const parts = numbered(id);
    if (!parts) continue;
    const key = `${parts.before}\n${parts.after}`;
    styles.set(key, [...(styles.get(key) ?? []), parts]);
  }
  const most = [...styles.values()].sort((one, other) => other.length - one.length)[0];
  const style = most?.[0];
  return most && style ? { style, numbers: most.map(({ digits }) => BigInt(digits)) } : null;
}

/** Shots are often numbered in tens, to leave room. */
function stepOf(numbers: readonly bigint[]): bigint {
  for (const step of [100n, 10n]) if (numbers.every((number) => number % step === 0n)) return step;
  return 1n;
}

/** The next one after the highest. `taken` are ids that must not come again; where none is numbered it begins with `first`. */
function nextId(ids: readonly string[], taken: ReadonlySet<string>, first: string): string {
  const common = commonStyle(ids) ?? commonStyle([...taken]);
  if (!common) return taken.has(first) ? nextId([first], taken, first) : first;
  const { style, numbers } = common;
  const step = stepOf(numbers);
  const highest = numbers.reduce((one, other) => (one > other ? one : other), 0n);
  for (let number = highest + step; ; number += step) {
    const id = `${style.before}${String(number).padStart(style.digits.length, '0')}${style.after}`;
    if (!taken.has(id)) return id;
  }
}

const idsOf = (scene: Scene | null, idOf: (beat: Beat) => string | null): readonly string[] =>
  (scene?.beats ?? []).flatMap((beat) => idOf(beat) ?? []);

export interface FreshIds {
  readonly beatId: string;
  readonly shotId: string;
}

/** A beat that was removed is not come back under its id: the base's ids are taken too. */
export function freshIds(scene: Scene, base: Scene | null, episode: number): FreshIds {
  const fresh = (idOf: (beat: Beat) => string | null, first: string) => {
    const own = idsOf(scene, idOf);
    return nextId(own, new Set([...own, ...idsOf(base, idOf)]), first);
  };
  const prefix = episodeName(episode).replace('_', '').toUpperCase();
  return { beatId: fresh(beatIdOf, 'B001'), shotId: fresh(shotIdOf, `${prefix}_SH0010`) };
}

/** A beat with nothing in it but its ids, and the lists that a form fills. */
const emptyBeat = ({ beatId, shotId }: FreshIds): Beat => ({
  beat_id: beatId,
  summary: '',
  shot: { shot_id: shotId, characters: [], dialogue: [], raw: { description: '' } },
});

/** After that beat; after `sceneRow`, the first of all. */
export const addBeatAfter = (scene: Scene, index: number, ids: FreshIds): Scene =>
  insertBeat(scene, index + 1, emptyBeat(ids));

/** Behind itself, under ids of its own; a shot that is no object, or that has no id, gets none. */
export function duplicateBeat(scene: Scene, index: number, { beatId, shotId }: FreshIds): Scene {
  const beat = scene.beats[index];
  if (!beat) return scene;
  const shot = ownValue(beat, 'shot');
  const renamed = withValue<Beat>(beat, ['beat_id'], beatId);
  const copy =
    isJsonObject(shot) && Object.hasOwn(shot, 'shot_id')
      ? withValue<Beat>(renamed, ['shot', 'shot_id'], shotId)
      : renamed;
  return insertBeat(scene, index + 1, copy);
}

/** What a new batch begins with. */
export const emptyScene = ({ batchId, episode }: Pick<BatchRef, 'batchId' | 'episode'>): Scene => ({
  schema_version: 1,
  scene_id: batchId,
  episode,
  title: '',
  beats: [],
});
