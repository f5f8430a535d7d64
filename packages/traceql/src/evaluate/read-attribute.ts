import type { JsonObject, JsonValue } from '@aegisguard/model';
import type { AttributeValue, Scalar } from './value.ts';

/** Deeper than a record may be. */
const DEPTH_MAX = 64;

/** An attribute by its path joined by dots, which may be one key, or keys within one another: the key with the most of the path first. `null`s and objects are no values. */
export function readAttribute(object: JsonObject, path: string, depth = 0): AttributeValue | undefined {
  if (Object.hasOwn(object, path)) {
    const value = attributeValue(object[path]);
    if (value !== undefined) {
      return value;
    }
  }
  if (depth === DEPTH_MAX) {
    return undefined;
  }
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const key = path.slice(0, dot);
    const inner = Object.hasOwn(object, key) ? object[key] : undefined;
    if (isObject(inner)) {
      const value = readAttribute(inner, path.slice(dot + 1), depth + 1);
      if (value !== undefined) {
        return value;
      }
    }
  }
  return undefined;
}

/** Hands over every attribute with its path. */
export function eachAttribute(
  object: JsonObject,
  onAttribute: (path: string, value: AttributeValue) => void,
  prefix = '',
  depth = 0,
): void {
  for (const key of Object.keys(object)) {
    const inner = object[key];
    const value = attributeValue(inner);
    if (value !== undefined) {
      onAttribute(prefix + key, value);
    } else if (isObject(inner) && depth < DEPTH_MAX) {
      eachAttribute(inner, onAttribute, `${prefix}${key}.`, depth + 1);
    }
  }
}

function attributeValue(value: JsonValue | undefined): AttributeValue | undefined {
  if (Array.isArray(value)) {
    return value.filter(isScalar);
  }
  return isScalar(value) ? value : undefined;
}

function isScalar(value: JsonValue | undefined): value is Exclude<Scalar, bigint> {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether it is an object with members of its own. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
