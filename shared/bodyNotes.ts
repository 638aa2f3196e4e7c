/** Judges a parsed body place by place: numbers and texts that cannot be kept, keys that stand twice, fields of the wrong kind. */
import type { Node } from 'jsonc-parser';
import { beatShape, type FieldShape, sceneShape, shapeInWords } from './bodyShape.ts';
import { fitNumber, hasLoneSurrogate } from './canonicalJson.ts';
import { parseUnmarked } from './exactJson.ts';
import { isSameValue } from './fieldChanges.ts';
import { type BatchRef, episodeName } from './ids.ts';
import { inheritedBeats } from './inheritedBeats.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from './json.ts';
import { atIndex, atKey } from './jsonPath.ts';
import { numberFromLiteral } from './numberLiteral.ts';
import { runtimeKeys, type Scene } from './scene.ts';

export interface Note {
  readonly severity: 'error' | 'warning';
  readonly node: Node;
  readonly jsonPath: string;
  readonly message: string;
}

const runtime: ReadonlySet<unknown> = new Set(runtimeKeys);

interface Member {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

function membersOf(node: Node): readonly Member[] {
  return (node.children ?? []).flatMap(({ children }) => {
    const [keyNode, value] = children ?? [];
    const key: unknown = keyNode?.value;
    return keyNode !== undefined && value !== undefined && typeof key === 'string' ? [{ key, keyNode, value }] : [];
  });
}

class Judge {
  readonly text: string;
  readonly notes: Note[] = [];

  constructor(text: string) {
    this.text = text;
  }

  add(severity: Note['severity'], node: Node, jsonPath: string, message: string): void {
    this.notes.push({ severity, node, jsonPath, message });
  }

  valueOf({ offset, length }: Node): JsonValue {
    return parseUnmarked(this.text.slice(offset, offset + length));
  }

  twice(members: readonly Member[], path: string): void {
    const seen = new Set<string>();
    for (const { key, keyNode } of members) {
      if (seen.has(key)) {
        const message = `${JSON.stringify(key)} stands twice in this object; only the last one counts. Take one out.`;
        this.add('warning', keyNode, atKey(path, key), message);
      }
      seen.add(key);
    }
  }

  /** What a fingerprint could not hold, at any depth. */
  fitness(node: Node, path: string): void {
    if (node.type === 'string') this.surrogate(node, path, node.value);
    else if (node.type === 'number') this.number(node, path);
    else this.inside(node, path, this.fitness);
  }

  /** Keys that stand twice, and nothing else: for what stands beside the beats, which no fingerprint holds. */
  repeats(node: Node, path: string): void {
    this.inside(node, path, this.repeats);
  }

  inside(node: Node, path: string, into: (value: Node, path: string) => void): void {
    if (node.type === 'array') {
      for (const [index, child] of (node.children ?? []).entries()) into.call(this, child, atIndex(path, index));
    }
    if (node.type !== 'object') return;
    const members = membersOf(node);
    this.twice(members, path);
    for (const { key, keyNode, value } of members) {
      const place = atKey(path, key);
      if (into === this.fitness) this.surrogate(keyNode, place, key);
      into.call(this, value, place);
    }
  }

  surrogate(node: Node, path: string, text: unknown): void {
    if (typeof text !== 'string' || !hasLoneSurrogate(text)) return;
    const message = 'This text holds half of a character (a lone surrogate), which no file can keep. Type it anew.';
    this.add('error', node, path, message);
  }

  number(node: Node, path: string): void {
    // A shorter literal is within the range, whatever its digits.
    if (node.length < 16 && !/[eE]/.test(this.text.slice(node.offset, node.offset + node.length))) return;
    const literal = this.text.slice(node.offset, node.offset + node.length);
    if (fitNumber(numberFromLiteral(literal)) !== null) return;
    const message = 'This number cannot be held exactly. Write it as text, or keep it within ±9007199254740991.';
    this.add('error', node, path, message);
  }

  /** `inherited` is the same place of the version that the text was made from. */
  shape(node: Node, shape: FieldShape, path: string, name: string, inherited: JsonValue | undefined): void {
    if (node.type === 'null') return;
    if (!isOfShape(node, shape)) {
      const isInherited = inherited !== undefined && isSameValue(inherited, this.valueOf(node));
      const advice = `${name} must be ${shapeInWords(shape)}, not ${nodeInWords(node)}`;
      const message = isInherited ? `${advice}; it stood so before.` : `${advice}.`;
      this.add(isInherited ? 'warning' : 'error', node, path, message);
    } else if (shape.kind === 'list') {
      node.children?.forEach((child, index) => {
        const before = Array.isArray(inherited) ? inherited[index] : undefined;
        this.shape(child, shape.of, atIndex(path, index), `Each of ${name}`, before);
      });
    } else if (shape.kind === 'object') {
      this.fields(node, shape, path, inherited);
    }
  }

  fields(node: Node, shape: FieldShape & { kind: 'object' }, path: string, inherited: JsonValue | undefined): void {
    const before = isJsonObject(inherited) ? inherited : {};
    // Of a key that stands twice only the last one counts.
    const last = new Map(membersOf(node).map((member) => [member.key, member.value]));
    for (const [key, value] of last) {
      const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
      if (field !== undefined) this.shape(value, field, atKey(path, key), JSON.stringify(key), ownValue(before, key));
    }
  }

  beat(node: Node, path: string, inherited: JsonObject | null): void {
    const members = membersOf(node);
    this.twice(members, path);
    for (const { key, keyNode, value } of members) {
      const place = atKey(path, key);
      if (runtime.has(key)) {
        this.add('warning', keyNode, place, `${JSON.stringify(key)} is left out of a candidate: a fresh one has none.`);
      } else {
        this.surrogate(keyNode, place, key);
        this.fitness(value, place);
      }
    }
    this.shape(node, beatShape, path, 'A beat', inherited ?? undefined);
  }
}

function isOfShape(node: Node, shape: FieldShape): boolean {
  const value: unknown = node.value;
  switch (shape.kind) {
    case 'text':
      return node.type === 'string';
    case 'id':
      return node.type === 'string' && value !== '';
    case 'number':
      return typeof value === 'number' && value >= 0 && (!shape.isWhole || Number.isInteger(value));
    case 'list':
      return node.type === 'array';
    case 'object':
      return node.type === 'object' || (node.type === 'string' && shape.mayBeText === true);
  }
}

function nodeInWords({ type, value }: Node): string {
  switch (type) {
    case 'string':
      return value === '' ? 'an empty text' : 'a text';
    case 'number':
      return typeof value === 'number' && value < 0 ? 'a negative number' : `the number ${String(value)}`;
    case 'boolean':
      return String(value);
    case 'array':
      return 'a list';
    default:
      return 'an object';
  }
}

export function beatNotes(text: string, node: Node, path: string, inherited: JsonObject | null): readonly Note[] {
  const judge = new Judge(text);
  judge.beat(node, path, inherited);
  return judge.notes;
}

/** Of a text that is a scene. */
export function sceneNotes(
  text: string,
  root: Node,
  {
    scene,
    batch,
    inherited,
  }: {
    /** What the text stands for. */
    readonly scene: Scene;
    readonly batch: Pick<BatchRef, 'batchId' | 'episode'> | undefined;
    readonly inherited: Scene | null;
  },
): readonly Note[] {
  const judge = new Judge(text);
  const known = inherited === null ? [] : inheritedBeats(scene, inherited);
  const members = membersOf(root);
  judge.twice(members, '$');
  judge.shape(root, sceneShape, '$', 'A scene', inherited ?? undefined);
  for (const { key, value } of members) {
    const path = atKey('$', key);
    if (key === 'beats') beatsNotes(judge, value, path, known);
    else if (key === 'scene_id') judge.fitness(value, path);
    else judge.repeats(value, path);
    if (batch !== undefined) targetNotes(judge, key, value, batch);
  }
  return judge.notes;
}

function beatsNotes(judge: Judge, beats: Node, path: string, known: readonly (JsonObject | null)[]): void {
  const seen = new Map<string, number>();
  beats.children?.forEach((node, index) => {
    const idNode = membersOf(node).findLast(({ key }) => key === 'beat_id')?.value;
    const id: unknown = idNode?.value;
    const place = atIndex(path, index);
    judge.beat(node, place, known[index] ?? null);
    if (typeof id !== 'string' || idNode === undefined) return;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, index);
    else {
      const message = `The beat_id ${id} stands in beat ${first + 1} already. Two beats of one id are paired by their order; give this one an id of its own.`;
      judge.add('warning', idNode, atKey(place, 'beat_id'), message);
    }
  });
}

/** Whether it says to be of the batch that it shall be written to. */
function targetNotes(judge: Judge, key: string, node: Node, batch: Pick<BatchRef, 'batchId' | 'episode'>): void {
  const value: unknown = node.value;
  if (key === 'scene_id' && value !== batch.batchId) {
    const message = `"scene_id" must be ${batch.batchId}, the batch that this is written to, not ${String(value)}.`;
    judge.add('error', node, '$.scene_id', message);
  }
  if (key === 'episode' && typeof value === 'number' && value !== batch.episode) {
    const message = `"episode" says ${value}, but the batch stands in ${episodeName(batch.episode)}.`;
    judge.add('warning', node, '$.episode', message);
  }
}
