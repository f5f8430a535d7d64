import {
  type AttributeField,
  type IntrinsicField,
  intrinsicOf,
  printField,
  printValue,
} from '@aegisguard/traceql/syntax';

type Scalar = string | number | boolean | bigint;
type Field = AttributeField | IntrinsicField;

/** An `AnyValue` of OpenTelemetry's JSON. */
export type AnyValue =
  | { stringValue: string }
  | { intValue: string }
  | { doubleValue: number }
  | { boolValue: boolean };

/** A `KeyValue`. */
export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

/** Whether a field's whole numbers are times. */
function isDuration(field: Field): boolean {
  return field.kind === 'intrinsic' && intrinsicOf(field.name).type === 'duration';
}

/** A value; whole numbers of 64 bits are texts in JSON. */
export function anyValue(value: Scalar): AnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: String(value) };
    default:
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
}

function durationText(value: Scalar): string {
  const nanos = typeof value === 'bigint' ? value : BigInt(Math.round(Number(value)));
  return printValue({ type: 'duration', value: nanos });
}

/** A field of a span as a search tells it: an attribute by its name alone, a duration as it stands in a query. */
export function spanAttribute(field: Field, value: Scalar): KeyValue {
  const key = field.kind === 'attribute' && !field.isParent ? field.name : printField(field);
  return { key, value: isDuration(field) ? { stringValue: durationText(value) } : anyValue(value) };
}

/** A value of a field as an editor writes it behind an operator. */
export function typedValue(
  field: Field,
  value: Scalar,
): { type: 'string' | 'int' | 'float' | 'bool' | 'duration' | 'keyword'; value: string } {
  const type = field.kind === 'intrinsic' ? intrinsicOf(field.name).type : undefined;
  if (type === 'status' || type === 'kind') {
    return { type: 'keyword', value: String(value) };
  }
  if (type === 'duration') {
    return { type: 'duration', value: durationText(value) };
  }
  switch (typeof value) {
    case 'string':
      return { type: 'string', value };
    case 'boolean':
      return { type: 'bool', value: String(value) };
    default:
      return { type: Number.isInteger(Number(value)) ? 'int' : 'float', value: String(value) };
  }
}
