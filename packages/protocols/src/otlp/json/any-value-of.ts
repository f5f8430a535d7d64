// https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#json-protobuf-encoding
import type { JsonObject, JsonValue } from '@aegisguard/model';

/** An `AnyValue` as OTLP's JSON writes it; empty for null. */
type AnyValueMessage =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number | string }
  | { readonly arrayValue: { readonly values: readonly AnyValueMessage[] } }
  | { readonly kvlistValue: { readonly values: readonly KeyValueMessage[] } }
  | Record<string, never>;

/** A `KeyValue`. */
export interface KeyValueMessage {
  readonly key: string;
  readonly value: AnyValueMessage;
}

function numberOf(value: number): AnyValueMessage {
  if (Object.is(value, -0)) {
    return { doubleValue: '-0' };
  }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** A stored value as an `AnyValue`. Whole numbers are integers: which they were is not stored. */
function anyValueOf(value: JsonValue): AnyValueMessage {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return numberOf(value);
    default:
      if (value === null) {
        return {};
      }
      return Array.isArray(value)
        ? { arrayValue: { values: value.map(anyValueOf) } }
        : { kvlistValue: { values: keyValuesOf(value as JsonObject) } };
  }
}

/** Stored attributes as a list of `KeyValue`. */
export function keyValuesOf(attributes: JsonObject): KeyValueMessage[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValueOf(value ?? null) }));
}
