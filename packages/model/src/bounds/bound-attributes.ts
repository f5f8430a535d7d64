import type { JsonObject, JsonValue } from '../json.ts';
import { setMember } from '../set-member.ts';
import { ATTRIBUTE_BYTES_MAX, ATTRIBUTE_DEPTH_MAX } from './attribute-limits.ts';
import { stringifyBounded } from './stringify-bounded.ts';
import type { TextBounds } from './text-bounds.ts';

/** The most characters that a number's JSON text has: `-1.2345678901234567e-308`. */
const NUMBER_LENGTH_MAX = 24;
/** The most bytes that a UTF-16 unit takes in JSON text: `\u0000`. */
const UNIT_BYTES_MAX = 6;

/**
 * Brings attributes within the limits of contract §6 "Records", in place where that is enough: long texts are cut, an array whose JSON text is too long becomes that
 * text and is cut, what is nested too deep becomes JSON text, and a number beyond the doubles, which JSON cannot say, the text `Infinity` or `-Infinity`. The recursion
 * ends at the depth limit.
 */
export function boundAttributes(attributes: JsonObject, bounds: TextBounds): JsonObject {
  return boundObject(attributes, bounds, 0, false);
}

/** `isMeasured` when the value is inside an array whose JSON text is known to fit, and so its own. */
function boundValue(value: JsonValue, bounds: TextBounds, depth: number, isMeasured: boolean): JsonValue {
  if (typeof value === 'string') {
    return bounds.bound(value, ATTRIBUTE_BYTES_MAX);
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > ATTRIBUTE_DEPTH_MAX) {
    return bounds.bound(stringifyBounded(value, ATTRIBUTE_BYTES_MAX), ATTRIBUTE_BYTES_MAX);
  }
  return Array.isArray(value)
    ? boundArray(value, bounds, depth, isMeasured)
    : boundObject(value, bounds, depth, isMeasured);
}

/** An array is one attribute value, so its JSON text has a value's limit: of one that is beyond it the beginning of the text is kept, with as little work as that takes. */
function boundArray(array: JsonValue[], bounds: TextBounds, depth: number, isMeasured: boolean): JsonValue {
  if (!isMeasured && jsonBytesCeiling(array, ATTRIBUTE_BYTES_MAX, depth) > ATTRIBUTE_BYTES_MAX) {
    const text = stringifyBounded(array, ATTRIBUTE_BYTES_MAX);
    const cut = bounds.bound(text, ATTRIBUTE_BYTES_MAX);
    if (cut.length < text.length) {
      return cut;
    }
  }
  for (let at = 0; at < array.length; at += 1) {
    array[at] = boundValue(array[at] ?? null, bounds, depth + 1, true);
  }
  return array;
}

function boundObject(object: JsonObject, bounds: TextBounds, depth: number, isMeasured: boolean): JsonObject {
  let namesFit = true;
  for (const key in object) {
    const value = object[key] ?? null;
    const bounded = boundValue(value, bounds, depth + 1, isMeasured);
    if (bounded !== value) {
      object[key] = bounded;
    }
    if (bounds.repairs || key.length * 3 > ATTRIBUTE_BYTES_MAX) {
      namesFit &&= bounds.bound(key, ATTRIBUTE_BYTES_MAX) === key;
    }
  }
  return namesFit ? object : renamed(object, bounds);
}

/** The object with its members' names brought within bounds; of two that become the same the later one stays. */
function renamed(object: JsonObject, bounds: TextBounds): JsonObject {
  const result: JsonObject = {};
  for (const key in object) {
    setMember(result, bounds.bound(key, ATTRIBUTE_BYTES_MAX), object[key] ?? null);
  }
  return result;
}

/** No fewer bytes than a value's JSON text has, cheaply: measuring it exactly would mean writing it. Stops adding up beyond `most`, and beyond the depth limit. */
function jsonBytesCeiling(value: JsonValue, most: number, depth: number): number {
  if (typeof value === 'string') {
    return value.length * UNIT_BYTES_MAX + 2;
  }
  if (typeof value !== 'object' || value === null) {
    return NUMBER_LENGTH_MAX;
  }
  if (depth > ATTRIBUTE_DEPTH_MAX) {
    return Number.POSITIVE_INFINITY;
  }
  let bytes = 2;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && bytes <= most; at += 1) {
      bytes += jsonBytesCeiling(value[at] ?? null, most - bytes, depth + 1) + 1;
    }
    return bytes;
  }
  for (const key in value) {
    bytes += key.length * UNIT_BYTES_MAX + 4 + jsonBytesCeiling(value[key] ?? null, most - bytes, depth + 1);
    if (bytes > most) {
      break;
    }
  }
  return bytes;
}
