import {
  type JsonObject,
  type JsonValue,
  SPAN_KINDS,
  SPAN_STATUSES,
  type SpanKind,
  type SpanStatus,
} from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { isAbsent, scopeRest } from './native-log-fields.ts';
import type { FieldRule } from './undeclared-fields.ts';

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;
const HEX = /^[0-9a-f]+$/;
const ZEROS = /^0*$/;

/** The fields of a span that are nothing else, whatever their type. */
const SPAN_FIELD_NAMES: ReadonlySet<string> = new Set([
  'traceId',
  'spanId',
  'parentSpanId',
  'traceState',
  'name',
  'service',
  'host',
  'env',
  'version',
  'kind',
  'startTime',
  'endTime',
  'durationMs',
  'status',
  'statusMessage',
  'events',
  'links',
]);

/** An id's second name, and the one it stands in for while that is absent. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['trace_id', 'traceId'],
  ['span_id', 'spanId'],
  ['parent_span_id', 'parentSpanId'],
]);

function isAlias(record: JsonObject, key: string): boolean {
  const name = ALIASES.get(key);
  return name !== undefined && isAbsent(record[name]);
}

/** Which members of a native span are fields. */
export const SPAN_FIELDS: FieldRule = {
  isField: (span, key) =>
    SPAN_FIELD_NAMES.has(key) ||
    ((key === 'attributes' || key === 'resource') && isJsonObject(span[key])) ||
    isAlias(span, key),
  restOf: (key, value) => (key === 'scope' ? scopeRest(value) : value),
};

/** Which members of an event of a native span are fields. */
export const EVENT_FIELDS: FieldRule = {
  isField: (event, key) =>
    key === 'name' || key === 'timestamp' || (key === 'attributes' && isJsonObject(event.attributes)),
  restOf: (_, value) => value,
};

/** Which members of a link of a native span are fields. */
export const LINK_FIELDS: FieldRule = {
  isField: (link, key) =>
    key === 'traceId' ||
    key === 'spanId' ||
    key === 'traceState' ||
    (key === 'attributes' && isJsonObject(link.attributes)) ||
    isAlias(link, key),
  restOf: (_, value) => value,
};

/** The id in a field, or in its alias while that is absent. */
function sentId(record: JsonObject, name: string, alias: string): JsonValue | undefined {
  return isAbsent(record[name]) ? record[alias] : record[name];
}

/** Lower-case digits as many as an id has; `undefined` for what is none. */
function readId(value: JsonValue | undefined, digits: number): string | undefined {
  if (typeof value !== 'string' || value.length !== digits) {
    return undefined;
  }
  const id = value.toLowerCase();
  return HEX.test(id) ? id : undefined;
}

/** A record's trace id: 32 digits, or 16, which are the lower half of one. `undefined` when there is none or it is all zeros. */
export function readTraceId(record: JsonObject): string | undefined {
  const value = sentId(record, 'traceId', 'trace_id');
  const id = readId(value, TRACE_ID_DIGITS) ?? readId(value, SPAN_ID_DIGITS)?.padStart(TRACE_ID_DIGITS, '0');
  return id === undefined || ZEROS.test(id) ? undefined : id;
}

/** A record's span id. `undefined` when there is none or it is all zeros. */
export function readSpanId(record: JsonObject): string | undefined {
  const id = readId(sentId(record, 'spanId', 'span_id'), SPAN_ID_DIGITS);
  return id === undefined || ZEROS.test(id) ? undefined : id;
}

/** A span's parent: `''` for none, as which all zeros count too; `undefined` for what is no id. */
export function readParentSpanId(span: JsonObject): string | undefined {
  const value = sentId(span, 'parentSpanId', 'parent_span_id');
  if (isAbsent(value)) {
    return '';
  }
  const id = readId(value, SPAN_ID_DIGITS);
  return id !== undefined && ZEROS.test(id) ? '' : id;
}

function readEnum<T extends string>(value: JsonValue | undefined, names: readonly T[]): T | undefined {
  if (isAbsent(value)) {
    return names[0];
  }
  if (typeof value === 'number') {
    return names[value];
  }
  const name = typeof value === 'string' && value.length < 20 ? value.toLowerCase() : '';
  return names.find((known) => known === name);
}

/** A span's kind by its name in any case or OpenTelemetry's number, `unspecified` when absent; `undefined` for another. */
export function readKind(span: JsonObject): SpanKind | undefined {
  return readEnum(span.kind, SPAN_KINDS);
}

/** A span's status by its name in any case or OpenTelemetry's number, `unset` when absent; `undefined` for another. */
export function readStatus(span: JsonObject): SpanStatus | undefined {
  return readEnum(span.status, SPAN_STATUSES);
}
