import { type JsonObject, type JsonValue, SPAN_KINDS, SPAN_STATUSES, UNIX_NANOS_MAX } from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import type { RecordFault } from '../records/record-rejection.ts';
import {
  attributesFault,
  invalidField,
  readTime,
  requiredTextFault,
  resourceFault,
  scalarsFault,
} from './field-faults.ts';
import {
  EVENT_FIELDS,
  LINK_FIELDS,
  readKind,
  readParentSpanId,
  readSpanId,
  readStatus,
  readTraceId,
  SPAN_FIELDS,
} from './native-span-fields.ts';

/** A longer duration than a century is a mistake. */
const DURATION_MS_MAX = 100 * 366 * 86_400_000;

const TRACE_ID = 'must be 32 or 16 hexadecimal digits, not all zeros';
const SPAN_ID = 'must be 16 hexadecimal digits, not all zeros';

function checkIds(span: JsonObject): RecordFault | undefined {
  if (readTraceId(span) === undefined) {
    return invalidField('/traceId', `traceId ${TRACE_ID}`);
  }
  if (readSpanId(span) === undefined) {
    return invalidField('/spanId', `spanId ${SPAN_ID}`);
  }
  return readParentSpanId(span) === undefined
    ? invalidField('/parentSpanId', 'parentSpanId must be 16 hexadecimal digits')
    : undefined;
}

function checkTexts(span: JsonObject): RecordFault | undefined {
  if (typeof span.name !== 'string') {
    return invalidField('/name', (span.name ?? null) === null ? 'name is required' : 'name must be a text');
  }
  if (readKind(span) === undefined) {
    return invalidField('/kind', `kind must be one of ${SPAN_KINDS.join(', ')}`);
  }
  if (readStatus(span) === undefined) {
    return invalidField('/status', `status must be one of ${SPAN_STATUSES.join(', ')}`);
  }
  return (
    requiredTextFault(span, 'service') ?? scalarsFault(span, ['statusMessage', 'traceState', 'host', 'env', 'version'])
  );
}

function checkDuration(span: JsonObject, window: EventWindow): RecordFault | undefined {
  const { durationMs } = span;
  if ((span.endTime ?? null) !== null) {
    const endTime = readTime(span.endTime, '/endTime', window.receivedAt);
    if (typeof endTime !== 'bigint') {
      return endTime;
    }
    return endTime > UNIX_NANOS_MAX ? invalidField('/endTime', 'endTime must lie before the year 2262') : undefined;
  }
  if ((durationMs ?? null) === null) {
    return invalidField('/endTime', 'endTime or durationMs is required');
  }
  return typeof durationMs === 'number' && durationMs >= 0 && durationMs <= DURATION_MS_MAX
    ? undefined
    : invalidField('/durationMs', `durationMs must be a number from 0 to ${DURATION_MS_MAX}`);
}

function checkTimes(span: JsonObject, window: EventWindow): RecordFault | undefined {
  const startTime = readTime(span.startTime, '/startTime', window.receivedAt);
  if (typeof startTime !== 'bigint') {
    return startTime;
  }
  return window.ageOf(startTime) === 'too-old'
    ? {
        path: '/startTime',
        message: `older than the ${window.retentionDays} days that traces are kept`,
        code: 'too-old',
      }
    : checkDuration(span, window);
}

function checkEvent(event: JsonObject, path: string, window: EventWindow): RecordFault | undefined {
  if (typeof event.name !== 'string') {
    return invalidField(`${path}/name`, 'name must be a text');
  }
  const time = readTime(event.timestamp, `${path}/timestamp`, window.receivedAt);
  return typeof time === 'bigint' ? attributesFault(event, EVENT_FIELDS, path) : time;
}

function checkLink(link: JsonObject, path: string): RecordFault | undefined {
  if (readTraceId(link) === undefined) {
    return invalidField(`${path}/traceId`, `traceId ${TRACE_ID}`);
  }
  if (readSpanId(link) === undefined) {
    return invalidField(`${path}/spanId`, `spanId ${SPAN_ID}`);
  }
  if (typeof (link.traceState ?? '') !== 'string') {
    return invalidField(`${path}/traceState`, 'traceState must be a text');
  }
  return attributesFault(link, LINK_FIELDS, path);
}

function checkParts(
  span: JsonObject,
  name: 'events' | 'links',
  check: (part: JsonObject, path: string) => RecordFault | undefined,
): RecordFault | undefined {
  const parts = span[name] ?? [];
  if (!Array.isArray(parts)) {
    return invalidField(`/${name}`, `${name} must be an array`);
  }
  for (const [at, part] of parts.entries()) {
    const path = `/${name}/${at}`;
    const fault = isJsonObject(part) ? check(part, path) : invalidField(path, 'must be an object');
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

/** The verdict on one native span: its first fault, or `undefined` when it is accepted. */
export function checkNativeSpan(span: JsonValue, window: EventWindow): RecordFault | undefined {
  if (!isJsonObject(span)) {
    return invalidField('', 'a span must be an object');
  }
  return (
    checkIds(span) ??
    checkTexts(span) ??
    checkTimes(span, window) ??
    attributesFault(span, SPAN_FIELDS) ??
    resourceFault(span) ??
    checkParts(span, 'events', (event, path) => checkEvent(event, path, window)) ??
    checkParts(span, 'links', checkLink)
  );
}
