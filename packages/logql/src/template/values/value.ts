import { GoTime } from '../time/go-time.ts';
import { StringMap } from './string-map.ts';
import { TypedInteger } from './typed-integer.ts';

/** A `map[string]interface {}`. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** A `[]interface {}`. */
export type ListValue = readonly Value[];

/**
 * What a template works with. A bigint is Go's `int`, a number a `float64`. `undefined` is no value at all, `null` a nil in a map or a list: Go tells them apart.
 */
export type Value =
  | string
  | boolean
  | bigint
  | number
  | TypedInteger
  | GoTime
  | StringMap
  | ListValue
  | ObjectValue
  | null
  | undefined;

export function isList(value: Value): value is ListValue {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(isList(value) || value instanceof StringMap || value instanceof TypedInteger || value instanceof GoTime)
  );
}

/** The integer that a value is, whatever its type. */
export function integerIn(value: Value): bigint | undefined {
  return typeof value === 'bigint' ? value : value instanceof TypedInteger ? value.value : undefined;
}

/** A type's name as Go prints it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float64';
    default:
  }
  if (value === null || value === undefined) {
    return value === null ? 'interface {}' : '<nil>';
  }
  if (value instanceof TypedInteger) {
    return value.type;
  }
  if (value instanceof GoTime) {
    return 'time.Time';
  }
  return value instanceof StringMap
    ? 'map[string]string'
    : isList(value)
      ? '[]interface {}'
      : 'map[string]interface {}';
}

/** Whether an `if` takes a value for true: whatever is not empty. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'string':
      return value !== '';
    case 'boolean':
      return value;
    case 'bigint':
      return value !== 0n;
    case 'number':
      return value !== 0;
    default:
  }
  if (value === null || value === undefined) {
    return false;
  }
  if (value instanceof TypedInteger) {
    return value.value !== 0n;
  }
  if (value instanceof GoTime) {
    return true;
  }
  return isList(value) ? value.length > 0 : keysOf(value).length > 0;
}

/** Compares texts by their characters' code points, as the bytes of UTF-8 do. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) {
      // A surrogate stands for a character behind all of one unit.
      const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
      return isHigh(left) === isHigh(right) ? left - right : isHigh(left) ? 1 : -1;
    }
  }
  return a.length - b.length;
}

const sortedKeys = new WeakMap<StringMap | ObjectValue, readonly string[]>();

/** The names in a map, sorted; they are looked for once. */
export function keysOf(map: StringMap | ObjectValue): readonly string[] {
  const known = sortedKeys.get(map);
  if (known !== undefined) {
    return known;
  }
  const keys = Object.keys(map instanceof StringMap ? map.entries() : map).sort(compareTexts);
  sortedKeys.set(map, keys);
  return keys;
}

/** What a map has under a name; undefined when it has nothing. */
export function memberOf(map: StringMap | ObjectValue, name: string): Value {
  if (map instanceof StringMap) {
    return map.get(name);
  }
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
