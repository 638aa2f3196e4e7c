/** The words that a scene uses already, to be suggested where one of them is asked for. */
import { isJsonObject, type JsonValue, ownValue } from '../../shared/json.ts';
import type { Scene } from '../../shared/scene.ts';

export interface SceneWords {
  readonly shotTypes: readonly string[];
  readonly moves: readonly string[];
  readonly characters: readonly string[];
}

const order = new Intl.Collator(undefined, { numeric: true });

const member = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  isJsonObject(value) ? ownValue(value, key) : undefined;

function addText(words: Set<string>, value: JsonValue | undefined): void {
  if (typeof value === 'string' && value.trim() !== '') words.add(value);
}

const list = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

/** Of the draft and of its base: what was just taken out may be wanted again. */
export function sceneWords(scenes: readonly (Scene | null)[]): SceneWords {
  const shotTypes = new Set<string>();
  const moves = new Set<string>();
  const characters = new Set<string>();
  for (const beat of scenes.flatMap((scene) => scene?.beats ?? [])) {
    const shot = ownValue(beat, 'shot');
    addText(shotTypes, member(shot, 'shot_type'));
    addText(moves, member(member(shot, 'camera'), 'move'));
    for (const name of list(member(shot, 'characters'))) addText(characters, name);
    for (const line of list(member(shot, 'dialogue'))) addText(characters, member(line, 'character'));
  }
  const sorted = (words: Set<string>) => [...words].sort(order.compare);
  return { shotTypes: sorted(shotTypes), moves: sorted(moves), characters: sorted(characters) };
}
