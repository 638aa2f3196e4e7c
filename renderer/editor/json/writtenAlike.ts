/** Whether two values would be written as the same text: equal, numbers to the digit, and keys in the same order. Pure. */
import { ExactNumber, isJsonObject, type JsonObject, type JsonValue } from '../../../shared/json.ts';

type Value = JsonValue | undefined;

export function isWrittenAlike(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (one instanceof ExactNumber) return other instanceof ExactNumber && one.text === other.text;
  if (isJsonObject(one)) return isJsonObject(other) && haveAlikeFields(one, other);
  if (isJsonObject(other) || other instanceof ExactNumber || one.length !== other.length) return false;
  return one.every((child, index) => isWrittenAlike(child, other[index]));
}

/** Whoever puts a key elsewhere wants it there. */
function haveAlikeFields(one: JsonObject, other: JsonObject): boolean {
  const keys = Object.keys(one);
  const others = Object.keys(other);
  return (
    keys.length === others.length &&
    keys.every((key, index) => others[index] === key && isWrittenAlike(one[key], other[key]))
  );
}
