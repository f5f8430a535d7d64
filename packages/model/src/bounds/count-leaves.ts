import type { JsonObject, JsonValue } from '../json.ts';
import { ATTRIBUTE_DEPTH_MAX } from './attribute-limits.ts';

/** How many attributes a value is: an object as many as its members, `null` none, everything else, an array included, one. Stops counting beyond `most`. */
export function countLeaves(value: JsonValue, most: number, depth = 0): number {
  if (value === null) {
    return 0;
  }
  if (typeof value !== 'object' || Array.isArray(value) || depth > ATTRIBUTE_DEPTH_MAX) {
    return 1;
  }
  return countMembers(value, most, depth);
}

function countMembers(object: JsonObject, most: number, depth: number): number {
  let count = 0;
  for (const key in object) {
    count += countLeaves(object[key] ?? null, most - count, depth + 1);
    if (count > most) {
      break;
    }
  }
  return count;
}
