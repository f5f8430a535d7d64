// https://jmespath.org/specification.html#built-in-functions
import type { JsonObject, JsonValue } from '@aegisguard/model';
import { JmesPathError } from './jmespath-error.ts';
import { areEqual, isObject, jsonText } from './json-kinds.ts';

type Each = (value: JsonValue) => JsonValue;
/** An argument: a value, or `&expression`. */
export type Argument = JsonValue | Each;

interface Definition {
  readonly count: readonly [min: number, max: number];
  /** Null where the arguments are not of its kinds. */
  readonly call: (...args: Argument[]) => JsonValue;
}

const ANY = Number.POSITIVE_INFINITY;

function isNumbers(value: Argument | undefined): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

function isTexts(value: Argument | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isValue(value: Argument | undefined): value is JsonValue {
  return value !== undefined && typeof value !== 'function';
}

function ofNumber(fn: (value: number) => number): Definition {
  return { count: [1, 1], call: (value) => (typeof value === 'number' ? fn(value) : null) };
}

function ofTexts(fn: (left: string, right: string) => JsonValue): Definition {
  return {
    count: [2, 2],
    call: (left, right) => (typeof left === 'string' && typeof right === 'string' ? fn(left, right) : null),
  };
}

function order(left: JsonValue, right: JsonValue): number {
  return left === right ? 0 : (left ?? 0) < (right ?? 0) ? -1 : 1;
}

/** The items of a list in order, by numbers or texts alone. */
function sorted(list: Argument | undefined, key: Each): JsonValue[] | null {
  if (!Array.isArray(list)) {
    return null;
  }
  const keyed = list.map((item) => ({ item, key: key(item) }));
  const keys = keyed.map((each) => each.key);
  return isNumbers(keys) || isTexts(keys)
    ? keyed.toSorted((left, right) => order(left.key, right.key)).map(({ item }) => item)
    : null;
}

const own: Each = (value) => value;
const extreme = (index: number): Definition => ({
  count: [1, 1],
  call: (list) => sorted(list, own)?.at(index) ?? null,
});
const extremeBy = (index: number): Definition => ({
  count: [2, 2],
  call: (list, key) => (typeof key === 'function' ? (sorted(list, key)?.at(index) ?? null) : null),
});

function typeOf(value: JsonValue): string {
  if (value === null || Array.isArray(value)) {
    return value === null ? 'null' : 'array';
  }
  return typeof value;
}

function toNumber(value: JsonValue): JsonValue {
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return Number(value);
  }
  return typeof value === 'number' ? value : null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const FUNCTIONS: Readonly<Record<string, Definition>> = {
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  avg: { count: [1, 1], call: (list) => (isNumbers(list) && list.length > 0 ? sum(list) / list.length : null) },
  sum: { count: [1, 1], call: (list) => (isNumbers(list) ? sum(list) : null) },
  contains: {
    count: [2, 2],
    call: (within, what) => {
      if (typeof within === 'string') {
        return typeof what === 'string' && within.includes(what);
      }
      return Array.isArray(within) && isValue(what) ? within.some((item) => areEqual(item, what)) : null;
    },
  },
  starts_with: ofTexts((text, start) => text.startsWith(start)),
  ends_with: ofTexts((text, end) => text.endsWith(end)),
  join: {
    count: [2, 2],
    call: (glue, list) => (typeof glue === 'string' && isTexts(list) ? list.join(glue) : null),
  },
  keys: { count: [1, 1], call: (value) => (isObject(value) ? Object.keys(value) : null) },
  values: { count: [1, 1], call: (value) => (isObject(value) ? Object.values(value) : null) },
  length: {
    count: [1, 1],
    call: (value) => {
      if (typeof value === 'string') {
        return [...value].length;
      }
      return typeof value === 'object' && value !== null ? Object.keys(value).length : null;
    },
  },
  map: {
    count: [2, 2],
    call: (each, list) => (typeof each === 'function' && Array.isArray(list) ? list.map(each) : null),
  },
  max: extreme(-1),
  min: extreme(0),
  max_by: extremeBy(-1),
  min_by: extremeBy(0),
  merge: {
    count: [1, ANY],
    call: (...objects) => (objects.every(isObject) ? (Object.assign({}, ...objects) as JsonObject) : null),
  },
  not_null: { count: [1, ANY], call: (...values) => values.filter(isValue).find((value) => value !== null) ?? null },
  reverse: {
    count: [1, 1],
    call: (value) => {
      if (typeof value === 'string') {
        return [...value].reverse().join('');
      }
      return Array.isArray(value) ? value.toReversed() : null;
    },
  },
  sort: { count: [1, 1], call: (list) => sorted(list, own) },
  sort_by: { count: [2, 2], call: (list, key) => (typeof key === 'function' ? sorted(list, key) : null) },
  to_array: { count: [1, 1], call: (value) => (isValue(value) ? (Array.isArray(value) ? value : [value]) : null) },
  to_number: { count: [1, 1], call: (value) => (isValue(value) ? toNumber(value) : null) },
  to_string: {
    count: [1, 1],
    call: (value) => (isValue(value) ? (typeof value === 'string' ? value : jsonText(value)) : null),
  },
  type: { count: [1, 1], call: (value) => (isValue(value) ? typeOf(value) : null) },
};

/** Throws `JmesPathError` when there is no such function with so many arguments. */
export function demandFunction(name: string, count: number): void {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found === undefined) {
    throw new JmesPathError(`there is no function ${name}`);
  }
  const [min, max] = found.count;
  if (count < min || count > max) {
    throw new JmesPathError(`${name} takes another number of arguments`);
  }
}

/** What the function gives. */
export function callFunction(name: string, args: readonly Argument[]): JsonValue {
  return FUNCTIONS[name]?.call(...args) ?? null;
}
