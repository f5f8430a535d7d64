import type { JsonObject, JsonValue } from '@aegisguard/model';
import { JmesPathError } from './jmespath-error.ts';

/** Values in what is compared or written: an expression can put the same part into many places. */
const NODES_MAX = 100_000;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** False are false, null, and empty texts, lists and objects. */
export function isTrue(value: JsonValue): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length > 0;
  }
  return value !== null && value !== false && value !== '';
}

/** Throws `JmesPathError` for what is too large to be walked. */
function demandSmall(value: JsonValue): void {
  let left = NODES_MAX;
  const rest = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    left -= 1;
    if (left < 0) {
      throw new JmesPathError('it makes too much of the document');
    }
    if (typeof next === 'object' && next !== null) {
      rest.push(...Object.values(next));
    }
  }
}

/** As JSON; throws `JmesPathError` for what is too large. */
export function jsonText(value: JsonValue): string {
  demandSmall(value);
  return JSON.stringify(value);
}

/** Deep equality; the order of members does not count. Throws `JmesPathError` for what is too large. */
export function areEqual(left: JsonValue, right: JsonValue): boolean {
  demandSmall(left);
  return haveEqualParts(left, right);
}

function haveEqualParts(left: JsonValue, right: JsonValue): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left === right;
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, at) => haveEqualParts(item, right[at] ?? null))
    );
  }
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && haveEqualParts(left[name] ?? null, right[name] ?? null))
  );
}
