// https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#json-protobuf-encoding
import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';
import { isJsonObject } from '../../json/is-json-object.ts';
import { type AnyValueKind, jsonDouble, jsonInteger } from '../any-value-json.ts';
import { ANY_VALUE_DEPTH_MAX, TOO_DEEP } from '../any-value-limits.ts';
import { parseDouble, parseInt64 } from './json-scalars.ts';

/** What a value or a list has counted when it is none. Whatever it is added to is none either. */
const MALFORMED = Number.NaN;
const NOT_BASE64 = /[^A-Za-z0-9+/_=-]/;

/** An `AnyValue`'s kind and its value as JSON wrote it. */
interface Typed {
  readonly kind: AnyValueKind;
  readonly value: JsonValue;
}

/** Which member of an `AnyValue` is there; `undefined` for an empty one. `null` counts as absent. */
function typedValue(any: JsonObject): Typed | undefined {
  const string = any.stringValue ?? any.string_value;
  if (string !== undefined && string !== null) {
    return { kind: 'string', value: string };
  }
  for (const [kind, camel, snake] of OTHER_MEMBERS) {
    const value = any[camel] ?? any[snake];
    if (value !== undefined && value !== null) {
      return { kind, value };
    }
  }
  return undefined;
}

const OTHER_MEMBERS = [
  ['int', 'intValue', 'int_value'],
  ['bool', 'boolValue', 'bool_value'],
  ['double', 'doubleValue', 'double_value'],
  ['array', 'arrayValue', 'array_value'],
  ['map', 'kvlistValue', 'kvlist_value'],
  ['bytes', 'bytesValue', 'bytes_value'],
] as const;

/** The kind of an `AnyValue`; `undefined` when it is empty. */
export function anyValueKind(any: JsonValue): AnyValueKind | undefined {
  return isJsonObject(any) ? typedValue(any)?.kind : undefined;
}

/** The `values` of an `ArrayValue` or `KeyValueList`; `undefined` when it has something else there. */
function valuesOf(list: JsonValue): readonly JsonValue[] | undefined {
  const values = isJsonObject(list) ? (list.values ?? []) : undefined;
  return Array.isArray(values) ? values : undefined;
}

function countArray(array: JsonValue, depth: number): number {
  const values = valuesOf(array);
  if (values === undefined) {
    return MALFORMED;
  }
  let worst = 0;
  for (const value of values) {
    const count = countAnyValue(value, depth);
    // Not Math.max of two numbers: NaN must stay.
    worst = Number.isNaN(count) || Number.isNaN(worst) ? MALFORMED : Math.max(worst, count);
  }
  return worst < TOO_DEEP ? 1 : worst;
}

/** True for what a kind without members may have as its value. */
function isScalarOf(kind: AnyValueKind, value: JsonValue): boolean {
  switch (kind) {
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
      return parseInt64(value) !== undefined;
    case 'double':
      return parseDouble(value) !== undefined;
    default:
      return typeof value === 'string' && !NOT_BASE64.test(value);
  }
}

/** How many attributes an `AnyValue` is, counted as for protocol buffers; NaN when it is none. */
export function countAnyValue(any: JsonValue, depth: number): number {
  if (!isJsonObject(any)) {
    return any === null ? 0 : MALFORMED;
  }
  const typed = typedValue(any);
  if (typed === undefined) {
    return 0;
  }
  const { kind, value } = typed;
  if (kind !== 'array' && kind !== 'map') {
    return isScalarOf(kind, value) ? 1 : MALFORMED;
  }
  if (depth >= ANY_VALUE_DEPTH_MAX) {
    return TOO_DEEP;
  }
  return kind === 'array' ? countArray(value, depth + 1) : countAttributes(valuesOf(value), depth + 1);
}

/** How many attributes a list of `KeyValue` is, counted as for protocol buffers; NaN when it is none. */
export function countAttributes(list: readonly JsonValue[] | undefined, depth = 0): number {
  if (list === undefined) {
    return MALFORMED;
  }
  let count = 0;
  for (const pair of list) {
    if (!isJsonObject(pair) || (typeof pair.key !== 'string' && (pair.key ?? null) !== null)) {
      return MALFORMED;
    }
    count += countAnyValue(pair.value ?? null, depth);
  }
  return count;
}

/** An `AnyValue` as JSON, the same as from protocol buffers. Total: what is none becomes `null`, what is nested too deep is dropped. */
export function anyValueToJson(any: JsonValue, depth: number): JsonValue {
  const typed = isJsonObject(any) ? typedValue(any) : undefined;
  if (typed === undefined) {
    return null;
  }
  const { kind, value } = typed;
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? value : null;
    case 'bool':
      return typeof value === 'boolean' ? value : null;
    case 'int':
      return jsonInteger(parseInt64(value) ?? Number.NaN);
    case 'double':
      return jsonDouble(parseDouble(value) ?? Number.NaN);
    case 'bytes':
      return typeof value === 'string' ? Buffer.from(value, 'base64').toString('base64') : null;
    case 'array':
      return depth >= ANY_VALUE_DEPTH_MAX
        ? null
        : (valuesOf(value) ?? []).map((element) => anyValueToJson(element, depth + 1));
    default:
      return depth >= ANY_VALUE_DEPTH_MAX ? null : attributesToJson(valuesOf(value) ?? [], depth + 1);
  }
}

/** A list of `KeyValue` as an object; of a name that comes twice the last value stays. */
export function attributesToJson(list: readonly JsonValue[], depth = 0): JsonObject {
  const attributes: JsonObject = {};
  for (const pair of list) {
    if (isJsonObject(pair)) {
      setMember(attributes, typeof pair.key === 'string' ? pair.key : '', anyValueToJson(pair.value ?? null, depth));
    }
  }
  return attributes;
}
