/** The fields of a whole beat, as rows like those of a change: for a beat that came, went or stayed. */
import type { FieldChange } from '../../shared/comparison.ts';
import type { WireValue } from '../../shared/json.ts';
import { atIndex, atKey } from '../../shared/jsonPath.ts';
import { runtimeKeys } from '../../shared/scene.ts';
import { exactText, member, unwrapped } from './wireText.ts';

const runtime: ReadonlySet<string> = new Set(runtimeKeys);

type Leaves = Map<string, WireValue>;

/** A line of dialogue and a list of names are read as one value; everything else is taken apart. */
function isLeaf(value: WireValue): boolean {
  if (typeof value !== 'object' || value === null || exactText(value) !== null) return true;
  const whole = unwrapped(value);
  if (Array.isArray(whole)) return whole.every((each) => typeof each === 'string');
  return (
    typeof member(value, 'line') === 'string' &&
    typeof member(value, 'character') === 'string' &&
    Object.keys(value).length === 2
  );
}

function collect(value: WireValue, path: string, leaves: Leaves): void {
  if (isLeaf(value)) {
    leaves.set(path, value);
    return;
  }
  const whole = unwrapped(value);
  if (Array.isArray(whole)) {
    whole.forEach((each, index) => {
      collect(each, atIndex(path, index), leaves);
    });
  } else if (typeof whole === 'object' && whole !== null) {
    for (const [key, each] of Object.entries(whole)) {
      if (path !== '$' || !runtime.has(key)) collect(each, atKey(path, key), leaves);
    }
  }
}

function leavesOf(body: WireValue | undefined): Leaves {
  const leaves: Leaves = new Map();
  if (body !== undefined) collect(body, '$', leaves);
  return leaves;
}

/** Runtime keys are left out: they are compared apart. */
export function beatFields(bodies: {
  readonly from: WireValue | undefined;
  readonly to: WireValue | undefined;
}): readonly FieldChange[] {
  const before = leavesOf(bodies.from);
  const after = leavesOf(bodies.to);
  return [...new Set([...after.keys(), ...before.keys()])].map((path) => {
    const one = before.get(path);
    const other = after.get(path);
    return { path, ...(one === undefined ? {} : { before: one }), ...(other === undefined ? {} : { after: other }) };
  });
}
