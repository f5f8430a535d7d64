import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';

/** As many attributes may a record have, nested ones counted by their leaves (contract §6, "Records"). */
const ATTRIBUTE_COUNT_MAX = 512;
/** What is nested deeper is no attribute (contract §6, "Records"); it also bounds our recursion. */
const DEPTH_MAX = 32;

/** How many attributes a value is, as the decoders count: an object as many as its members, `null` none, all else one. Infinite when it is nested too deep. */
export function countAttributes(value: JsonValue, depth = 0): number {
  if (value === null) {
    return 0;
  }
  if (typeof value !== 'object') {
    return 1;
  }
  if (depth > DEPTH_MAX) {
    return Number.POSITIVE_INFINITY;
  }
  let count = Array.isArray(value) ? 1 : 0;
  for (const key in value) {
    const inside = countAttributes((value as JsonObject)[key] ?? null, depth + 1);
    count += Array.isArray(value) && inside !== Number.POSITIVE_INFINITY ? 0 : inside;
  }
  return count;
}

/** A copy in which all texts are well formed and all numbers are such as JSON has: an escape can make half a character, and `1e999` infinity. */
function repaired(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    return value.toWellFormed();
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(repaired);
  }
  const copy: JsonObject = {};
  for (const key in value) {
    setMember(copy, key.toWellFormed(), repaired(value[key] ?? null));
  }
  return copy;
}

/**
 * Adds members to a record's attributes; those that are there stay as they are. When it would be too many, or one is nested too deep, none is added. `hasEscapes` when the members come from a text with `\\u` in it,
 * which alone can make half a character.
 */
export function liftMembers(attributes: JsonObject, members: JsonObject, hasEscapes: boolean): boolean {
  if (countAttributes(attributes) + countAttributes(members) > ATTRIBUTE_COUNT_MAX) {
    return false;
  }
  for (const key in members) {
    const value = members[key] ?? null;
    const name = hasEscapes ? key.toWellFormed() : key;
    if (value !== null && !Object.hasOwn(attributes, name)) {
      setMember(attributes, name, typeof value === 'string' && !hasEscapes ? value : repaired(value));
    }
  }
  return true;
}
