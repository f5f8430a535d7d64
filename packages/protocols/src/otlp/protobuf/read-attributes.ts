// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto
import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';
import type { WireReader } from '../../protobuf/wire-reader.ts';
import { type AnyValueKind, jsonDouble, jsonInteger } from '../any-value-json.ts';
import { ANY_VALUE_DEPTH_MAX } from '../any-value-limits.ts';

function readArray(reader: WireReader, depth: number): JsonValue {
  if (depth > ANY_VALUE_DEPTH_MAX) {
    return reader.base64();
  }
  const array: JsonValue[] = [];
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 10) {
      array.push(readAnyValue(reader, depth));
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return array;
}

function readMap(reader: WireReader, depth: number): JsonValue {
  if (depth > ANY_VALUE_DEPTH_MAX) {
    return reader.base64();
  }
  const map: JsonObject = {};
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 10) {
      readAttribute(reader, map, depth);
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return map;
}

/**
 * The `AnyValue` that comes next, as JSON: bytes as base64 text, an integer that a double cannot hold as its digits, NaN and the infinities as texts, an empty value as
 * `null`. What is nested deeper than the gateway lets pass is kept as base64 of its bytes.
 */
export function readAnyValue(reader: WireReader, depth: number): JsonValue {
  const outer = reader.enter();
  let value: JsonValue = null;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        value = reader.text();
        break;
      case 16:
        value = reader.bool();
        break;
      case 24:
        value = jsonInteger(reader.int64Value());
        break;
      case 33:
        value = jsonDouble(reader.double());
        break;
      case 42:
        value = readArray(reader, depth + 1);
        break;
      case 50:
        value = readMap(reader, depth + 1);
        break;
      case 58:
        value = reader.base64();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return value;
}

/** Adds the `KeyValue` that comes next to the attributes; of a name that comes twice the last value stays. */
export function readAttribute(reader: WireReader, attributes: JsonObject, depth = 0): void {
  const outer = reader.enter();
  let key = '';
  let value: JsonValue = null;
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 10) {
      key = reader.text();
    } else if (tag === 18) {
      value = readAnyValue(reader, depth);
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  setMember(attributes, key, value);
}

/** The kinds of value that an `AnyValue` has, by the number of their field. */
const KINDS = [undefined, 'string', 'bool', 'int', 'double', 'array', 'map', 'bytes'] as const;

/** The kind of the `AnyValue` that comes next, without going past it; `undefined` when it is empty. */
export function peekAnyValueKind(reader: WireReader): AnyValueKind | undefined {
  const start = reader.pos;
  const outer = reader.enter();
  let kind: AnyValueKind | undefined;
  while (reader.more()) {
    const tag = reader.tag();
    kind = KINDS[tag >>> 3] ?? kind;
    reader.skipField(tag);
  }
  reader.leave(outer);
  reader.pos = start;
  return kind;
}
