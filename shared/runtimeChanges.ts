/** Boards, takes and the other runtime keys of two versions, compared apart from the structure. */
import type { ComparedBody } from './comparedBody.ts';
import type { BeatRow, RuntimeComparison } from './comparison.ts';
import { isSameValue } from './fieldChanges.ts';
import { isJsonObject, type JsonValue, ownValue } from './json.ts';
import { runtimeKeys, type Scene } from './scene.ts';

interface Counts {
  readonly boards: number;
  readonly takes: number;
}

function countRuntime(scene: Scene): Counts {
  let boards = 0;
  let takes = 0;
  for (const beat of scene.beats) {
    const ownBoards = ownValue(beat, 'boards');
    const ownTakes = ownValue(beat, 'takes');
    if (Array.isArray(ownBoards)) boards += ownBoards.length;
    if (Array.isArray(ownTakes)) takes += ownTakes.length;
  }
  return { boards, takes };
}

const counted = (count: number, one: string): string =>
  count === 0 ? `no ${one}s` : `${count} ${one}${count === 1 ? '' : 's'}`;
const listed = ({ boards, takes }: Counts): string => `${counted(boards, 'board')} and ${counted(takes, 'take')}`;
const isNone = ({ boards, takes }: Counts): boolean => boards + takes === 0;

function runtimeSentence(from: Counts, to: Counts, versions: { from: number; to: number }): string {
  if (versions.from === versions.to) return `v${versions.to} has ${listed(to)}.`;
  if (isNone(from) && isNone(to)) return `Neither v${versions.from} nor v${versions.to} has boards or takes.`;
  if (from.boards === to.boards && from.takes === to.takes) {
    return `v${versions.from} and v${versions.to} both have ${listed(to)}.`;
  }
  return `v${versions.from} has ${listed(from)}, v${versions.to} has ${isNone(to) ? 'none' : listed(to)}.`;
}

/** The editor leaves runtime keys out where the pipeline writes `[]`: both say that there is nothing. */
function isNothing(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

/** `rows` are the comparison's of the same two bodies. */
export function compareRuntime(from: ComparedBody, to: ComparedBody, rows: readonly BeatRow[]): RuntimeComparison {
  const changes: { readonly beatId: string | null; readonly keys: readonly string[] }[] = [];
  for (const { beatId, fromIndex, toIndex } of rows) {
    const before = fromIndex === null ? undefined : from.scene.beats[fromIndex];
    const after = toIndex === null ? undefined : to.scene.beats[toIndex];
    if (before === undefined || after === undefined) continue;
    const keys = runtimeKeys.filter((key) => {
      const one = ownValue(before, key);
      const other = ownValue(after, key);
      return !(isNothing(one) && isNothing(other)) && !isSameValue(one, other);
    });
    if (keys.length > 0) changes.push({ beatId, keys });
  }
  const counts = { from: countRuntime(from.scene), to: countRuntime(to.scene) };
  return {
    ...counts,
    sentence: runtimeSentence(counts.from, counts.to, { from: from.version, to: to.version }),
    changes,
  };
}
